import { useState } from 'preact/hooks';

const SHOWN_MS = 2000;

/** Puts a text where the reader can paste it from. */
export function CopyButton({ text }: { text: string }) {
  const [outcome, setOutcome] = useState<'Copied' | 'Select it by hand' | undefined>(undefined);
  const copy = async () => {
    const isCopied = await copyText(text);
    setOutcome(isCopied ? 'Copied' : 'Select it by hand');
    setTimeout(() => setOutcome(undefined), SHOWN_MS);
  };
  return (
    <button type="button" class="copy" aria-live="polite" onClick={() => void copy()}>
      {outcome ?? 'Copy'}
    </button>
  );
}

/** Browsers may refuse it, or offer it to pages from the network alone. */
async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
