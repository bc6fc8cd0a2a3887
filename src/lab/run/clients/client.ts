import type { Body, EndpointId } from '../../../wire/message.ts';
import type { LabClock, Timer } from '../../time-and-chance/clock.ts';
import type { Network } from '../../network/network.ts';

interface OpenRequest {
  body: Body;
  timer: Timer;
  settle: (reply: Body | undefined) => void;
}

/** An endpoint that asks and waits for answers, as Maelstrom's clients do. */
export class Client {
  readonly id: EndpointId;
  readonly #network: Network;
  readonly #clock: LabClock;
  readonly #open = new Map<number, OpenRequest>();
  #lastMsgId = 0;

  constructor(id: EndpointId, network: Network, clock: LabClock) {
    this.id = id;
    this.#network = network;
    this.#clock = clock;
    network.attach(id, ({ body }) => this.#receive(body));
  }

  /** Asks `dest`; calls back once, with the reply's body or, after `timeoutMs`, with nothing. */
  request(
    dest: EndpointId,
    body: Body,
    timeoutMs: number,
    settle: (reply: Body | undefined) => void,
  ): void {
    const msgId = ++this.#lastMsgId;
    const timer = this.#clock.setTimeout(() => {
      this.#open.delete(msgId);
      settle(undefined);
    }, timeoutMs);
    const numbered = { ...body, msg_id: msgId };
    this.#open.set(msgId, { body: numbered, timer, settle });
    this.#network.send(this.id, dest, numbered);
  }

  /** The request that was sent under `msgId`, while it waits for its reply. */
  findRequest(msgId: number): Body | undefined {
    return this.#open.get(msgId)?.body;
  }

  /** Leaves the network. */
  leave(): void {
    for (const { timer } of this.#open.values()) this.#clock.clearTimeout(timer);
    this.#open.clear();
    this.#network.detach(this.id);
  }

  #receive(body: Body): void {
    const request = this.#open.get(body.in_reply_to ?? -1);
    if (!request) return; // too late, or a second time: Maelstrom's clients overlook both
    this.#open.delete(body.in_reply_to as number);
    this.#clock.clearTimeout(request.timer);
    request.settle(body);
  }
}

/** All the clients of a test: `c0`, `c1`, … in the order they came. */
export class Clients {
  readonly #network: Network;
  readonly #clock: LabClock;
  readonly #byId = new Map<EndpointId, Client>();

  constructor(network: Network, clock: LabClock) {
    this.#network = network;
    this.#clock = clock;
  }

  create(): Client {
    const client = new Client(`c${this.#byId.size}`, this.#network, this.#clock);
    this.#byId.set(client.id, client);
    return client;
  }

  /** The request that client `id` sent under `msgId`, while it waits for its reply. */
  findRequest(id: EndpointId, msgId: number): Body | undefined {
    return this.#byId.get(id)?.findRequest(msgId);
  }

  leaveAll(): void {
    for (const client of this.#byId.values()) client.leave();
  }
}
