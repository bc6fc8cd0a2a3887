import { WebSocket } from 'ws';
import type { InspectionRecord } from './inspection-event.ts';
import { Roster } from './roster.ts';

const RETRY_MS = 1000;
/** How many records wait for a connection. */
const MAX_WAITING = 2000;
/** What may wait for a receiver that has fallen behind. */
const MAX_UNREAD_BYTES = 4 * 1024 * 1024;
/** What a receiver that stands still may cost whoever wants to end. */
const CLOSING_MS = 50;

/**
 * Tells a server of all that happens, as long as it listens, and never gets in the way.
 *
 * Nothing fails when there is no server, or when it goes: it is looked for again every second. What
 * happens meanwhile waits; when that is too much it is left out, and the server is told the state
 * of things instead. (The adapter that comes with Stately's inspector does none of this: it would
 * not let a process end while it looks for a server, and would hold all that one does not take in.)
 */
export class InspectionSender {
  readonly #url: string;
  readonly #roster = new Roster();
  #socket: WebSocket | undefined;
  #waiting: InspectionRecord[] = [];
  /** The server lacks something: it is to be told the state of things, not what waits. */
  #isBehind = false;
  #retry: NodeJS.Timeout | undefined;
  #isStopped = false;

  /** @param url the server's, such as `ws://127.0.0.1:8180` */
  constructor(url: string) {
    this.#url = url;
    this.#connect();
  }

  send(record: InspectionRecord): void {
    this.#roster.add(record);
    if (this.#waiting.length < MAX_WAITING) this.#waiting.push(record);
    else this.#isBehind = true;
    this.#flush();
  }

  /** Sends what can be sent at once, and lets go of the server. */
  stop(): void {
    this.#isStopped = true;
    clearTimeout(this.#retry);
    const socket = this.#socket;
    if (socket?.readyState !== WebSocket.OPEN) return socket?.terminate();
    const timer = setTimeout(() => socket.terminate(), CLOSING_MS);
    socket.once('close', () => clearTimeout(timer));
    socket.close();
  }

  #connect(): void {
    const socket = new WebSocket(this.#url, { perMessageDeflate: false });
    this.#socket = socket;
    socket.on('open', () => {
      socket.on('close', () => (this.#isBehind = true)); // the next server knows nothing as yet
      this.#flush();
    });
    socket.on('error', () => {}); // the close that follows is all there is to know
    socket.on('close', () => {
      if (!this.#isStopped) this.#retry = setTimeout(() => this.#connect(), RETRY_MS).unref();
    });
  }

  #flush(): void {
    const socket = this.#socket;
    if (socket?.readyState !== WebSocket.OPEN || socket.bufferedAmount > MAX_UNREAD_BYTES) return;
    const records = this.#isBehind ? this.#roster.announcement() : this.#waiting;
    for (const record of records) socket.send(JSON.stringify(record));
    this.#waiting = [];
    this.#isBehind = false;
  }
}
