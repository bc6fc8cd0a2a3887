import type { Nanoseconds } from '../../time-and-chance/clock.ts';
import type { HistoryEvent } from '../../history/history.ts';

export type Key = string;
/** A message: JSON values that are equal count as one. */
export type Message = number;
/** Where a message lies, and what it is. */
export type Placed = readonly [offset: number, message: Message];

interface Ended {
  process: number;
  type: 'ok' | 'fail' | 'info';
  /** The indices of its two events, and when the first was. */
  invoked: number;
  ended: number;
  invokedAt: Nanoseconds;
  endedAt: Nanoseconds;
  error?: unknown;
}

export interface Send extends Ended {
  f: 'send';
  key: Key;
  message: Message;
  /** Of a send that succeeded. */
  offset?: number;
}

export interface Poll extends Ended {
  f: 'poll';
  /** What an ok poll returned, key by key; nothing for others. */
  messages: ReadonlyMap<Key, readonly Placed[]>;
}

export interface Assign extends Ended {
  f: 'assign';
  keys: readonly Key[];
  /** What the node said of committed offsets, if it was asked. */
  committed?: Readonly<Record<Key, number>>;
}

/** What a client did, once it has ended. A crash does nothing that anybody could see. */
export type KafkaOperation = Send | Poll | Assign;

type SendValue = [[string, Key, Message | Placed]];
type PollValue = [[string, Record<Key, readonly Placed[] | null>?]];

/** Turns the events of a history into operations, in the order in which they ended. */
export class KafkaHistory {
  readonly operations: KafkaOperation[] = [];
  readonly #open = new Map<HistoryEvent['process'], HistoryEvent>();

  add(event: HistoryEvent): void {
    const { process, type } = event;
    if (typeof process !== 'number') return;
    if (type === 'invoke') return void this.#open.set(process, event);
    const invocation = this.#open.get(process);
    this.#open.delete(process);
    if (invocation) this.#end(invocation, event);
  }

  /** All operations, and those that nobody has answered, as sends of which nothing is known. */
  finish(): readonly KafkaOperation[] {
    for (const invocation of this.#open.values()) {
      if (invocation.f === 'send') this.#end(invocation, { ...invocation, type: 'info' });
    }
    this.#open.clear();
    return this.operations;
  }

  #end(invocation: HistoryEvent, event: HistoryEvent): void {
    const { type, value, error } = event;
    const common: Ended = {
      process: event.process as number,
      type: type as Ended['type'],
      invoked: invocation.index,
      ended: event.index,
      invokedAt: invocation.time,
      endedAt: event.time,
      ...(error !== undefined && { error }),
    };
    if (event.f === 'assign') {
      const { committed } = event;
      const keys = value as Key[];
      this.operations.push({ ...common, f: 'assign', keys, ...(committed && { committed }) });
    } else if (event.f === 'send') {
      const [[, key, sent]] = value as SendValue;
      const placed = Array.isArray(sent) ? (sent as Placed) : undefined;
      const message = placed ? placed[1] : (sent as Message);
      this.operations.push({
        ...common,
        f: 'send',
        key,
        message,
        ...(placed && type === 'ok' && { offset: placed[0] }),
      });
    } else if (event.f === 'poll') {
      const [[, returned = {}]] = value as PollValue;
      const entries = Object.entries(type === 'ok' ? returned : {});
      const messages = new Map(
        entries.flatMap(([key, placed]) => (placed?.length ? [[key, placed] as const] : [])),
      );
      this.operations.push({ ...common, f: 'poll', messages });
    }
  }
}

export function isOkSend(operation: KafkaOperation): operation is Send & { offset: number } {
  return operation.f === 'send' && operation.type === 'ok';
}

export function isOkPoll(operation: KafkaOperation): operation is Poll {
  return operation.f === 'poll' && operation.type === 'ok';
}
