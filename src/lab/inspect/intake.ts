import { performance } from 'node:perf_hooks';
import type { WebSocket } from 'ws';
import type { InspectionRecord } from '../../inspect/inspection-event.ts';
import { readRecord } from './read-record.ts';

/** More than any record of ours; definitions of statecharts are the largest part of one. */
export const MAX_RECORD_BYTES = 4 * 1024 * 1024;

const now = () => performance.timeOrigin + performance.now();

/**
 * Makes the function that listens to one connection after the other and passes on what nodes tell.
 * When a connection ends, its nodes are gone.
 */
export function createIntake(onRecord: (record: InspectionRecord) => void) {
  let connections = 0;
  return (socket: WebSocket): void => {
    const sender = { name: `app${++connections}`, now };
    const nodes = new Map<string, number>();
    socket.on('message', (data) => {
      const record = readRecord(String(data), sender);
      if (!record) return;
      if (record.type === 'node.gone') nodes.delete(record.node);
      else if (record.type !== 'run.begin') nodes.set(record.node, record.at);
      onRecord(record);
    });
    socket.on('error', () => {}); // too large a message, for instance: the connection ends
    socket.on('close', () => {
      for (const [node, at] of nodes) onRecord({ type: 'node.gone', node, at });
    });
  };
}
