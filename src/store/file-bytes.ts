import { readSync } from 'node:fs';
import type { Bytes } from './format.ts';

/** How much is read at least: most frames are short. */
const READ_AHEAD_BYTES = 1024 * 1024;

/** The bytes of an open file, of which no more is in memory at a time than is asked for. */
export class FileBytes implements Bytes {
  readonly size: number;
  readonly #file: number;
  #window = Buffer.alloc(0);
  #from = 0;

  constructor(file: number, size: number) {
    this.#file = file;
    this.size = size;
  }

  read(offset: number, length: number): Buffer {
    const end = Math.min(offset + length, this.size);
    if (offset < this.#from || end > this.#from + this.#window.length) this.#move(offset, end);
    return this.#window.subarray(offset - this.#from, end - this.#from);
  }

  #move(offset: number, end: number): void {
    const length = Math.min(Math.max(end - offset, READ_AHEAD_BYTES), this.size - offset);
    const window = Buffer.allocUnsafe(Math.max(0, length));
    let filled = 0;
    while (filled < window.length) {
      const count = readSync(this.#file, window, filled, window.length - filled, offset + filled);
      if (count === 0) break;
      filled += count;
    }
    this.#window = window.subarray(0, filled);
    this.#from = offset;
  }
}
