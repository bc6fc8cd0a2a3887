/** Since the load began. */
type Nanoseconds = number;

/** What a checker found, as the report draws it. A picture is small, however long the test was. */
export type Picture = TimelinePicture | CyclePicture | LogPicture | RangePicture;

interface Titled {
  title: string;
  /** What is wrong, in sentences. */
  words: string[];
}

/** Operations on one register as bars in time, up to the one that fits nowhere. */
export interface TimelinePicture extends Titled {
  kind: 'timeline';
  operations: TimelineBar[];
  /** How many operations before these are left out. */
  earlier: number;
  /** What the register could hold when the misfit returned. */
  states: string[];
}

export interface TimelineBar {
  process: number;
  /** The index of the event that invoked it. */
  event: number;
  text: string;
  /**
   * `ordered`: it has a place in the longest order found; `open`: it is not in it, and need not be;
   * `misfit`: with it there is no order.
   */
  role: 'ordered' | 'open' | 'misfit';
  /** Its place in the order, from 1, and what the register held after it. */
  place?: number;
  state?: string;
  calledAt: Nanoseconds;
  /** Null if it had not returned by the time in question. */
  returnedAt: Nanoseconds | null;
}

/** Transactions that contradict each other; those of a cycle each have to come before the next. */
export interface CyclePicture extends Titled {
  kind: 'cycle';
  transactions: {
    name: string;
    process: number;
    /** The indices of its events. */
    invoked: number;
    completed: number | null;
    outcome: string;
    /** What it did and saw, one text a micro-operation. */
    operations: string[];
  }[];
  /** `key` is what they meet at; null where one only comes before the other in time. */
  edges: { from: string; to: string; type: string; key: string | null; why: string }[];
}

/** The log of a key around what is wrong with it, an offset a row. */
export interface LogPicture extends Titled {
  kind: 'log';
  rows: LogRow[];
  /** Polls in question, a column each. */
  polls: { process: number; event: number }[];
}

export interface LogRow {
  offset: number | null;
  message: number;
  /** Who sent it and what came of that; nobody, if it is not known. */
  sent: { process: number; event: number; outcome: 'ok' | 'fail' | 'info' } | null;
  /** How many polls returned it. */
  polled: number;
  /** By poll: the place at which it returned the message, from 1; null if it did not. */
  places: (number | null)[];
  isWrong: boolean;
}

/** What a counter could be, and what was read of it, over time. */
export interface RangePicture extends Titled {
  kind: 'range';
  /** From when on a read could be how much. */
  bounds: { at: Nanoseconds; from: number; to: number }[];
  /** What the last reads may be: whole numbers in a row, both ends included. */
  acceptable: [number, number][];
  reads: { at: Nanoseconds; value: number; process: number; isWrong: boolean }[];
  /** How many reads besides are left out. */
  more: number;
}
