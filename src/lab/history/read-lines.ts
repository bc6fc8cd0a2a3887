import { closeSync, openSync, readSync } from 'node:fs';
import { StringDecoder } from 'node:string_decoder';
import { UsageError } from '../usage-error.ts';

const CHUNK_BYTES = 64 * 1024;

/**
 * Reads a file of values, one a line, and holds no more of it than a line and a chunk. Blank lines
 * are passed over. It blocks, for a promise or two would cost more than most lines do.
 *
 * @param parse turns a line into a value, or throws
 * @throws UsageError with the file's name and the line's number when something cannot be read
 */
export function* readLines<T>(file: string, parse: (line: string) => T): Generator<T> {
  let number = 0;
  try {
    for (const line of splitLines(file)) {
      number++;
      if (line.trim() !== '') yield parse(line);
    }
  } catch (error) {
    const place = number === 0 ? file : `${file}, line ${number}`;
    throw new UsageError(`${place}: ${(error as Error).message}`);
  }
}

function* splitLines(file: string): Generator<string> {
  const descriptor = openSync(file, 'r');
  try {
    const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
    const decoder = new StringDecoder('utf8');
    let rest = '';
    for (;;) {
      const length = readSync(descriptor, chunk, 0, CHUNK_BYTES, null);
      if (length === 0) break;
      const lines = decoder.write(chunk.subarray(0, length)).split('\n');
      lines[0] = rest + lines[0];
      rest = lines.pop() as string;
      yield* lines;
    }
    yield rest + decoder.end();
  } finally {
    closeSync(descriptor);
  }
}
