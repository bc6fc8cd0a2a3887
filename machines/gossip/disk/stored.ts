import type { DiskRequest, EndpointId, Json, Kept } from 'maelstate';
import { List } from '../../values/list.ts';
import type { Origin, ReplicatedLog } from '../../values/replicated-log.ts';
import { originOf } from '../origin.ts';
import type { GossipTunables } from '../tunables.ts';
import { countIn, runsIn, runsSince, type StoredRun, withRuns } from './runs.ts';

/** As much of a request as it takes to answer it. */
export interface Asked {
  type: string;
  src: EndpointId;
  dest: EndpointId;
  body: { msg_id: number };
}

/** An entry of the node's own that is not known to be on disk: nobody is shown or told it. */
export interface Unsynced {
  origin: Origin;
  seq: number;
  value: Json;
  /** Where it comes from, as its entry will say. */
  from: Origin | null;
  /** How many records had been appended with it. */
  upTo: number;
  /** When it came, by the node's clock. */
  at: number;
  /** What is answered once it is on disk, and what the reply says; `null` when nobody has asked. */
  asked: Asked | null;
  parts: object | undefined;
}

/** What a node remembers of its disk. */
export interface Stored {
  unsynced: List<Unsynced>;
  /** How many records were appended since the node was started. */
  appended: number;
  /** How many entries the disk holds, those included that later ones stand for. */
  entries: number;
}

export const nothingStored: Stored = { unsynced: List.of(), appended: 0, entries: 0 };

/** As much of a node's memory as this is about. */
interface Storing<L extends ReplicatedLog = ReplicatedLog> {
  nodeId: EndpointId;
  incarnation: number;
  log: L;
  stored: Stored;
}

/** What a node makes of what an earlier start of it has kept. */
export function restored<L extends ReplicatedLog>(log: L, kept: Kept): { log: L; stored: Stored } {
  const runs = runsIn(kept);
  return { log: withRuns(log, runs), stored: { ...nothingStored, entries: countIn(runs) } };
}

/** The node's newest entry that is on its way to the disk, if any is. */
export function newestUnsynced(state: Storing): Unsynced | undefined {
  const { unsynced } = state.stored;
  const [newest] = unsynced.slice(unsynced.length - 1, 1);
  return newest?.origin === originOf(state) ? newest : undefined;
}

/** An entry that is to be kept, and what is answered then. */
export type ToKeep = Pick<Unsynced, 'value' | 'at' | 'asked' | 'parts' | 'from'>;

/** Sends entries of the node's own on their way to the disk. */
export function appendOwn(
  state: Storing,
  entries: readonly ToKeep[],
): { stored: Stored; request: DiskRequest } {
  const { stored } = state;
  const origin = originOf(state);
  let { unsynced, appended } = stored;
  let seq = newestUnsynced(state)?.seq ?? state.log.count(origin);
  const records: StoredRun[] = [];
  for (const { value, from, at, asked, parts } of entries) {
    seq++;
    appended++;
    unsynced = unsynced.append({ origin, seq, value, from, upTo: appended, at, asked, parts });
    records.push([origin, seq, [value]]);
  }
  return {
    stored: { unsynced, appended, entries: stored.entries + entries.length },
    request: { type: 'disk.append', records },
  };
}

/** Sends what the node has heard on its way to the disk; those it comes from have it there. */
export function appendHeard(
  { stored }: Pick<Storing, 'stored'>,
  log: ReplicatedLog,
  position: number,
): { stored: Stored; request: DiskRequest } | undefined {
  const records = runsSince(log, position);
  if (records.length === 0) return undefined;
  return {
    stored: {
      ...stored,
      appended: stored.appended + records.length,
      entries: stored.entries + countIn(records),
    },
    request: { type: 'disk.append', records },
  };
}

/** Enters into the log what is on disk by now. */
export function settle<L extends ReplicatedLog>(
  { log, stored }: Pick<Storing<L>, 'log' | 'stored'>,
  upTo: number,
): { log: L; stored: Stored; settled: Unsynced[] } {
  const all = stored.unsynced.toJSON();
  const count = countSynced(all, upTo);
  const settled = all.slice(0, count);
  return {
    log: enter(log, settled),
    stored: count > 0 ? { ...stored, unsynced: List.of(all.slice(count)) } : stored,
    settled,
  };
}

function countSynced(unsynced: readonly Unsynced[], upTo: number): number {
  const first = unsynced.findIndex((entry) => entry.upTo > upTo);
  return first === -1 ? unsynced.length : first;
}

/** Adds entries to a log, those together that follow each other. */
function enter<L extends ReplicatedLog>(log: L, entries: readonly Unsynced[]): L {
  let sofar = log;
  for (let start = 0; start < entries.length;) {
    const { origin, seq, from } = entries[start] as Unsynced;
    const others = entries.findIndex(
      (entry, index) => index > start && (entry.origin !== origin || entry.from !== from),
    );
    const end = others === -1 ? entries.length : others;
    const values = entries.slice(start, end).map(({ value }) => value);
    sofar = sofar.appendRun(origin, seq, values, from);
    start = end;
  }
  return sofar;
}

/** What takes the place of all on disk, when most of that is entries that later ones stand for. */
export function compacted(
  { log, stored }: Pick<Storing, 'log' | 'stored'>,
  { maxIdleOnDisk }: GossipTunables,
): { stored: Stored; request: DiskRequest } | undefined {
  const { entries, unsynced } = stored;
  const live = log.countBetween(0, log.size) + unsynced.length;
  if (entries < 2 * live + maxIdleOnDisk) return undefined;
  const waiting = unsynced
    .toJSON()
    .map(({ origin, seq, value }): StoredRun => [origin, seq, [value]]);
  const snapshot = [...runsSince(log, 0), ...waiting];
  return {
    stored: { ...stored, entries: countIn(snapshot) },
    request: { type: 'disk.snapshot', snapshot },
  };
}
