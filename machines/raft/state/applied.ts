import type { EndpointId, Json } from 'maelstate';
import type { Entry } from './log.ts';
import type { Reply, Service } from '../service.ts';

/** Which commands of one start of a node have been carried out. */
export interface Session {
  /** The incarnation. */
  start: number;
  /** All commands before this one are settled, and are not carried out any more. */
  floor: number;
  /** Those from there on that have been carried out, ascending. */
  done: readonly number[];
}

/** What the entries up to an index have come to. */
export interface Applied {
  index: number;
  term: number;
  /** The service's own state. */
  state: unknown;
  /** By node, of its latest start: a node has no more commands under way than it may keep waiting. */
  sessions: Readonly<Record<EndpointId, Session>>;
  /** By node, the last of its starts that lost its memory and has been made a member again. */
  joined: Readonly<Record<EndpointId, number>>;
}

/** The same as JSON carries it from node to node. */
export type Snapshot = Omit<Applied, 'state'> & { state: Json };

export function nothingApplied(service: Service): Applied {
  return { index: 0, term: 0, state: service.initial, sessions: {}, joined: {} };
}

export function restored(snapshot: Snapshot, service: Service): Applied {
  return { ...snapshot, state: service.restore(snapshot.state) };
}

/**
 * Applies the next entry. A command that has been carried out before, by whichever entry, is passed
 * over, and so is one of an earlier start of its node.
 *
 * @returns the reply if the entry was a command that has now been carried out
 */
export function applyEntry(
  before: Applied,
  entry: Entry,
  service: Service,
): { applied: Applied; reply?: Reply } {
  const index = before.index + 1;
  const { term } = entry;
  if ('joins' in entry) {
    const joined = { ...before.joined, [entry.joins]: entry.start };
    return { applied: { ...before, index, term, joined } };
  }
  if (!('seq' in entry)) return { applied: { ...before, index, term } };
  const { node, seq, command } = entry;
  const session = sessionFor(before.sessions[node], entry);
  if (!session || isDone(session, seq)) return { applied: { ...before, index, term } };
  const { state, reply } = service.apply(before.state, command);
  const sessions = { ...before.sessions, [node]: withDone(session, seq) };
  return { applied: { ...before, index, term, state, sessions }, reply };
}

/** What is known of the entry's node once its floor has been taken note of; nothing if it is too old. */
function sessionFor(
  known: Session | undefined,
  { start, floor }: { start: number; floor: number },
): Session | undefined {
  if (!known || start > known.start) return { start, floor, done: [] };
  if (start < known.start) return undefined;
  if (floor <= known.floor) return known;
  return settled({ start, floor, done: known.done.filter((seq) => seq >= floor) });
}

function isDone({ floor, done }: Session, seq: number): boolean {
  return seq < floor || done.includes(seq);
}

function withDone(session: Session, seq: number): Session {
  if (seq === session.floor) return settled({ ...session, floor: seq + 1 });
  const done = [...session.done, seq].toSorted((a, b) => a - b);
  return { ...session, done };
}

/** The session with its floor above all that is done in a row. */
function settled({ start, floor, done }: Session): Session {
  let count = 0;
  while (done[count] === floor + count) count++;
  return { start, floor: floor + count, done: count > 0 ? done.slice(count) : done };
}
