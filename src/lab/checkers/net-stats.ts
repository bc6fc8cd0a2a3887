import type { HistoryEvent } from '../history/history.ts';
import { isClient, type Journal, type Parcel } from '../network/network.ts';
import type { Checker, CheckResult } from './checker.ts';
import { toFloat32 } from './parts/float32.ts';

class Counter {
  sent = 0;
  received = 0;

  toResult() {
    return { 'send-count': this.sent, 'recv-count': this.received, 'msg-count': this.sent };
  }
}

/**
 * Counts the network's messages, and how many there were for each operation that clients invoked.
 * Every message that is sent is a distinct one, so `msg-count` is `send-count`.
 */
export class NetStats implements Journal, Checker {
  readonly #clients = new Counter();
  readonly #servers = new Counter();
  #operations = 0;

  sent(parcel: Parcel): void {
    this.#counterOf(parcel).sent++;
  }

  received(parcel: Parcel): void {
    this.#counterOf(parcel).received++;
  }

  add({ type, process }: HistoryEvent): void {
    if (type === 'invoke' && process !== 'nemesis') this.#operations++;
  }

  /** Messages between nodes so far. */
  get serverMessages(): number {
    return this.#servers.sent;
  }

  result(): CheckResult {
    const all = new Counter();
    all.sent = this.#clients.sent + this.#servers.sent;
    all.received = this.#clients.received + this.#servers.received;
    const perOperation = ({ sent }: Counter) => toFloat32(sent / Math.max(1, this.#operations));
    return {
      'valid?': true,
      all: { ...all.toResult(), 'msgs-per-op': perOperation(all) },
      clients: this.#clients.toResult(),
      servers: { ...this.#servers.toResult(), 'msgs-per-op': perOperation(this.#servers) },
    };
  }

  #counterOf({ src, dest }: Parcel): Counter {
    return isClient(src) || isClient(dest) ? this.#clients : this.#servers;
  }
}
