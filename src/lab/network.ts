import type { Body, EndpointId, Message } from '../protocol/message.ts';
import type { LabClock, Nanoseconds } from './clock.ts';
import { Inbox } from './inbox.ts';
import { drawLatency, type Latency } from './latency.ts';
import type { Random } from './random.ts';

/** A message on its way, with the number the network gave it. */
export interface Parcel extends Message {
  id: number;
}

/** Told of every message that is sent and of every one that arrives. */
export interface Journal {
  sent(parcel: Parcel, time: Nanoseconds): void;
  received(parcel: Parcel, time: Nanoseconds): void;
}

export interface NetworkOptions {
  clock: LabClock;
  random: Random;
  latency: Latency;
  journal: Journal;
}

/** Whether an endpoint is a client, whose messages are free of latency and never cut. */
export function isClient(id: EndpointId): boolean {
  return id.startsWith('c');
}

/** Carries messages between nodes and clients, with latency, and writes them up in the journal. */
export class Network {
  readonly #options: NetworkOptions;
  readonly #inboxes = new Map<EndpointId, Inbox<Parcel>>();
  readonly #receivers = new Map<EndpointId, (parcel: Parcel) => void>();
  #lastId = -1;

  constructor(options: NetworkOptions) {
    this.#options = options;
  }

  /** Lets an endpoint receive messages, from now on. */
  attach(id: EndpointId, receive: (parcel: Parcel) => void): void {
    this.#receivers.set(id, receive);
    const inbox = new Inbox<Parcel>(this.#options.clock, (parcel) => this.#deliver(parcel));
    if (!this.#inboxes.has(id)) this.#inboxes.set(id, inbox);
  }

  /** Takes an endpoint off the network: what is on its way to it is dropped. */
  detach(id: EndpointId): void {
    this.#receivers.delete(id);
  }

  /** Whether `id` is, or was, an endpoint of this network. */
  knows(id: EndpointId): boolean {
    return this.#inboxes.has(id);
  }

  /** Sends a message on its way to an endpoint that the network knows. */
  send(src: EndpointId, dest: EndpointId, body: Body): void {
    const { clock, journal, latency, random } = this.#options;
    const parcel = { id: ++this.#lastId, src, dest, body };
    journal.sent(parcel, clock.now());
    const isFree = isClient(src) || isClient(dest);
    this.#inboxes.get(dest)?.put(parcel, isFree ? 0 : drawLatency(latency, random));
  }

  #deliver(parcel: Parcel): void {
    const receive = this.#receivers.get(parcel.dest);
    if (!receive) return;
    this.#options.journal.received(parcel, this.#options.clock.now());
    receive(parcel);
  }
}
