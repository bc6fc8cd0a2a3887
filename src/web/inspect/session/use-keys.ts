import { useEffect } from 'preact/hooks';

/** Lets keys act, unless the reader writes something or an element has a use for them. */
export function useKeys(acts: Record<string, () => void>): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const act = acts[event.key];
      const isModified = event.ctrlKey || event.metaKey || event.altKey;
      if (
        !act ||
        isModified ||
        event.defaultPrevented ||
        hasUse(event.target as Element, event.key)
      )
        return;
      event.preventDefault();
      act();
    };
    addEventListener('keydown', onKeyDown);
    return () => removeEventListener('keydown', onKeyDown);
  });
}

function hasUse(element: Element, key: string): boolean {
  if (key === 'Escape')
    return element.matches('input[type=search]:not(:placeholder-shown), select');
  return element.matches('input, select, textarea') || (key === ' ' && element.matches('button'));
}
