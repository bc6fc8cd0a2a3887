import type { DeltaBody } from './delta.ts';
import { latencyOf, measure, patienceFor, type Rhythm, type RoundTrip } from './timing.ts';
import type { GossipTunables } from '../tunables.ts';

/** How many of the last messages are remembered to measure round trips by: probes of 40 seconds. */
const MAX_DEPARTURES = 256;

/** A message's number, when it left, and up to which position it and those before had told all. */
export interface Departure {
  no: number;
  at: number;
  upTo: number;
}

/** What is timed about a link. Times are milliseconds by the node's clock. */
export interface Timed extends Pulses {
  /** When the last messages left, as far back as the peer may speak of them; the newest is last. */
  departures: readonly Departure[];
  roundTrip: RoundTrip | null;
  /** When the parent will pass on what it is told; `null` when it is to be told at once. */
  rhythm: Rhythm | null;
  /** When the oldest value not yet told was broadcast, and when to tell it; `null` without any. */
  bornAt: number | null;
  dueAt: number | null;
  /** Whether some of what waits was lost, or could not be told because the peer did not answer. */
  isHeldUp: boolean;
  /** What the timer was set for. */
  armedFor: number | null;
  /** When news was last told, and since when the peer has acknowledged nothing more. */
  toldAt: number;
  expectingSince: number;
  /** Until when the link is taken to be one that loses messages, for it has. */
  cautiousUntil: number;
  /** When the wait for the peer ends, and when the timer of an acknowledgement does. */
  waitUntil: number;
  acknowledgeAt: number;
}

/** What a link knows of its node's pulses. */
export interface Pulses {
  /** The largest latency among the node's links. */
  worstLatencyMs: number;
  /** When the node's children were told to expect the next pulses. */
  promise: Rhythm | null;
  /** Whether they are to hold back their news for these. */
  keepsRhythm: boolean;
}

/** A link of which nothing is known. */
export function createTimed(now: number): Timed {
  return {
    departures: [],
    roundTrip: null,
    rhythm: null,
    bornAt: null,
    dueAt: null,
    isHeldUp: false,
    armedFor: null,
    toldAt: now,
    expectingSince: now,
    cautiousUntil: 0,
    waitUntil: now,
    acknowledgeAt: now,
    worstLatencyMs: 0,
    promise: null,
    keepsRhythm: true,
  };
}

/** Takes down when a message leaves. */
export function noteDeparture(timed: Timed, departure: Departure): Timed {
  return { ...timed, departures: [...timed.departures, departure].slice(-MAX_DEPARTURES) };
}

/** Measures the round trip that ends with a message from the peer. */
export function measureRoundTrip(timed: Timed, { seen, held }: DeltaBody, now: number): Timed {
  const departed = timed.departures.find(({ no }) => no === seen);
  if (!departed) return timed;
  return {
    ...timed,
    roundTrip: measure(timed.roundTrip, Math.max(0, now - departed.at - held)),
    departures: timed.departures.filter(({ no }) => no >= seen),
  };
}

/**
 * Whether something was lost: the peer has had a message, but not all that was told until then.
 *
 * @param sinceNo the number of the last message before the node went back to tell again
 */
export function isLost(timed: Timed, { seen, ack }: DeltaBody, sinceNo: number): boolean {
  const had = timed.departures.find(({ no }) => no === seen && no > sinceNo);
  return had !== undefined && had.upTo > ack;
}

/**
 * Whether whatever is not acknowledged seems to have been lost: the peer spoke after even the last
 * message should have arrived.
 */
export function isOverdue(timed: Timed, now: number, tunables: GossipTunables): boolean {
  const last = timed.departures.at(-1);
  if (!last || !timed.roundTrip) return false;
  return now - last.at > patienceFor(timed.roundTrip, tunables) + tunables.marginMs;
}

/** Takes down when the parent will pass on what it is told. What was held back for that is due if it does not say. */
export function hearRhythm(
  timed: Timed,
  { next, period }: DeltaBody,
  now: number,
  tunables: GossipTunables,
): Timed {
  if (next === undefined || period === undefined) {
    const dueAt = timed.dueAt && Math.min(timed.dueAt, now);
    return timed.rhythm ? { ...timed, rhythm: null, dueAt } : timed;
  }
  // What waits longer than that would be late.
  if (Math.max(next, period) > tunables.stalenessMs) return timed;
  const pulseAt = now - latencyOf(timed.roundTrip, tunables) + next;
  return { ...timed, rhythm: { pulseAt, periodMs: period } };
}
