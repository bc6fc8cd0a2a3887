import type { DeltaBody } from './delta.ts';
import type { EntryLog } from '../values/entry-log.ts';
import { isInUse, type LinkState } from './link-state.ts';
import { rewind, scan } from './telling.ts';
import { latencyOf, measure, patienceFor } from './timing.ts';
import type { GossipTunables } from './tunables.ts';

/** A message from the peer, after the node has learned from it. */
export interface Hearing {
  body: DeltaBody;
  at: number;
  /** What the node knows now. */
  log: EntryLog;
}

/** Takes a message from the peer into account. */
export function hear(state: LinkState, hearing: Hearing, tunables: GossipTunables): LinkState {
  const { body, at, log } = hearing;
  if (state.peerId !== null && body.id < state.peerId) return hearPredecessor(state, hearing);
  const isRestarted = state.peerId !== null && body.id !== state.peerId;
  const known = isRestarted ? forget(state) : state;
  const isLatest = body.no > known.seen;
  let next: LinkState = { ...known, peerId: body.id, log, now: Math.max(known.now, at) };
  if (isForPredecessor(next, body)) next = { ...next, mustSync: true };
  if (body.of === state.id) next = hearAcknowledgement(next, body, isLatest, tunables);
  if (isLatest) next = hearSignals(next, body, tunables);
  // What was told to a node's predecessor leaves out what the predecessor had.
  if (body.upTo !== undefined && body.of === state.id) next = hearNews(next, body);
  if (body.have !== undefined) next = hearInventory(next, body);
  if (body.ask && isUnanswered(next, body)) next = { ...next, asked: true };
  return scan(hearEndOfSync(next, body));
}

/**
 * Of what the peer said before it was started anew, only the news counts: now it lacks that. What
 * it asks is answered all the same: it may be a later start by a clock that has gone back, and will
 * find that out.
 */
function hearPredecessor(state: LinkState, { body, at, log }: Hearing): LinkState {
  const now = Math.max(state.now, at);
  const next = scan({ ...state, log, now, asked: state.asked || body.ask === true });
  if (!isInUse(next) || next.scanned >= log.size) return next;
  return { ...next, dueAt: next.dueAt ?? now };
}

/** Whether the peer does not know yet that the node was started anew, nor will by what it is sent. */
function isForPredecessor({ id, inventoryNo }: LinkState, { of }: DeltaBody): boolean {
  return of !== undefined && of < id && inventoryNo === 0;
}

/** What remains of a peer that was started anew: whatever it knew or had told is void. */
function forget(state: LinkState): LinkState {
  return {
    ...state,
    seen: 0,
    seenTold: 0,
    heard: 0,
    acked: 0,
    told: 0,
    scanned: 0,
    backlog: null,
    rhythm: null,
    isAcquainted: false,
    inventoryNo: 0,
    inventorySeen: 0,
  };
}

/** What the peer says of the messages it has had. */
function hearAcknowledgement(
  state: LinkState,
  body: DeltaBody,
  isLatest: boolean,
  tunables: GossipTunables,
): LinkState {
  const { now, departures, roundTrip } = state;
  const ack = Math.min(body.ack, state.log.size);
  const acked = Math.max(state.acked, ack);
  const told = Math.max(state.told, acked);
  const scanned = Math.max(state.scanned, told);
  const seenByPeer = Math.max(state.seenByPeer, body.seen);
  // A peer that lacks nothing of what it was shown does not say what it has.
  const isAcquainted =
    state.isAcquainted || (state.inventoryNo > 0 && body.seen >= state.inventoryNo);
  const next = { ...state, acked, told, scanned, seenByPeer, isAcquainted };
  if (isAcquainted && !state.isAcquainted) next.dueAt = state.dueAt ?? now;
  // Where messages take longer than the node waits, answers are always to an earlier question.
  if (seenByPeer >= state.firstAskedNo) next.tries = 0;
  if (!isLatest) return next;
  const departed = departures.find(({ no }) => no === body.seen);
  if (departed) {
    next.roundTrip = measure(roundTrip, Math.max(0, now - departed.at - body.held));
    next.departures = departures.filter(({ no }) => no >= body.seen);
  }
  if (body.repair) return rewind({ ...next, acked: ack }, tunables);
  return isLost(state, tunables) ? rewind(next, tunables) : next;
}

/**
 * Whether whatever is not acknowledged must have been lost: the peer spoke after even the last
 * message should have arrived.
 */
function isLost({ now, departures, roundTrip }: LinkState, tunables: GossipTunables): boolean {
  const last = departures.at(-1);
  if (!last || !roundTrip) return false;
  return now - last.at > patienceFor(roundTrip, tunables) + tunables.marginMs;
}

/** What the peer says of itself. */
function hearSignals(state: LinkState, body: DeltaBody, tunables: GossipTunables): LinkState {
  const { now, relation, roundTrip } = state;
  const { next, period } = body;
  const heard = {
    ...state,
    seen: body.no,
    seenAt: now,
    peerWants: body.route,
  };
  if (relation !== 'parent' || next === undefined || period === undefined) return heard;
  // What waits longer than that would be late.
  if (Math.max(next, period) > tunables.stalenessMs) return heard;
  const pulseAt = now - latencyOf(roundTrip, tunables) + next;
  return { ...heard, rhythm: { pulseAt, periodMs: period } };
}

/** Whether the peer was told nothing since a message came: what came twice is answered once. */
function isUnanswered({ seenTold }: LinkState, { no }: DeltaBody): boolean {
  return no > seenTold;
}

/** What was told before it must have come as well, or the peer is asked to tell it again. */
function hearNews(state: LinkState, body: DeltaBody): LinkState {
  const { after = 0, upTo = 0 } = body;
  if (after > state.heard) {
    return isUnanswered(state, body) ? { ...state, asked: true, missing: true } : state;
  }
  return {
    ...state,
    heard: Math.max(state.heard, upTo),
    owedSince: state.owedSince ?? state.now,
  };
}

/** A peer that tells what was missing asks to be answered until it has told the last of it. */
function hearEndOfSync(state: LinkState, body: DeltaBody): LinkState {
  const isAnswer = body.of === state.id && body.seen >= state.askedNo;
  const isOver = isAnswer && !state.missing && !state.mustSync && !body.ask;
  return state.isSyncing && isOver ? { ...state, isSyncing: false } : state;
}

/**
 * The peer says all that it has: what it lacks is its backlog. If there is anything here that is
 * missing, it must learn, if it has not yet, what is there.
 */
function hearInventory(state: LinkState, { no, have = {}, size = 0 }: DeltaBody): LinkState {
  const { log, heard, now, inventorySeen, inventoryNo } = state;
  if (no <= inventorySeen) return state;
  const positions = log.positionsBeyond(have);
  const isBehind = log.lacksFrom(have);
  return {
    ...state,
    backlog: { positions, end: log.size },
    acked: 0,
    told: 0,
    scanned: 0,
    dueAt: now,
    ...(positions.length > 0 && { bornAt: state.bornAt ?? now }),
    isAcquainted: true,
    inventorySeen: no,
    heard: isBehind ? heard : Math.max(heard, size),
    mustSync: state.mustSync || (isBehind && inventoryNo === 0),
    asked: true,
  };
}
