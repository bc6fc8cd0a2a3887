import { commandLine } from '../../terminal/command-name.ts';

/** The options that say which faults strike: a schedule takes the place of all of them. */
const FAULT_OPTIONS = [
  '--nemesis',
  '--nemesis-interval',
  '--loss',
  '--duplicate',
  '--duplicate-delay',
  '--reorder',
  '--reorder-delay',
  '--slow-nodes',
  '--slow-delay',
  '--service-delay',
  '--pause-nodes',
  '--kill-nodes',
  '--slow-disk-nodes',
  '--slow-disk-delay',
  '--full-disk-nodes',
  '--clock-skew',
];

/** What takes the place of what, when it is given. */
const superseded: Record<string, readonly string[]> = {
  '--schedule': FAULT_OPTIONS,
  '--operations': ['--rate'],
};

/** What the repetition of a run takes. */
export interface Replay {
  /** The options to take besides those that were given, or instead of them. */
  replaced: Record<string, string | number>;
  /** Options that were given and that the repetition does not take. */
  dropped?: readonly string[];
  isSimulated: boolean;
}

/**
 * A command line that repeats one run.
 *
 * @param words the words of the command line that was given, from the command's name on
 * @param called how the bench is called
 */
export function replayCommand(
  [, ...words]: readonly string[],
  { replaced, dropped = [], isSimulated }: Replay,
  called = commandLine,
): string {
  const end = words.indexOf('--');
  const own = end === -1 ? words : words.slice(0, end);
  const nodes = end === -1 ? [] : words.slice(end);
  const names = Object.keys(replaced);
  const without = new Set([
    ...dropped,
    ...names,
    ...names.flatMap((name) => superseded[name] ?? []),
  ]);
  const kept = own.filter((word, index) => {
    const isValue = without.has(own[index - 1] ?? '');
    return word !== '--simulate' && !isValue && !without.has(word.split('=')[0] as string);
  });
  const added = Object.entries(replaced).map(([name, value]) => [name, String(value)]);
  const simulate = isSimulated ? ['--simulate'] : [];
  const all = ['test', ...kept, ...simulate, ...added.flat(), ...nodes];
  return `${called} ${commandText(all)}`;
}

/** Words as they are typed in a shell. */
export function commandText(words: readonly string[]): string {
  return words.map(quoteForShell).join(' ');
}

function quoteForShell(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
