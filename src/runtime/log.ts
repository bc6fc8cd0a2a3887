import type { Writable } from 'node:stream';

/** What may wait for a reader of stderr that has fallen behind. */
const MAX_WAITING_BYTES = 1024 * 1024;

/** Writes one line of text somewhere people look. */
export type Log = (text: string) => void;

/**
 * Makes a log that writes to `stream` (a node's stderr) and never gets in the node's way: when
 * nobody reads it, lines are left out and counted rather than kept.
 */
export function createLog(stream: Writable): Log {
  let leftOut = 0;
  stream.on('error', () => {}); // a log that nobody can read any more is no reason to stop
  return (text) => {
    if (stream.writableLength > MAX_WAITING_BYTES) {
      leftOut++;
      return;
    }
    if (leftOut > 0) stream.write(`${leftOut} lines were left out: this log was not read\n`);
    leftOut = 0;
    stream.write(`${text}\n`);
  };
}
