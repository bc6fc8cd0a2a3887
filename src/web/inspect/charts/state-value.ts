/** A state's value as XState gives it: a key, or keys that hold values. */
type StateValue = string | { [key: string]: StateValue };

/** The paths of all states that are active, the root's included. */
export function activePaths(value: unknown): Set<string> {
  const paths = new Set(['']);
  collect(value as StateValue | undefined, '', paths);
  return paths;
}

function collect(value: StateValue | undefined, prefix: string, paths: Set<string>): void {
  if (value === undefined) return;
  const entries = typeof value === 'string' ? [[value, undefined] as const] : Object.entries(value);
  for (const [key, inner] of entries) {
    const path = prefix === '' ? key : `${prefix}.${key}`;
    paths.add(path);
    collect(inner, path, paths);
  }
}

/** A state's value in a line: `running.gossiping`, `trusted(telling.quiet, owing.nothing)`. */
export function describeValue(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null) return '';
  const parts = Object.entries(value).map(([key, inner]) => {
    const text = describeValue(inner);
    return text === '' ? key : text.startsWith('(') ? key + text : `${key}.${text}`;
  });
  if (parts.length === 0) return '';
  return parts.length === 1 ? (parts[0] as string) : `(${parts.join(', ')})`;
}

/** The keys of the innermost active states. */
export function innermostKeys(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const keys = innermostKeys(inner);
    return keys.length === 0 ? [key] : keys;
  });
}

/** A state that was left for another. */
export interface StateChange {
  /** The path of the state that both are in; empty for the root. */
  region: string;
  /** Empty when the actor has just come to be. */
  was: string;
  is: string;
}

/** What a transition changed of a state's value: of parallel regions those where something did. */
export function stateChanges(before: unknown, after: unknown, region = ''): StateChange[] {
  const [old, now] = [before as StateValue | undefined, after as StateValue | undefined];
  const isInner = typeof old === 'object' && typeof now === 'object';
  if (isInner && Object.keys(now).every((key) => key in old)) {
    return Object.keys(now).flatMap((key) =>
      stateChanges(old[key], now[key], region === '' ? key : `${region}.${key}`),
    );
  }
  const [was, is] = [describeValue(old), describeValue(now)];
  return was === is ? [] : [{ region, was, is }];
}
