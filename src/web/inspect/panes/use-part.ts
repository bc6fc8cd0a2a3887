import { useState } from 'preact/hooks';

/** Neither pane gets smaller than that. */
const MIN_PART = 0.12;

/** A part of a whole that the browser remembers under a name. */
export function usePart(name: string, atFirst: number): [number, (part: number) => void] {
  const key = `pane ${name}`;
  const [part, setPart] = useState(() => {
    const kept = Number.parseFloat(read(key) ?? '');
    return Number.isNaN(kept) ? atFirst : within(kept);
  });
  return [
    part,
    (next) => {
      setPart(within(next));
      write(key, String(within(next)));
    },
  ];
}

function within(part: number): number {
  return Math.min(1 - MIN_PART, Math.max(MIN_PART, part));
}

/** Browsers may keep pages from remembering anything: then they do not. */
function read(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function write(key: string, text: string): void {
  try {
    localStorage.setItem(key, text);
  } catch {}
}
