import type { DeltaBody } from './delta.ts';
import type { GossipTunables } from '../tunables.ts';

/** What was heard of a peer, and is owed to it. Positions are positions in the peer's log. */
export interface Heard {
  /** The peer's incarnation; `null` before anything was heard. */
  id: number | null;
  /** The highest number of a message from the peer, when it came, and what the peer was told of it. */
  no: number;
  at: number;
  noTold: number;
  /** Everything below was heard. */
  upTo: number;
  /** The highest number of a message in which the peer said what it has. */
  inventoryNo: number;
  /** Whether the peer counts on the node for news. */
  wants: boolean;
  /** Since when an acknowledgement is owed; `null` when none is. When news has come last. */
  owedSince: number | null;
  newsAt: number;
  /** Whether news had come not long before, so that more was to be expected. */
  isFlowing: boolean;
  /** Up to where the peer was told that everything was heard. */
  upToTold: number;
  /** Whether the peer waits for an answer, and whether to say that something is missing. */
  asked: boolean;
  missing: boolean;
  /** Whether the peer has yet to tell all that was missing when it was last asked. */
  isSyncing: boolean;
}

/** What was heard of a peer that has said nothing yet. */
export function createHeard(now: number): Heard {
  return {
    id: null,
    no: 0,
    at: now,
    noTold: 0,
    upTo: 0,
    inventoryNo: 0,
    wants: false,
    owedSince: null,
    newsAt: now,
    isFlowing: false,
    upToTold: 0,
    asked: false,
    missing: false,
    isSyncing: false,
  };
}

/** Whatever was heard of a peer before it was started anew is void. */
export function hearAnew(heard: Heard): Heard {
  return { ...heard, no: 0, noTold: 0, upTo: 0, upToTold: 0, inventoryNo: 0 };
}

/** Whether the peer was told nothing since a message came: what came twice is answered once. */
export function isUnanswered({ noTold }: Heard, { no }: DeltaBody): boolean {
  return no > noTold;
}

/**
 * What was told before news must have come as well, or the peer is asked to tell it again. Before it
 * has told as much as it may, the peer gets to know what has come.
 */
export function hearNews(
  heard: Heard,
  body: DeltaBody,
  now: number,
  { maxValuesInFlight, ackDelayMs }: GossipTunables,
): Heard {
  const { after = 0 } = body;
  if (after > heard.upTo) {
    return isUnanswered(heard, body) ? { ...heard, asked: true, missing: true } : heard;
  }
  const upTo = Math.max(heard.upTo, body.upTo ?? 0);
  const isMuch = upTo - heard.upToTold > maxValuesInFlight / 2;
  const owedSince = heard.owedSince ?? now;
  const isFlowing = heard.upTo > 0 && now - heard.newsAt <= ackDelayMs;
  return { ...heard, upTo, owedSince, newsAt: now, isFlowing, asked: heard.asked || isMuch };
}

/**
 * When a parent has been silent for so long that it is to be asked. If news has come all the time, that
 * is when an acknowledgement would be due: the question goes in its place.
 */
export function silenceEnds(
  { at, newsAt, isFlowing }: Heard,
  { ackDelayMs, maxSilenceMs, marginMs }: GossipTunables,
): number {
  return isFlowing && newsAt === at ? at + ackDelayMs - marginMs : at + maxSilenceMs;
}

/** When to acknowledge what was heard: once no more comes, and before long in any case. */
export function acknowledgementDue(
  { owedSince, newsAt }: Heard,
  { ackDelayMs, maxAckDelayMs }: GossipTunables,
): number {
  return Math.min(newsAt + ackDelayMs, (owedSince ?? newsAt) + maxAckDelayMs);
}

/** Nothing is owed to a peer any more to which a message is on its way. */
export function noteAnswer(heard: Heard, isInventory: boolean): Heard {
  return {
    ...heard,
    noTold: heard.no,
    upToTold: heard.upTo,
    owedSince: null,
    asked: false,
    missing: false,
    isSyncing: heard.isSyncing || isInventory,
  };
}
