import { TimeIndex } from './time-index.ts';

/** Seconds on the axis of the run. */
export type Seconds = number;

/** A message, as the diagram takes it in. */
export interface SentMessage {
  id: number;
  src: string;
  dest: string;
  type: string;
  sentAt: Seconds;
  /** For people: JSON, perhaps cut. */
  body: string;
}

/** Messages in columns, in the order in which they were sent; more may come at any time. */
export class MessageTable {
  readonly endpoints: string[] = [];
  readonly types: string[] = [];
  readonly id: number[] = [];
  /** Indices in `endpoints`. */
  readonly src: number[] = [];
  readonly dest: number[] = [];
  /** An index in `types`. */
  readonly type: number[] = [];
  readonly sentAt: Seconds[] = [];
  /** NaN for a message that has not arrived. */
  readonly receivedAt: Seconds[] = [];
  readonly body: string[] = [];
  /** Later arrivals of messages that came more than once. */
  readonly again = new Map<number, Seconds[]>();
  /** When the last thing happened. */
  end: Seconds = 0;
  readonly #endpointIndex = new Map<string, number>();
  readonly #typeIndex = new Map<string, number>();
  readonly #timeIndex = new TimeIndex();

  /** @param types the first types, for those that have an order */
  constructor(types: readonly string[] = []) {
    for (const type of types) intern(type, this.types, this.#typeIndex);
  }

  get length(): number {
    return this.id.length;
  }

  /** Takes in a message that was sent no earlier than those before; gives back its index. */
  append({ id, src, dest, type, sentAt, body }: SentMessage): number {
    this.id.push(id);
    this.src.push(intern(src, this.endpoints, this.#endpointIndex));
    this.dest.push(intern(dest, this.endpoints, this.#endpointIndex));
    this.type.push(intern(type, this.types, this.#typeIndex));
    this.sentAt.push(sentAt);
    this.receivedAt.push(Number.NaN);
    this.end = Math.max(this.end, sentAt);
    this.#timeIndex.add(sentAt, sentAt);
    return this.body.push(body) - 1;
  }

  /** A message has arrived, perhaps not for the first time. */
  arrive(index: number, at: Seconds): void {
    this.end = Math.max(this.end, at);
    this.#timeIndex.extend(index, at);
    if (Number.isNaN(this.receivedAt[index])) this.receivedAt[index] = at;
    else this.again.set(index, [...(this.again.get(index) ?? []), at]);
  }

  /** Whether a message has not arrived. */
  isMissing(index: number): boolean {
    return Number.isNaN(this.receivedAt[index]);
  }

  /** Calls `visit` with every message that was on its way at some time from `from` to `to`. */
  visit(from: Seconds, to: Seconds, visit: (index: number) => void): void {
    this.#timeIndex.visit(from, to, visit);
  }

  endpointAt(name: string): number | undefined {
    return this.#endpointIndex.get(name);
  }
}

function intern(name: string, names: string[], index: Map<string, number>): number {
  const known = index.get(name);
  if (known !== undefined) return known;
  index.set(name, names.length);
  return names.push(name) - 1;
}
