import type { ReplicatedLog } from '../../values/replicated-log.ts';
import type { DeltaBody } from './delta.ts';
import { type Heard, hearAnew, hearNews, isUnanswered } from './heard.ts';
import { isInUse, type LinkState } from './link-state.ts';
import { rewind, scan } from './telling.ts';
import { hearRhythm, isLost, isOverdue, measureRoundTrip, type Pulses } from './timed.ts';
import { takeAcknowledgement, tellAnew, tellBacklog } from './told.ts';
import type { GossipTunables } from '../tunables.ts';

/** A message from the peer, after the node has learned from it. */
export interface Hearing extends Pulses {
  body: DeltaBody;
  at: number;
  /** What the node knows now. */
  log: ReplicatedLog;
}

/** Takes a message from the peer into account. */
export function hear(state: LinkState, hearing: Hearing, tunables: GossipTunables): LinkState {
  const { body, at, log, worstLatencyMs, promise, keepsRhythm } = hearing;
  const { id } = state.heard;
  if (id !== null && body.id < id) return hearPredecessor(state, hearing);
  const known = id !== null && body.id !== id ? forget(state) : state;
  const isLatest = body.no > known.heard.no;
  const heard = { ...known.heard, id: body.id };
  const timed = { ...known.timed, worstLatencyMs, promise, keepsRhythm };
  let next: LinkState = { ...known, heard, timed, log, now: Math.max(known.now, at) };
  if (isForPredecessor(next, body)) next = mustSync(next);
  if (body.of === state.id) next = hearAcknowledgement(next, body, isLatest, tunables);
  if (isLatest) next = hearSignals(next, body, tunables);
  // What was told to a node's predecessor leaves out what the predecessor had.
  if (body.upTo !== undefined && body.of === state.id) {
    next = { ...next, heard: hearNews(next.heard, body, next.now, tunables) };
  }
  if (body.have !== undefined) next = hearInventory(next, body);
  if (body.ask && isUnanswered(next.heard, body)) next = { ...next, heard: asked(next.heard) };
  return scan(hearEndOfSync(next, body));
}

function asked(heard: Heard): Heard {
  return heard.asked ? heard : { ...heard, asked: true };
}

function mustSync(state: LinkState): LinkState {
  return { ...state, told: { ...state.told, mustSync: true } };
}

/**
 * Of what the peer said before it was started anew, only the news counts: now it lacks that. What
 * it asks is answered all the same: it may be a later start by a clock that has gone back, and will
 * find that out.
 */
function hearPredecessor(state: LinkState, { body, at, log }: Hearing): LinkState {
  const now = Math.max(state.now, at);
  const heard = body.ask ? asked(state.heard) : state.heard;
  const next = scan({ ...state, log, now, heard });
  if (!isInUse(next) || next.told.scanned >= log.size) return next;
  return { ...next, timed: { ...next.timed, dueAt: next.timed.dueAt ?? now } };
}

/** Whether the peer does not know yet that the node was started anew, nor will by what it is sent. */
function isForPredecessor({ id, told }: LinkState, { of }: DeltaBody): boolean {
  return of !== undefined && of < id && told.inventoryNo === 0;
}

/** What remains of a peer that was started anew: whatever it knew or had told is void. */
function forget(state: LinkState): LinkState {
  const { told, heard, timed } = state;
  return {
    ...state,
    told: tellAnew(told),
    heard: hearAnew(heard),
    timed: { ...timed, rhythm: null },
  };
}

/** What the peer says of the messages it has had. */
function hearAcknowledgement(
  state: LinkState,
  body: DeltaBody,
  isLatest: boolean,
  tunables: GossipTunables,
): LinkState {
  const { now, log, timed } = state;
  const told = takeAcknowledgement(state.told, body, log.size);
  const isNew = told.isAcquainted && !state.told.isAcquainted;
  // Whatever has waited for that is due; if nothing has, what comes next has time.
  const due = isNew ? { ...timed, dueAt: told.scanned < log.size ? now : null } : timed;
  if (!isLatest) return { ...state, told, timed: due };
  const next = { ...state, told, timed: measureRoundTrip(due, body, now) };
  if (body.repair) {
    const acked = Math.min(body.ack, log.size);
    return rewind({ ...next, told: { ...told, acked } }, true, tunables);
  }
  if (isLost(timed, body, state.told.rewoundNo)) return rewind(next, true, tunables);
  return isOverdue(timed, now, tunables) ? rewind(next, false, tunables) : next;
}

/** What the peer says of itself. */
function hearSignals(state: LinkState, body: DeltaBody, tunables: GossipTunables): LinkState {
  const { now, relation, timed } = state;
  const heard = { ...state.heard, no: body.no, at: now, wants: body.route };
  const isParent = relation === 'parent';
  return { ...state, heard, timed: isParent ? hearRhythm(timed, body, now, tunables) : timed };
}

/** A peer that tells what was missing asks to be answered until it has told the last of it. */
function hearEndOfSync(state: LinkState, body: DeltaBody): LinkState {
  const { told, heard } = state;
  if (!heard.isSyncing) return state;
  const isAnswer = body.of === state.id && body.seen >= told.askedNo;
  const isOver = isAnswer && !heard.missing && !told.mustSync && !body.ask;
  return isOver ? { ...state, heard: { ...heard, isSyncing: false } } : state;
}

/**
 * The peer says all that it has: what it lacks is its backlog. If there is anything here that is
 * missing, it must learn, if it has not yet, what is there.
 */
function hearInventory(state: LinkState, { no, have = {}, size = 0 }: DeltaBody): LinkState {
  const { log, now, timed, told, heard } = state;
  if (no <= heard.inventoryNo) return state;
  const positions = log.positionsBeyond(have);
  const isBehind = log.lacksFrom(have);
  const upTo = isBehind ? heard.upTo : Math.max(heard.upTo, size);
  const bornAt = positions.length > 0 ? (timed.bornAt ?? now) : timed.bornAt;
  const next = {
    ...state,
    told: tellBacklog(told, { positions, end: log.size }),
    heard: { ...heard, inventoryNo: no, upTo, asked: true },
    timed: { ...timed, dueAt: now, bornAt },
  };
  return isBehind && told.inventoryNo === 0 ? mustSync(next) : next;
}
