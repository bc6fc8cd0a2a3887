import type { DeltaBody } from './delta.ts';

/** The part of a log that a peer lacks, as far as it was told by the peer's own account. */
export interface Backlog {
  /** Positions, in order; the peer has all others below `end`. */
  positions: readonly number[];
  end: number;
}

/** What a peer was told, and has acknowledged. Positions are positions in the node's own log. */
export interface Told {
  /** The number of the last message to the peer, and the highest of one that the peer has seen. */
  no: number;
  seenNo: number;
  /** The peer has acknowledged everything below the first, was told everything below the second. */
  acked: number;
  upTo: number;
  /** Everything below needs no telling; at least `upTo`. */
  scanned: number;
  /** The number of the last message before the node went back to tell again, or anew. */
  rewoundNo: number;
  backlog: Backlog | null;
  /** What had been acknowledged when the wait for more began. */
  ackedBefore: number;
  /** Whether it is known what the peer has; until then, it is told nothing but what the node has. */
  isAcquainted: boolean;
  /** The number of the first message that said what the node has; 0 when the peer was sent none. */
  inventoryNo: number;
  /** Whether the next message is to say all that the node has, so that the peer tells the rest. */
  mustSync: boolean;
  /**
   * The numbers of the last message that asks for an answer, and of the first that did since one
   * came, and how many these are.
   */
  askedNo: number;
  firstAskedNo: number;
  tries: number;
  /** Whether the node counts on the peer for news, and what the peer was last told of that. */
  wants: boolean;
  wantsTold: boolean;
}

/** What a peer was told to which nothing was said yet. */
export function createTold(wants: boolean): Told {
  return {
    no: 0,
    seenNo: 0,
    acked: 0,
    upTo: 0,
    scanned: 0,
    rewoundNo: 0,
    backlog: null,
    ackedBefore: 0,
    isAcquainted: false,
    inventoryNo: 0,
    mustSync: false,
    askedNo: 0,
    firstAskedNo: 0,
    tries: 0,
    wants,
    wantsTold: false,
  };
}

/** Whether the peer has yet to answer. */
export function isAsking({ askedNo, seenNo }: Told): boolean {
  return askedNo > seenNo;
}

/** Whether the peer has yet to answer, or to acknowledge what it was told. */
export function isExpecting(told: Told): boolean {
  return told.upTo > told.acked || isAsking(told);
}

/** Nothing that was told to a peer before it was started anew counts. */
export function tellAnew(told: Told): Told {
  const positions = { acked: 0, upTo: 0, scanned: 0, rewoundNo: told.no, backlog: null };
  return { ...told, ...positions, isAcquainted: false, inventoryNo: 0 };
}

/** The peer lacks this, by its own account. */
export function tellBacklog(told: Told, backlog: Backlog): Told {
  const positions = { acked: 0, upTo: 0, scanned: 0, rewoundNo: told.no };
  return { ...told, ...positions, backlog, isAcquainted: true };
}

/**
 * Takes into account what the peer says of the messages it has had.
 *
 * @param size that of the log: nobody can have heard more
 */
export function takeAcknowledgement(told: Told, { ack, seen }: DeltaBody, size: number): Told {
  const acked = Math.max(told.acked, Math.min(ack, size));
  const upTo = Math.max(told.upTo, acked);
  // A peer that lacks nothing of what it was shown does not say what it has.
  const knowsInventory = told.inventoryNo > 0 && seen >= told.inventoryNo;
  const seenNo = Math.max(told.seenNo, seen);
  return {
    ...told,
    seenNo,
    acked,
    upTo,
    scanned: Math.max(told.scanned, upTo),
    isAcquainted: told.isAcquainted || knowsInventory,
    // Where messages take longer than the node waits, answers are always to an earlier question.
    tries: seenNo >= told.firstAskedNo ? 0 : told.tries,
  };
}

/** What a message says, beside its number. */
interface Said {
  /** The position up to which it tells, if it tells news. */
  upTo: number | undefined;
  /** Whether it says all that the node has. */
  isInventory: boolean;
  /** Whether it asks for an answer. */
  asks: boolean;
}

/** Takes down that another message is on its way. */
export function noteMessage(told: Told, { upTo, isInventory, asks }: Said): Told {
  const no = told.no + 1;
  return {
    ...told,
    no,
    upTo: upTo ?? told.upTo,
    scanned: upTo ?? told.scanned,
    mustSync: false,
    inventoryNo: told.inventoryNo || (isInventory ? no : 0),
    wantsTold: told.wants,
    ...(asks && { askedNo: no, tries: told.tries + 1 }),
    ...(asks && told.tries === 0 && { firstAskedNo: no }),
  };
}
