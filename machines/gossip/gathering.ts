import type { EndpointId } from 'maelstate';
import { periodFor } from './link/timing.ts';
import type { GossipTunables } from './tunables.ts';

/** How many pulses in a row that teach the opposite it takes at most to change a hub's mind. */
const MAX_VOTES = 3;

/** What a hub has gathered since it last told its children, and what the pulses before have taught. */
export interface Gathering {
  /** How large the log was when the children were last told. */
  size: number;
  /** The children that have told news, and how many entries. */
  tellers: readonly EndpointId[];
  entries: number;
  /** For how many more of the last pulses than not it was good that children held back their news. */
  votes: number;
}

/** Nothing was gathered yet. */
export function createGathering(size: number, votes = 0): Gathering {
  return { size, tellers: [], entries: 0, votes };
}

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
  /** How large the log is now, and for how long news was gathered. */
  size: number;
  forMs: number;
  /** How many children are told. */
  children: number;
  /** The latency of the slowest link, and how many levels of the overlay there are. */
  latencyMs: number;
  height: number;
}

/** Looks back when the children are told, and begins anew. */
export function lookBack(
  gathering: Gathering,
  pulse: GatheredPulse,
  tunables: GossipTunables,
): Gathering {
  const gain = gainOf(gathering, pulse, tunables);
  // Where it is worth more than whole pulses, nobody waits for another of those.
  const votes = gain > pulse.children ? Math.max(0, gathering.votes) : gathering.votes;
  const voted = votes + (gain > 0 ? 1 : -1);
  return createGathering(pulse.size, Math.max(-MAX_VOTES, Math.min(MAX_VOTES - 1, voted)));
}

/**
 * How many messages a pulse saves if children hold back their news for it. Each of them tells at most
 * once, so every entry more is a message less. But then pulses come in a rhythm, whether or not
 * there is news; without it, each waits for the first news after the last pulse, and then for as
 * long as the budget allows. So there are fewer of them, and each is a message for each child.
 */
export function gainOf(
  gathering: Gathering,
  { size, forMs, children, latencyMs, height }: GatheredPulse,
  tunables: GossipTunables,
): number {
  const { tellers, entries } = gathering;
  const { stalenessMs, marginMs } = tunables;
  const periodMs = periodFor(latencyMs, height, tunables);
  const windowMs = stalenessMs - 2 * height * latencyMs - marginMs;
  const gapMs = forMs / Math.max(1, size - gathering.size);
  const pulsesMore = periodMs > 0 ? 1 - periodMs / (windowMs + gapMs) : 1;
  return entries - tellers.length - children * pulsesMore;
}

/** Whether children are to hold back their news for the next pulse. */
export function keepsRhythm({ votes }: Gathering): boolean {
  return votes >= 0;
}
