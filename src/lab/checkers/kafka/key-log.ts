import {
  isOkPoll,
  isOkSend,
  type KafkaOperation,
  type Key,
  type Message,
} from './kafka-history.ts';

/** What is known of the log of one key: which messages lie at which offsets. */
export class KeyLog {
  readonly #messagesAt = new Map<number, Set<Message>>();
  #places: Places | undefined;

  put(offset: number, message: Message): void {
    const messages = this.#messagesAt.get(offset) ?? new Set();
    this.#messagesAt.set(offset, messages.add(message));
    this.#places = undefined;
  }

  /** The offsets that are known, in order, each with its messages. */
  get slots(): readonly (readonly [offset: number, messages: ReadonlySet<Message>])[] {
    return this.#known.slots;
  }

  /** The place of a message among those that are known: offsets may have gaps, places have none. */
  placeOf(message: Message): number | undefined {
    return this.#known.last.get(message);
  }

  /** The first place of a message that lies at several offsets. */
  firstPlaceOf(message: Message): number | undefined {
    return this.#known.first.get(message);
  }

  /** Every message, with all the offsets at which it lies. */
  *offsets(): Iterable<readonly [Message, number[]]> {
    const offsets = new Map<Message, number[]>();
    for (const [offset, messages] of this.slots) {
      for (const message of messages) {
        const known = offsets.get(message);
        if (known) known.push(offset);
        else offsets.set(message, [offset]);
      }
    }
    yield* offsets;
  }

  get #known(): Places {
    this.#places ??= placesOf(this.#messagesAt);
    return this.#places;
  }
}

interface Places {
  slots: [number, Set<Message>][];
  first: Map<Message, number>;
  last: Map<Message, number>;
}

function placesOf(messagesAt: ReadonlyMap<number, Set<Message>>): Places {
  const slots = [...messagesAt].toSorted(([a], [b]) => a - b);
  const first = new Map<Message, number>();
  const last = new Map<Message, number>();
  for (const [place, [, messages]] of slots.entries()) {
    for (const message of messages) {
      if (!first.has(message)) first.set(message, place);
      last.set(message, place);
    }
  }
  return { slots, first, last };
}

/** The logs of all keys, as sends and polls that succeeded tell them. */
export function readLogs(operations: readonly KafkaOperation[]): Map<Key, KeyLog> {
  const logs = new Map<Key, KeyLog>();
  const put = (key: Key, offset: number, message: Message) => {
    const log = logs.get(key) ?? new KeyLog();
    logs.set(key, log);
    log.put(offset, message);
  };
  for (const operation of operations) {
    if (isOkSend(operation)) put(operation.key, operation.offset, operation.message);
    if (!isOkPoll(operation)) continue;
    for (const [key, placed] of operation.messages) {
      for (const [offset, message] of placed) put(key, offset, message);
    }
  }
  return logs;
}
