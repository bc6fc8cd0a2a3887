import type { GossipTunables } from '../tunables.ts';

// The arithmetic of timers: pure functions of times and durations in milliseconds.

/**
 * By what part of a period sooner than at the last moment to send what is held back for a pulse, up to
 * another margin: if it came too late, it would have to wait for another period.
 */
const SLOT_MARGIN = 1 / 50;

/** What is known of a link's round trips. */
export interface RoundTrip {
  smoothedMs: number;
  variationMs: number;
  /** The shortest there was: no pause of a node is in it. */
  leastMs: number;
}

/**
 * Takes another round trip into account, as TCP does (Jacobson 1988, RFC 6298).
 *
 * @param roundTrip what was known so far, if anything
 */
export function measure(roundTrip: RoundTrip | null, sampleMs: number): RoundTrip {
  if (!roundTrip) {
    return { smoothedMs: sampleMs, variationMs: sampleMs / 2, leastMs: sampleMs };
  }
  const { smoothedMs, variationMs, leastMs } = roundTrip;
  return {
    leastMs: Math.min(leastMs, sampleMs),
    smoothedMs: smoothedMs + (sampleMs - smoothedMs) / 8,
    variationMs: variationMs + (Math.abs(sampleMs - smoothedMs) - variationMs) / 4,
  };
}

/** How long a message takes one way. Unknown, it may cost a quarter of the budget. */
export function latencyOf(roundTrip: RoundTrip | null, { stalenessMs }: GossipTunables): number {
  return roundTrip ? roundTrip.smoothedMs / 2 : stalenessMs / 4;
}

/**
 * How long to wait for the answer to a question. A round trip in which a node was paused would make
 * the wait far too long, so it is bounded where the link has been quick.
 */
export function patienceFor(roundTrip: RoundTrip | null, tunables: GossipTunables): number {
  const { firstPatienceMs, maxPatienceMs, marginMs } = tunables;
  if (!roundTrip) return firstPatienceMs;
  const { smoothedMs, variationMs, leastMs } = roundTrip;
  const likely = smoothedMs + 4 * variationMs + marginMs;
  return Math.min(likely, Math.max(maxPatienceMs, 2 * leastMs));
}

/**
 * How long to wait before a question is asked again: not as long as patience may last, for a fault
 * that has made round trips long may be over.
 */
export function retryIntervalFor(roundTrip: RoundTrip | null, tunables: GossipTunables): number {
  const { maxRetryMs } = tunables;
  const most = roundTrip ? Math.max(maxRetryMs, 2 * roundTrip.leastMs) : Infinity;
  return Math.min(patienceFor(roundTrip, tunables), most);
}

/**
 * How long to wait before the next probe of a suspected peer: twice as long each time, bounded, and
 * with jitter, so that nodes that lost sight of each other at one time do not probe in step.
 *
 * @param attempt counts the probes, from 0
 * @param jitter at least 0, below 1
 * @param maxMs the longest that there may be between two probes
 */
export function probeIntervalFor(
  attempt: number,
  jitter: number,
  roundTrip: RoundTrip | null,
  maxMs: number,
  tunables: GossipTunables,
): number {
  const exponential = patienceFor(roundTrip, tunables) * 2 ** Math.min(attempt, 16);
  return Math.min(exponential, maxMs) * (0.75 + jitter / 4);
}

/**
 * The time between two pulses of a tree's root: what the budget leaves when the way up and the way
 * down are paid for.
 *
 * @param latencyMs the latency of the slowest link
 * @param height how many levels there are below the root
 */
export function periodFor(latencyMs: number, height: number, tunables: GossipTunables): number {
  const { stalenessMs, marginMs } = tunables;
  const rest = stalenessMs - 2 * height * latencyMs - 2 * marginMs;
  return Math.max(0, rest / (1 + SLOT_MARGIN), rest - marginMs);
}

export interface DownwardDue {
  now: number;
  /** When the oldest value that waits was broadcast. */
  bornAt: number;
  /** When children that hold back their news expect pulses, if they are to. */
  promise: Rhythm | null;
  latencyMs: number;
  /** How many levels there are below this node. */
  levelsBelow: number;
  /** Until when it may wait, even if it is hopelessly late; `null`: until the next pulse. */
  latestAt: number | null;
}

/** Until when the children have to be told for the oldest value to come to the leaves in time. */
function deadlineOf(
  { bornAt, latencyMs, levelsBelow }: Pick<DownwardDue, 'bornAt' | 'latencyMs' | 'levelsBelow'>,
  { stalenessMs, marginMs }: GossipTunables,
): number {
  return bornAt + stalenessMs - levelsBelow * latencyMs - marginMs;
}

/** Whether the oldest value is so late that it must have come round a fault. */
export function isHopeless(
  due: Pick<DownwardDue, 'now' | 'bornAt' | 'latencyMs' | 'levelsBelow'>,
  tunables: GossipTunables,
): boolean {
  return due.now - deadlineOf(due, tunables) > tunables.stalenessMs / 2;
}

/**
 * When to tell the children: as late as the oldest value allows that is still to come to the leaves,
 * but when it was promised, for they time their own news to be there just before.
 */
export function downwardDue(due: DownwardDue, tunables: GossipTunables): number {
  const { now, promise, latestAt } = due;
  const deadline = deadlineOf(due, tunables);
  const next = promise && nextPromised(promise, now);
  if (isHopeless(due, tunables)) {
    // What comes round a fault that goes on is not worth a pulse of its own, for more of that will come.
    return Math.max(now, Math.min(next ?? latestAt ?? now, latestAt ?? Infinity));
  }
  if (promise === null || next === null) return Math.max(now, deadline);
  // What would be a little late with the next pulse is not worth one of its own either.
  const rest = deadline + tunables.marginMs - next;
  if (rest < 0) return Math.max(now, deadline);
  // Children that were promised a pulse too soon, for nothing was measured yet, know the next ones.
  const { pulseAt, periodMs } = promise;
  const last = pulseAt + MAX_MISSED_PULSES * periodMs;
  return Math.max(next, Math.min(last, next + Math.floor(rest / periodMs) * periodMs));
}

/** The rhythm in which a parent passes on what it is told. */
export interface Rhythm {
  /** When a pulse leaves, or left, the parent. */
  pulseAt: number;
  periodMs: number;
}

/** After this many pulses that nothing was heard of, a rhythm is no longer counted on. */
const MAX_MISSED_PULSES = 3;

/** When the next of the promised pulses is; `null` when children no longer count on one. */
export function nextPromised({ pulseAt, periodMs }: Rhythm, now: number): number | null {
  const missed = Math.max(0, Math.ceil((now - pulseAt) / periodMs));
  return missed <= MAX_MISSED_PULSES ? pulseAt + missed * periodMs : null;
}

/**
 * When to tell the parent so that it is there just before a pulse: as late as can be for the next
 * one that can still be met.
 *
 * @returns `null` when no rhythm is known
 */
export function nextSlot(
  now: number,
  rhythm: Rhythm | null,
  latencyMs: number,
  { marginMs }: GossipTunables,
): number | null {
  if (!rhythm) return null;
  const { pulseAt, periodMs } = rhythm;
  const slot = pulseAt - latencyMs - marginMs - Math.min(periodMs * SLOT_MARGIN, marginMs);
  if (slot >= now) return slot;
  const missed = Math.ceil((now - slot) / periodMs);
  return missed <= MAX_MISSED_PULSES ? slot + missed * periodMs : null;
}

/** How long news waits at each hop of a topology that is no tree, for the budget to last across it. */
export function hopWaitFor(
  latencyMs: number,
  diameter: number,
  { stalenessMs }: GossipTunables,
): number {
  return Math.max(0, stalenessMs / diameter - latencyMs);
}

/** A number from 0 up to 1 that looks random and is the same for the same text: FNV-1a. */
export function jitterOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  hash ^= hash >>> 15;
  return (Math.imul(hash, 0x2c1b3c6d) >>> 0) / 2 ** 32;
}
