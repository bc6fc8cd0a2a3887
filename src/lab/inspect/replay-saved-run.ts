import { setTimeout as pause } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { ChartGallery } from './chart-gallery.ts';
import { sendJson } from './live-feed.ts';
import { readSavedRun } from './saved-runs.ts';
import type { ViewRecord } from './view-message.ts';

/** How much of a run a page is sent: more than that it could not hold. */
const MAX_RECORDS = 100_000;
const BATCH_RECORDS = 2000;
const MAX_UNREAD_BYTES = 8 * 1024 * 1024;

/** Shows one viewer a run that was saved, from its beginning. */
export async function replaySavedRun(
  socket: WebSocket,
  folder: string,
  run: string,
  forwardUrl: string | null,
): Promise<void> {
  const gallery = new ChartGallery((chart) => sendJson(socket, { type: 'chart', chart }));
  sendJson(socket, { type: 'begin', run, forwardUrl });
  let batch: ViewRecord[] = [];
  let count = 0;
  for await (const record of readSavedRun(folder)) {
    if (++count > MAX_RECORDS) continue;
    batch.push(gallery.toView(record));
    if (batch.length < BATCH_RECORDS) continue;
    sendJson(socket, { type: 'records', records: batch });
    batch = [];
    while (socket.bufferedAmount > MAX_UNREAD_BYTES) await pause(10);
    if (socket.readyState !== WebSocket.OPEN) return;
  }
  sendJson(socket, { type: 'records', records: batch });
  sendJson(socket, { type: 'end', leftOut: Math.max(0, count - MAX_RECORDS) });
}
