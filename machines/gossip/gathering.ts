import type { EndpointId } from 'maelstate';
import { periodFor } from './link/timing.ts';
import type { GossipTunables } from './tunables.ts';

/** By how much the last pulse changes what is expected of the next ones. */
const WEIGHT = 1 / 4;

/** What a hub has gathered from its children since it last told them, and what that teaches. */
export interface Gathering {
  /** How large the log was when the children were last told. */
  size: number;
  /** The children that have told news, and how many entries these were. */
  tellers: readonly EndpointId[];
  entries: number;
  /**
   * How many messages a pulse is saved if children hold back their news for it, and how many more it
   * costs; smoothed, and `null` before the first pulse.
   */
  gain: number | null;
}

export const nothingGathered: Gathering = { size: 0, tellers: [], entries: 0, gain: null };

/** Takes down that a child has told news. */
export function gather(gathering: Gathering, child: EndpointId, entries: number): Gathering {
  const { tellers } = gathering;
  return {
    ...gathering,
    tellers: tellers.includes(child) ? tellers : [...tellers, child],
    entries: gathering.entries + entries,
  };
}

/** A pulse that is due. */
export interface GatheredPulse {
  /** How many entries it tells the children, and for how long these were gathered. */
  news: number;
  forMs: number;
  children: number;
  /** The latency of the slowest link, and how many levels of the overlay there are. */
  latencyMs: number;
  height: number;
}

/** Looks back when the children are told, and begins anew. */
export function lookBack(
  gathering: Gathering,
  size: number,
  pulse: GatheredPulse,
  tunables: GossipTunables,
): Gathering {
  const { gain } = gathering;
  const sample = gainOf(gathering, pulse, tunables);
  return {
    ...nothingGathered,
    size,
    gain: gain === null ? sample : gain + (sample - gain) * WEIGHT,
  };
}

/**
 * What it gains if children hold back their news for a pulse. Each of them tells at most once, so every
 * entry more is a message less. But then pulses come in a rhythm, which goes on whether or not there
 * is news; without it, each waits for the first news after the last pulse, and for as long as
 * the budget allows from then on. So there are fewer pulses, and each is a message for each child.
 */
export function gainOf(
  { entries, tellers }: Pick<Gathering, 'entries' | 'tellers'>,
  { news, forMs, children, latencyMs, height }: GatheredPulse,
  tunables: GossipTunables,
): number {
  const { stalenessMs, marginMs } = tunables;
  const periodMs = periodFor(latencyMs, height, tunables);
  const windowMs = stalenessMs - 2 * height * latencyMs - marginMs;
  const gapMs = forMs / Math.max(1, news);
  const pulsesMore = periodMs > 0 ? 1 - periodMs / (windowMs + gapMs) : 1;
  return entries - tellers.length - children * pulsesMore;
}

/** Whether children are to hold back their news for the next pulse. */
export function keepsRhythm({ gain }: Gathering): boolean {
  return gain === null || gain > 0;
}
