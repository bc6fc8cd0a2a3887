import { countBelow, type Entry } from '../../values/replicated-log.ts';
import type { DeltaBody, RunOfEntries } from './delta.ts';
import { noteAnswer } from './heard.ts';
import { isInUse, type LinkState } from './link-state.ts';
import { noteDeparture } from './timed.ts';
import { nextPromised, nextSlot, periodFor } from './timing.ts';
import { isAsking, noteMessage } from './told.ts';
import type { GossipTunables } from '../tunables.ts';

/** The position at or after `from` of the next entry that the peer is not known to have. */
function nextUntold({ log, peer, told: { backlog }, heard }: LinkState, from: number): number {
  // An earlier start of the peer may have told what the peer has lost since.
  const teller = `${peer}:${heard.id}`;
  let position = from;
  if (backlog && position < backlog.end) {
    const { positions, end } = backlog;
    for (let index = countBelow(positions, position); index < positions.length; index++) {
      const next = positions[index] as number;
      // Others may stand for it by now.
      if (log.next(next) === next) return next;
    }
    position = end;
  }
  position = log.next(position);
  while (position < log.size && log.sourceOf(position) === teller)
    position = log.next(position + 1);
  return position;
}

/** Passes over what the peer is known to have, so that what is left to tell begins at `scanned`. */
export function scan(state: LinkState): LinkState {
  const scanned = nextUntold(state, state.told.scanned);
  return scanned === state.told.scanned ? state : { ...state, told: { ...state.told, scanned } };
}

/** Whether there is anything to tell the peer. */
export function hasBusiness(state: LinkState, { maxValuesInFlight }: GossipTunables): boolean {
  const { told, timed, log } = state;
  if (told.mustSync) return true;
  if (!told.isAcquainted) return isInUse(state) && (log.size > 0 || isNewRoute(state));
  if (told.wants !== told.wantsTold) return true;
  if (!isInUse(state) || timed.dueAt === null || told.scanned >= log.size) return false;
  return log.countBetween(told.acked, told.upTo) < maxValuesInFlight;
}

/** Whether to tell it as soon as it is due: until it is known what the peer has, only by asking. */
export function hasNews(state: LinkState, tunables: GossipTunables): boolean {
  const { told } = state;
  const mayTell = told.mustSync || told.isAcquainted || !isAsking(told);
  return mayTell && hasBusiness(state, tunables);
}

/** Whether the node has turned to a peer off the tree that does not know of it yet. */
function isNewRoute({ relation, told }: LinkState): boolean {
  return relation === 'route' && told.wants && !told.wantsTold;
}

/** What a message adds to what every message says. */
export interface Telling {
  /** The time at which the message leaves. */
  at: number;
  /** Whether to tell news, or only to be heard of. */
  withNews: boolean;
  /** Whether it leaves because news is due: then all children are told, and expect the next pulse. */
  isPulse: boolean;
  /** Whether the peer is to answer at once. */
  ask: boolean;
}

/**
 * Writes the next message to the peer. Whatever it is for, it acknowledges what was heard, and takes
 * along all the news there is.
 */
export function tell(
  state: LinkState,
  { at, withNews, isPulse, ask }: Telling,
  tunables: GossipTunables,
): LinkState {
  const { told, heard, timed, log } = state;
  const now = Math.max(state.now, at);
  const isInventory = told.mustSync || !told.isAcquainted || (ask && heard.isSyncing);
  const isToTell = withNews && told.isAcquainted && isInUse(state);
  const news = isToTell ? collect(state, tunables) : undefined;
  const isMore = news !== undefined && news.upTo < log.size;
  const asks = ask || isInventory || isMore;
  const no = told.no + 1;
  const body: DeltaBody = {
    type: 'delta',
    id: state.id,
    no,
    ...(heard.id !== null && { of: heard.id }),
    seen: heard.no,
    held: heard.no > 0 ? round(now - heard.at) : 0,
    ...latencyIfNews(state),
    ack: heard.upTo,
    ...(news && { after: told.upTo, upTo: news.upTo, news: news.runs }),
    ...(news && timed.bornAt !== null && { age: round(now - timed.bornAt) }),
    ...(isInventory && { have: log.inventory(), size: log.size }),
    ...nextPulse(state, now, isPulse, tunables),
    ...(news && timed.isHeldUp && { late: true }),
    ...(asks && { ask: true }),
    ...(heard.missing && { repair: true }),
    route: told.wants,
  };
  return {
    ...state,
    now,
    told: noteMessage(told, { upTo: news?.upTo, isInventory, asks }),
    heard: noteAnswer(heard, isInventory),
    timed: {
      ...noteDeparture(timed, { no, at: now, upTo: news?.upTo ?? told.upTo }),
      ...(news && { toldAt: now }),
      ...(news && !isMore && { bornAt: null, isHeldUp: false }),
      ...((isToTell || !isInUse(state)) && { dueAt: isMore ? now : null }),
    },
    outgoing: body,
  };
}

/** Takes from the log what the peer lacks, as much as one message holds. */
function collect(
  state: LinkState,
  { maxValuesPerMessage }: GossipTunables,
): { runs: RunOfEntries[]; upTo: number } | undefined {
  const { log } = state;
  let position = nextUntold(state, state.told.scanned);
  if (position >= log.size) return undefined;
  const runs: RunOfEntries[] = [];
  for (let count = 0; position < log.size && count < maxValuesPerMessage; count++) {
    addTo(runs, log.at(position));
    position = nextUntold(state, position + 1);
  }
  return { runs, upTo: position };
}

function addTo(runs: RunOfEntries[], { origin, seq, value }: Entry): void {
  const run = runs.findLast((candidate) => candidate.origin === origin);
  if (run && run.first + run.values.length === seq) run.values.push(value);
  else runs.push({ origin, first: seq, values: [value] });
}

/** What the peer can measure only once it has taken in the first message that answers it. */
function latencyIfNews({ heard, timed: { roundTrip } }: LinkState): { latency?: number } {
  const isFirst = heard.no > 0 && heard.noTold === 0;
  return isFirst && roundTrip ? { latency: round(roundTrip.smoothedMs / 2) } : {};
}

/** Lets children know when the node will pass on what they tell it: their news can wait until then. */
function nextPulse(
  { relation, timed, levelsBelow, height }: LinkState,
  now: number,
  isPulse: boolean,
  tunables: GossipTunables,
): { next?: number; period?: number } {
  const { rhythm, promise, keepsRhythm, worstLatencyMs } = timed;
  if (relation !== 'child' || !keepsRhythm) return {};
  const isRoot = levelsBelow === height;
  if (!isRoot) {
    const slot = nextSlot(now, rhythm, worstLatencyMs, tunables);
    return rhythm && slot !== null ? { next: round(slot - now), period: rhythm.periodMs } : {};
  }
  const period = round(periodFor(worstLatencyMs, height, tunables));
  if (period <= 0) return {};
  const promised = promise && (isPulse ? promise.pulseAt : nextPromised(promise, now));
  if (promise && promised !== null && promised > now) {
    return { next: round(promised - now), period: promise.periodMs };
  }
  // Before the first pulse of all, or when there was none for long, a rhythm begins with this message.
  return isPulse || promised === null ? { next: period, period } : {};
}

/** Whole microseconds are as exact as anybody needs. */
function round(ms: number): number {
  return Math.round(ms * 1000) / 1000;
}

/**
 * Goes back to what the peer has acknowledged: whatever was told since is to be told again, now.
 *
 * @param isCertain whether it must have been lost, and is not only late
 */
export function rewind(
  state: LinkState,
  isCertain: boolean,
  { stalenessMs, cautionMs }: GossipTunables,
): LinkState {
  const { told, timed, now } = state;
  const { acked } = told;
  if (told.upTo === acked) return state;
  const bornAt = Math.min(timed.bornAt ?? now, now - stalenessMs);
  return scan({
    ...state,
    told: { ...told, upTo: acked, scanned: acked, rewoundNo: told.no },
    timed: {
      ...timed,
      bornAt,
      dueAt: now,
      isHeldUp: true,
      ...(isCertain && { cautiousUntil: now + cautionMs }),
    },
  });
}
