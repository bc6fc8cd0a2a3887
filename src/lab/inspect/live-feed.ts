import { WebSocket } from 'ws';
import { type InspectionRecord, isStately } from '../../inspect/inspection-event.ts';
import { ChartGallery } from './chart-gallery.ts';
import { History } from './history.ts';
import type { ViewMessage, ViewRecord } from './view-message.ts';

/** How many records somebody who comes late is shown at least. */
const HISTORY_RECORDS = 20_000;
/** Records leave together, as often as a page can be painted anew to some use. */
const BATCH_MS = 40;
const BATCH_RECORDS = 2000;
/** A viewer that is further behind is cut off: it may come again. */
const MAX_UNREAD_BYTES = 64 * 1024 * 1024;

/** Passes on what nodes tell, to any number of viewers, from the recent past on. */
export class LiveFeed {
  readonly #forwardUrl: string | null;
  readonly #history = new History(HISTORY_RECORDS);
  readonly #gallery = new ChartGallery((chart) => this.#broadcast({ type: 'chart', chart }));
  readonly #viewers = new Set<WebSocket>();
  readonly #receivers = new Set<WebSocket>();
  #batch: ViewRecord[] = [];
  #timer: NodeJS.Timeout | undefined;

  constructor(forwardUrl: string | null) {
    this.#forwardUrl = forwardUrl;
  }

  readonly add = (record: InspectionRecord): void => {
    this.#history.add(record);
    if (isStately(record)) for (const socket of this.#receivers) sendJson(socket, record);
    this.#batch.push(this.#gallery.toView(record));
    if (this.#batch.length >= BATCH_RECORDS) this.#flush();
    else this.#timer ??= setTimeout(() => this.#flush(), BATCH_MS);
  };

  /** Lets one of our own pages look on. */
  addViewer(socket: WebSocket): void {
    this.#flush();
    sendJson(socket, { type: 'begin', run: null, forwardUrl: this.#forwardUrl });
    for (const chart of this.#gallery.drawn) sendJson(socket, { type: 'chart', chart });
    const records = Array.from(this.#history.replay(), (record) => this.#gallery.toView(record));
    for (let at = 0; at < records.length; at += BATCH_RECORDS) {
      sendJson(socket, { type: 'records', records: records.slice(at, at + BATCH_RECORDS) });
    }
    keep(this.#viewers, socket);
  }

  /** Lets a receiver of Stately's look on, which takes one event at a time. */
  addReceiver(socket: WebSocket): void {
    for (const record of this.#history.replay()) if (isStately(record)) sendJson(socket, record);
    keep(this.#receivers, socket);
  }

  #flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#batch.length === 0) return;
    this.#broadcast({ type: 'records', records: this.#batch });
    this.#batch = [];
  }

  #broadcast(message: ViewMessage): void {
    if (this.#viewers.size === 0) return;
    const text = JSON.stringify(message);
    for (const socket of this.#viewers) sendText(socket, text);
  }
}

export function sendJson(socket: WebSocket, message: ViewMessage | InspectionRecord): void {
  sendText(socket, JSON.stringify(message));
}

function sendText(socket: WebSocket, text: string): void {
  if (socket.bufferedAmount > MAX_UNREAD_BYTES) socket.terminate();
  else if (socket.readyState === WebSocket.OPEN) socket.send(text);
}

function keep(sockets: Set<WebSocket>, socket: WebSocket): void {
  sockets.add(socket);
  socket.on('close', () => sockets.delete(socket));
}
