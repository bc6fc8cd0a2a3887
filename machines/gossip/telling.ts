import type { DeltaBody, RunOfEntries } from './delta.ts';
import { countBelow, type Entry } from '../values/entry-log.ts';
import { isInUse, type LinkState } from './link-state.ts';
import { nextSlot, periodFor } from './timing.ts';
import type { GossipTunables } from './tunables.ts';

/** How many of the last messages are remembered to measure round trips by: probes of 40 seconds. */
const MAX_DEPARTURES = 64;

/** The position at or after `from` of the next entry that the peer is not known to have. */
function nextUntold({ log, backlog, peer, peerId }: LinkState, from: number): number {
  // An earlier start of the peer may have told what the peer has lost since.
  const teller = `${peer}:${peerId}`;
  let position = from;
  if (backlog && position < backlog.end) {
    const next = backlog.positions[countBelow(backlog.positions, position)];
    if (next !== undefined) return next;
    position = backlog.end;
  }
  while (position < log.size && log.sourceOf(position) === teller) position++;
  return position;
}

/** Passes over what the peer is known to have, so that what is left to tell begins at `scanned`. */
export function scan(state: LinkState): LinkState {
  const scanned = nextUntold(state, state.scanned);
  return scanned === state.scanned ? state : { ...state, scanned };
}

/** Whether the peer has yet to answer. */
export function isAsking({ askedNo, seenByPeer }: LinkState): boolean {
  return askedNo > seenByPeer;
}

/** Whether there is anything to tell the peer. */
export function hasBusiness(state: LinkState, { maxValuesInFlight }: GossipTunables): boolean {
  if (state.mustSync) return true;
  if (!state.isAcquainted) return isInUse(state) && (state.log.size > 0 || isNewRoute(state));
  if (state.wanted !== state.toldWanted) return true;
  if (!isInUse(state) || state.dueAt === null || state.scanned >= state.log.size) return false;
  return state.told - state.acked < maxValuesInFlight;
}

/** Whether to tell it as soon as it is due: until it is known what the peer has, only by asking. */
export function hasNews(state: LinkState, tunables: GossipTunables): boolean {
  const mayTell = state.mustSync || state.isAcquainted || !isAsking(state);
  return mayTell && hasBusiness(state, tunables);
}

/** Whether the node has turned to a peer off the tree that does not know of it yet. */
function isNewRoute({ relation, wanted, toldWanted }: LinkState): boolean {
  return relation === 'route' && wanted && !toldWanted;
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
  const now = Math.max(state.now, at);
  const mustSync = state.mustSync || !state.isAcquainted || (ask && state.isSyncing);
  const isToTell = withNews && state.isAcquainted && isInUse(state);
  const news = isToTell ? collect(state, tunables) : undefined;
  const isMore = news !== undefined && news.upTo < state.log.size;
  const asks = ask || mustSync || isMore;
  const no = state.no + 1;
  const body: DeltaBody = {
    type: 'delta',
    id: state.id,
    no,
    ...(state.peerId !== null && { of: state.peerId }),
    seen: state.seen,
    held: state.seen > 0 ? round(now - state.seenAt) : 0,
    ack: state.heard,
    ...(news && { after: state.told, upTo: news.upTo, news: news.runs }),
    ...(news && state.bornAt !== null && { age: round(now - state.bornAt) }),
    ...(mustSync && { have: state.log.inventory(), size: state.log.size }),
    ...nextPulse(state, now, isPulse, tunables),
    ...(news && state.isHeldBack && { timed: true }),
    ...(asks && { ask: true }),
    ...(state.missing && { repair: true }),
    route: state.wanted,
  };
  return {
    ...state,
    now,
    no,
    departures: [...state.departures, { no, at: now }].slice(-MAX_DEPARTURES),
    ...(news && { told: news.upTo, scanned: news.upTo }),
    ...(news && !isMore && { bornAt: null }),
    ...((isToTell || !isInUse(state)) && { dueAt: isMore ? now : null }),
    isHeldBack: false,
    mustSync: false,
    ...(mustSync && { inventoryNo: state.inventoryNo || no }),
    isSyncing: state.isSyncing || mustSync,
    toldWanted: state.wanted,
    ...(asks && { askedNo: no, tries: state.tries + 1 }),
    ...(asks && state.tries === 0 && { firstAskedNo: no }),
    owedSince: null,
    seenTold: state.seen,
    asked: false,
    missing: false,
    outgoing: body,
  };
}

/** Takes from the log what the peer lacks, as much as one message holds. */
function collect(
  state: LinkState,
  { maxValuesPerMessage }: GossipTunables,
): { runs: RunOfEntries[]; upTo: number } | undefined {
  const { log } = state;
  let position = nextUntold(state, state.scanned);
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

/** Lets children know when the node will pass on what they tell it: their news can wait until then. */
function nextPulse(
  state: LinkState,
  now: number,
  isPulse: boolean,
  tunables: GossipTunables,
): { next?: number; period?: number } {
  const { relation, rhythm, promisedAt, worstLatencyMs, levelsBelow, height } = state;
  if (relation !== 'child') return {};
  const isRoot = levelsBelow === height;
  if (!isRoot) {
    const slot = nextSlot(now, rhythm, worstLatencyMs, tunables);
    return rhythm && slot !== null ? { next: round(slot - now), period: rhythm.periodMs } : {};
  }
  const period = round(periodFor(worstLatencyMs, height, tunables));
  if (period <= 0) return {};
  if (promisedAt !== null && promisedAt > now) return { next: round(promisedAt - now), period };
  return isPulse ? { next: period, period } : {};
}

/** Whole microseconds are as exact as anybody needs. */
function round(ms: number): number {
  return Math.round(ms * 1000) / 1000;
}

/** Goes back to what the peer has acknowledged: whatever was told since is to be told again, now. */
export function rewind(state: LinkState, tunables: GossipTunables): LinkState {
  if (state.told === state.acked) return state;
  const { acked, now } = state;
  const bornAt = Math.min(state.bornAt ?? now, now - tunables.stalenessMs);
  return scan({ ...state, told: acked, scanned: acked, bornAt, dueAt: now });
}
