import type { ReplicatedLog } from '../../values/replicated-log.ts';
import { isInUse, type LinkState } from './link-state.ts';
import { scan } from './telling.ts';
import type { Pulses } from './timed.ts';
import { isWorthHolding, latencyOf, measureGap, nextSlot } from './timing.ts';
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
  const { log, at, worstLatencyMs, promisedAt } = news;
  const now = Math.max(state.now, at);
  const pulses = { ...state.timed, worstLatencyMs, promisedAt };
  const next = scan({ ...state, log, now, timed: pulses });
  if (!isInUse(next) || next.told.scanned >= log.size) return next;
  const { newsAt, gapMs, bornAt } = pulses;
  const timed = {
    ...pulses,
    newsAt: at,
    gapMs: measureGap(gapMs, at - newsAt),
    bornAt: Math.min(bornAt ?? Infinity, news.bornAt),
  };
  const slot = slotFor({ ...next, timed }, tunables);
  const dueAt = Math.min(timed.dueAt ?? Infinity, slot ?? dueFor(next));
  const isHeld = dueAt === slot || timed.isHeldBack;
  return { ...next, timed: { ...timed, dueAt, isHeldBack: slot !== null && isHeld } };
}

/** When news for the parent is to leave, if it is worth holding back. */
function slotFor({ relation, now, timed }: LinkState, tunables: GossipTunables): number | null {
  const { rhythm, gapMs, roundTrip } = timed;
  if (relation !== 'parent' || !isWorthHolding(gapMs, rhythm)) return null;
  return nextSlot(now, rhythm, latencyOf(roundTrip, tunables), tunables);
}

/** When news that has just come is to be told to the peer. What children are told has waited before. */
function dueFor({ relation, now, routeWaitMs }: LinkState): number {
  return relation === 'route' ? now + routeWaitMs : now;
}
