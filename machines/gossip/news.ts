import type { EntryLog } from '../values/entry-log.ts';
import { isInUse, type LinkState } from './link-state.ts';
import { scan } from './telling.ts';
import { isWorthHolding, latencyOf, measureGap, nextSlot } from './timing.ts';
import type { GossipTunables } from './tunables.ts';

/** What a node tells its links when it knows something new. */
export interface News {
  log: EntryLog;
  at: number;
  /** When the oldest of it was broadcast. */
  bornAt: number;
  /** The largest latency among the node's links. */
  worstLatencyMs: number;
  /** When the node's children were told to expect its next pulse. */
  promisedAt: number | null;
}

/** Takes news into account: what the peer lacks of it is to be told, and by when. */
export function takeNews(state: LinkState, news: News, tunables: GossipTunables): LinkState {
  const { log, at, worstLatencyMs, promisedAt } = news;
  const next = scan({ ...state, log, now: Math.max(state.now, at), worstLatencyMs, promisedAt });
  if (!isInUse(next) || next.scanned >= log.size) return next;
  const gapMs = state.newsAt === null ? null : measureGap(state.gapMs, at - state.newsAt);
  const timed = {
    ...next,
    newsAt: at,
    gapMs,
    bornAt: Math.min(state.bornAt ?? Infinity, news.bornAt),
  };
  const slot = slotFor(timed, tunables);
  const dueAt = Math.min(state.dueAt ?? Infinity, slot ?? dueFor(timed));
  return { ...timed, dueAt, isHeldBack: slot !== null && dueAt === slot };
}

/** When news for the parent is to leave, if it is worth holding back. */
function slotFor(state: LinkState, tunables: GossipTunables): number | null {
  const { relation, now, rhythm, gapMs, roundTrip } = state;
  if (relation !== 'parent' || !isWorthHolding(gapMs, rhythm)) return null;
  return nextSlot(now, rhythm, latencyOf(roundTrip, tunables), tunables);
}

/** When news that has just come is to be told to the peer. What children are told has waited before. */
function dueFor({ relation, now, routeWaitMs }: LinkState): number {
  return relation === 'route' ? now + routeWaitMs : now;
}
