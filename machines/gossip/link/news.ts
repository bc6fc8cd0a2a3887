import type { ReplicatedLog } from '../../values/replicated-log.ts';
import { isInUse, type LinkState } from './link-state.ts';
import { scan } from './telling.ts';
import type { Pulses } from './timed.ts';
import { latencyOf, nextSlot } from './timing.ts';
import type { GossipTunables } from '../tunables.ts';

/** What a node tells its links when it knows something new. */
export interface News extends Pulses {
  log: ReplicatedLog;
  at: number;
  /** When the oldest of it was broadcast. */
  bornAt: number;
}

/** Takes news into account: what the peer lacks of it is to be told, and by when. */
export function takeNews(state: LinkState, news: News, tunables: GossipTunables): LinkState {
  const { log, at, worstLatencyMs, promise, keepsRhythm } = news;
  const now = Math.max(state.now, at);
  const pulses = { ...state.timed, worstLatencyMs, promise, keepsRhythm };
  const next = scan({ ...state, log, now, timed: pulses });
  if (!isInUse(next) || next.told.scanned >= log.size) return next;
  const { bornAt, dueAt } = pulses;
  return {
    ...next,
    timed: {
      ...pulses,
      dueAt: Math.min(dueAt ?? Infinity, dueFor(next, tunables)),
      bornAt: Math.min(bornAt ?? Infinity, news.bornAt),
    },
  };
}

/** When news that has just come is to be told to the peer. What children are told has waited before. */
function dueFor(state: LinkState, tunables: GossipTunables): number {
  const { relation, now, routeWaitMs, timed } = state;
  if (relation === 'route') return now + routeWaitMs;
  if (relation === 'child') return now;
  return nextSlot(now, timed.rhythm, latencyOf(timed.roundTrip, tunables), tunables) ?? now;
}
