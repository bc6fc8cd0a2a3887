const NEWLINE = 0x0a;

/** Longer lines than this are refused: 16 MiB, in bytes and without the newline. */
export const MAX_LINE_BYTES = 16 * 1024 * 1024;

/**
 * Cuts a stream of bytes into pieces that end at line ends, in time linear in the bytes.
 *
 * A line may arrive in any number of chunks, cut anywhere. One that grows longer than the limit is
 * reported as soon as it does, and skipped up to its newline.
 */
export class LineFramer {
  readonly #maxLineBytes: number;
  readonly #onOversize: () => void;
  #pending: Buffer[] = [];
  #pendingBytes = 0;
  #skipping = false;

  /**
   * @param onOversize called once for every line that is longer than `maxLineBytes`
   */
  constructor(onOversize: () => void, maxLineBytes = MAX_LINE_BYTES) {
    this.#onOversize = onOversize;
    this.#maxLineBytes = maxLineBytes;
  }

  /** Takes a chunk in; returns the bytes of all lines that it completes, if any. */
  push(chunk: Buffer): Buffer | undefined {
    if (chunk.length <= this.#maxLineBytes) return this.#pushShort(chunk);
    const pieces: Buffer[] = [];
    for (let at = 0; at < chunk.length; at += this.#maxLineBytes) {
      const lines = this.#pushShort(chunk.subarray(at, at + this.#maxLineBytes));
      if (lines) pieces.push(lines);
    }
    return pieces.length > 0 ? Buffer.concat(pieces) : undefined;
  }

  /** Takes in a chunk that cannot hold a line that is too long. */
  #pushShort(chunk: Buffer): Buffer | undefined {
    let start = 0;
    if (this.#skipping) {
      start = chunk.indexOf(NEWLINE) + 1;
      if (start === 0) return undefined;
      this.#skipping = false;
    }
    const firstEnd = chunk.indexOf(NEWLINE, start);
    if (firstEnd === -1) {
      this.#hold(chunk.subarray(start));
      return undefined;
    }
    if (this.#pendingBytes + firstEnd - start > this.#maxLineBytes) {
      this.#refuse();
      start = firstEnd + 1;
    }
    const end = chunk.lastIndexOf(NEWLINE) + 1;
    const pieces = [...this.#pending, chunk.subarray(start, end)];
    this.#clear();
    this.#hold(chunk.subarray(end));
    return pieces.length === 1 ? pieces[0] : Buffer.concat(pieces);
  }

  /** The last line, when the stream has ended without a newline. */
  end(): Buffer | undefined {
    if (this.#pendingBytes === 0) return undefined;
    const line = Buffer.concat(this.#pending);
    this.#clear();
    return line;
  }

  #hold(bytes: Buffer): void {
    if (bytes.length === 0) return;
    this.#pending.push(bytes);
    this.#pendingBytes += bytes.length;
    if (this.#pendingBytes <= this.#maxLineBytes) return;
    this.#refuse();
    this.#skipping = true;
  }

  #refuse(): void {
    this.#onOversize();
    this.#clear();
  }

  #clear(): void {
    this.#pending = [];
    this.#pendingBytes = 0;
  }
}
