import type { Json, SendEvent } from 'maelstate';
import { Waiting } from './waiting.ts';

/** What waits until so many records are on disk. */
export interface Held {
  records: number;
  /** What the log has at its end then. */
  last: number;
  messages: readonly SendEvent[];
}

/** How far a node's disk is behind it. Without a disk nothing here ever changes. */
export interface Storing {
  /** How many records this start of the node has appended, and how many of them are on disk. */
  appended: number;
  synced: number;
  /** Up to where the log is on disk: so far a leader's own copy counts. */
  last: number;
  held: Waiting<Held>;
  /** How large the last snapshot on disk is, in entries. */
  snapshotSize: number;
}

export const nothingStored: Storing = {
  appended: 0,
  synced: 0,
  last: 0,
  held: Waiting.none,
  snapshotSize: 0,
};

/** How many values of JSON an entry has, as a rule. */
const VALUES_PER_ENTRY = 8;

/** How many entries of the log would be as large as this. */
export function sizeInEntries(json: Json): number {
  return Math.ceil(countValues(json) / VALUES_PER_ENTRY);
}

function countValues(json: Json): number {
  if (typeof json !== 'object' || json === null) return 1;
  let count = 0;
  for (const part of Object.values(json)) count += countValues(part as Json);
  return count;
}
