import { Type } from 'maelstate';

/** Timers cannot wait longer. */
const MAX_MS = 2 ** 31 - 1;

/** What describes a time in milliseconds, as an option of a node. */
export const Milliseconds = { title: 'ms', exclusiveMinimum: 0, maximum: MAX_MS };

/** The options of every node that gossips. */
export const gossipOptions = {
  staleness: Type.Number({
    ...Milliseconds,
    default: 500,
    description: 'the longest that a value may be missing somewhere',
  }),
};
