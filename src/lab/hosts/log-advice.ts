import { closeSync, openSync, readSync } from 'node:fs';
import { basename } from 'node:path';

/** How programs write a log to stderr, by what runs them. */
const advice: [interpreter: RegExp, text: string][] = [
  [/^(node|deno|bun|tsx|ts-node)/, 'console.error, not console.log'],
  [/^(python|pypy)/, 'print(…, file=sys.stderr), not print(…)'],
  [/^j?ruby/, 'warn or $stderr.puts, not puts'],
  [/^perl/, 'print STDERR …, not print …'],
  [/^(sh|bash|zsh|dash|ksh|fish)$/, 'echo … >&2, not echo …'],
  [/^php/, 'fwrite(STDERR, …) or error_log(…), not echo'],
  [/^lua/, 'io.stderr:write(…), not print(…)'],
  [/^(bb|clojure|clj)/, '(binding [*out* *err*] (println …)), not (println …)'],
  [/^elixir/, 'IO.puts(:stderr, …), not IO.puts(…)'],
  [/^(racket|guile)/, '(display … (current-error-port)), not (display …)'],
  [/^(runghc|runhaskell)/, 'hPutStrLn stderr …, not putStrLn …'],
];

/** Enough of a file to hold a shebang. */
const HEAD_BYTES = 256;

/**
 * Where a node's logs belong, in the words of its language where its first line tells it.
 *
 * @param bin the executable
 */
export function adviceOnLogs(bin: string): string {
  const interpreter = interpreterOf(bin);
  const [, own] = advice.find(([pattern]) => pattern.test(interpreter)) ?? [];
  return `Logs belong on stderr${own ? `: ${own}` : ''}.`;
}

/** The name of what runs a script: of `#!/usr/bin/env -S python3 -u`, `python3`. */
function interpreterOf(bin: string): string {
  if (bin === process.execPath) return 'node';
  const [firstLine = ''] = readHead(bin).split('\n');
  if (!firstLine.startsWith('#!')) return '';
  const words = firstLine.slice(2).trim().split(/\s+/);
  const [program = ''] = words;
  if (basename(program) !== 'env') return basename(program);
  return basename(
    words.slice(1).find((word) => !word.startsWith('-') && !word.includes('=')) ?? '',
  );
}

function readHead(bin: string): string {
  let file: number;
  try {
    file = openSync(bin, 'r');
  } catch {
    return ''; // may be run and not read
  }
  const bytes = Buffer.alloc(HEAD_BYTES);
  const length = readSync(file, bytes, 0, bytes.length, 0);
  closeSync(file);
  return bytes.toString('latin1', 0, length);
}
