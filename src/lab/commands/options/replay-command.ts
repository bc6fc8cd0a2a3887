import { relative } from 'node:path';

/**
 * A command line that repeats one run in simulated time.
 *
 * @param words the words of the command line that was given, from the executable's path on
 * @param replaced the options to take besides those that were given, or instead of them
 * @param dropped options that were given and that the repetition does not take
 */
export function replayCommand(
  [executable = 'lab', , ...words]: readonly string[],
  replaced: Record<string, string | number>,
  dropped: readonly string[] = [],
): string {
  const end = words.indexOf('--');
  const own = end === -1 ? words : words.slice(0, end);
  const nodes = end === -1 ? [] : words.slice(end);
  const without = new Set([...dropped, ...Object.keys(replaced)]);
  const kept = own.filter((word, index) => {
    const isValue = without.has(own[index - 1] ?? '');
    return word !== '--simulate' && !isValue && !without.has(word.split('=')[0] as string);
  });
  const added = Object.entries(replaced).map(([name, value]) => [name, String(value)]);
  const all = [
    relative(process.cwd(), executable),
    'test',
    ...kept,
    '--simulate',
    ...added.flat(),
    ...nodes,
  ];
  return all.map(quoteForShell).join(' ');
}

function quoteForShell(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
