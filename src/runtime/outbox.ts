import type { Writable } from 'node:stream';
import type { Message } from '../wire/message.ts';
import { encode } from './encode.ts';

/** From this many characters on their way, the outbox is full until the reader has caught up. */
const FULL_AT_CHARACTERS = 1024 * 1024;

/** So many leave at once, for what waits is copied again and again by the collector of garbage. */
const WRITTEN_FROM_CHARACTERS = 32 * 1024;

/**
 * Writes messages to a stream, one a line and in order; those sent in one turn of the event loop
 * leave in one write, unless they are many.
 *
 * It never refuses a message. Whoever produces messages asks `full` first, and waits with
 * `onceDrained`, which bounds what is held in memory.
 */
export class Outbox {
  readonly #stream: Writable;
  #text = '';
  #waitingCharacters = 0;
  #writtenCharacters = 0;
  #scheduled: NodeJS.Immediate | undefined;
  #onDrained: (() => void)[] = [];

  constructor(stream: Writable) {
    this.#stream = stream;
  }

  get full(): boolean {
    return this.#waitingCharacters + this.#writtenCharacters >= FULL_AT_CHARACTERS;
  }

  /** @param msgId the id that the message is given */
  send(message: Message, msgId?: number): void {
    const line = encode(message, msgId);
    this.#text += `${line}\n`;
    this.#waitingCharacters += line.length + 1;
    if (this.#waitingCharacters >= WRITTEN_FROM_CHARACTERS) this.flush();
    else this.#scheduled ??= setImmediate(() => this.flush());
  }

  /** Calls back, once, when there is room again; at once if there is. */
  onceDrained(callback: () => void): void {
    if (this.full) this.#onDrained.push(callback);
    else callback();
  }

  /** Writes out what waits; calls back when the stream has taken in everything so far. */
  flush(callback?: () => void): void {
    clearImmediate(this.#scheduled);
    this.#scheduled = undefined;
    const text = this.#text;
    this.#text = '';
    const { length } = text; // of which what is written should not keep more alive
    this.#writtenCharacters += length;
    this.#waitingCharacters = 0;
    this.#stream.write(text, () => {
      this.#writtenCharacters -= length;
      callback?.();
      if (!this.full) this.#drained();
    });
  }

  #drained(): void {
    const callbacks = this.#onDrained;
    this.#onDrained = [];
    for (const callback of callbacks) this.onceDrained(callback);
  }
}
