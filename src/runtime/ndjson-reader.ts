import type { Readable } from 'node:stream';
import ndjson from 'ndjson';
import { LineFramer, MAX_LINE_BYTES } from './line-framer.ts';

const NEWLINE = 0x0a;

/**
 * Reads newline-delimited JSON one value at a time, no faster than its caller asks for it.
 *
 * `ndjson` parses; this class keeps it from its own weaknesses. It is written to, never piped, for a
 * pipe is torn down by the first malformed line. It gets whole lines only, for a line that comes in
 * pieces costs it quadratic time. And it never sees a line that is just `null`, which would end it.
 */
export class NdjsonReader {
  /** Called when values may be waiting to be read. */
  onReadable: () => void = () => {};
  /** Called once, when every value has been read and no more will come. */
  onEnd: () => void = () => {};

  readonly #input: Readable;
  readonly #parser = ndjson.parse();
  readonly #framer: LineFramer;
  readonly #report: (problem: string) => void;

  /**
   * @param report told of every line that is left out, and why
   */
  constructor(input: Readable, report: (problem: string) => void) {
    this.#input = input;
    this.#report = report;
    this.#framer = new LineFramer(() =>
      report(
        `a line on stdin is longer than ${MAX_LINE_BYTES} bytes, the most a message may have: left out`,
      ),
    );
    this.#parser.on('error', (error) => report(`a line on stdin is not JSON: ${error.message}`));
    this.#parser.on('readable', () => this.onReadable());
    this.#parser.on('end', () => this.onEnd());
    this.#parser.on('drain', () => input.resume());
    input.on('data', this.#take);
    input.once('end', this.#finish);
    input.once('error', (error) => {
      report(`stdin cannot be read (${error.message}): taken for its end`);
      this.stop();
    });
  }

  /** The next value, or `undefined` when none is waiting. */
  read(): unknown {
    return this.#parser.read() ?? undefined;
  }

  /** Takes in nothing more; lines that were complete by now can still be read. */
  stop(): void {
    this.#input.off('data', this.#take);
    this.#input.off('end', this.#finish);
    this.#input.destroy();
    this.#parser.end();
  }

  readonly #take = (chunk: Buffer): void => {
    const lines = this.#framer.push(chunk);
    if (lines && !this.#write(lines)) this.#input.pause();
  };

  readonly #finish = (): void => {
    const line = this.#framer.end();
    if (line) this.#write(line);
    this.#parser.end();
  };

  #write(lines: Buffer): boolean {
    return this.#parser.write(this.#withoutNulls(lines));
  }

  /** Empties the lines that are just `null`: an empty line is nothing to `ndjson`. */
  #withoutNulls(lines: Buffer): Buffer {
    let end: number;
    for (let at = lines.indexOf('null'); at !== -1; at = lines.indexOf('null', end)) {
      const start = at === 0 ? 0 : lines.lastIndexOf(NEWLINE, at) + 1;
      const newline = lines.indexOf(NEWLINE, at);
      end = newline === -1 ? lines.length : newline;
      if (lines.toString('latin1', start, end).trim() !== 'null') continue;
      this.#report('a line on stdin is just null, which is no message: left out');
      lines.fill(NEWLINE, start, end);
    }
    return lines;
  }
}
