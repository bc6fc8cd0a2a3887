import type { Body, EndpointId, Message } from '../../wire/message.ts';
import type { LabClock, Nanoseconds } from '../time-and-chance/clock.ts';
import { NetworkFaults, type OnLost } from '../faults/network-faults.ts';
import { Inbox } from './inbox.ts';
import { drawLatency, type Latency } from './latency.ts';
import type { Random } from '../time-and-chance/random.ts';

/** A message on its way, with the number the network gave it. */
export interface Parcel extends Message {
  id: number;
}

/** Told of every message that is sent and of every one that arrives. */
export interface Journal {
  sent(parcel: Parcel, time: Nanoseconds): void;
  /** More than once for a message that was repeated, never for one that was lost or cut off. */
  received(parcel: Parcel, time: Nanoseconds): void;
  /** Set-up is over: from now on clients ask what the test is about. */
  loadBegan?(time: Nanoseconds): void;
}

export interface NetworkOptions {
  clock: LabClock;
  random: Random;
  latency: Latency;
  journals: readonly Journal[];
  /** Told of what nodes send to one that is off the network. */
  onDropped?: (parcel: Parcel) => void;
  /** Told of what a fault loses, and which. */
  onLost?: OnLost | undefined;
}

/** Whether an endpoint is a client, whose messages are free of latency and never cut. */
export function isClient(id: EndpointId): boolean {
  return id.startsWith('c');
}

/** Carries messages between nodes and clients, with latency and faults, and keeps the journals. */
export class Network {
  readonly faults: NetworkFaults;
  readonly #options: NetworkOptions;
  readonly #inboxes = new Map<EndpointId, Inbox<Parcel>>();
  readonly #receivers = new Map<EndpointId, (parcel: Parcel) => void>();
  #lastId = -1;

  constructor(options: NetworkOptions) {
    this.#options = options;
    this.faults = new NetworkFaults(options.random.fork(), options.onLost);
  }

  /** Lets an endpoint receive messages, from now on. */
  attach(id: EndpointId, receive: (parcel: Parcel) => void): void {
    this.#receivers.set(id, receive);
    const inbox = new Inbox<Parcel>(this.#options.clock, (parcel) => this.#deliver(parcel));
    if (!this.#inboxes.has(id)) this.#inboxes.set(id, inbox);
  }

  /** Takes an endpoint off the network: what comes for it while it is away is dropped. */
  detach(id: EndpointId): void {
    this.#receivers.delete(id);
  }

  /** Whether `id` is, or was, an endpoint of this network. */
  knows(id: EndpointId): boolean {
    return this.#inboxes.has(id);
  }

  /** Sends a message on its way to an endpoint that the network knows. */
  send(src: EndpointId, dest: EndpointId, body: Body): void {
    const { clock, journals, latency, random } = this.#options;
    const parcel = { id: ++this.#lastId, src, dest, body };
    for (const journal of journals) journal.sent(parcel, clock.now());
    const inbox = this.#inboxes.get(dest) as Inbox<Parcel>;
    if (isClient(src) || isClient(dest)) return inbox.put(parcel, 0);

    const { isLost, delayMs, repeatAfterMs } = this.faults.draw(src, dest);
    const latencyMs = drawLatency(latency, random);
    if (isLost) return;
    // What a fault holds up waits outside the inbox: in there, whatever comes later would wait for it.
    const put = () => inbox.put(parcel, latencyMs);
    if (delayMs > 0) clock.setTimeout(put, delayMs);
    else put();
    if (repeatAfterMs !== undefined) clock.setTimeout(put, delayMs + repeatAfterMs);
  }

  #deliver(parcel: Parcel): void {
    const receive = this.#receivers.get(parcel.dest);
    if (!receive && !isClient(parcel.src)) this.#options.onDropped?.(parcel);
    if (!receive || this.faults.cuts(parcel.src, parcel.dest)) return;
    const { clock, journals } = this.#options;
    for (const journal of journals) journal.received(parcel, clock.now());
    receive(parcel);
  }
}
