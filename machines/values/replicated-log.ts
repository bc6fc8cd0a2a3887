import type { Json } from 'maelstate';

/** One start of one node: `n3:1763947200123`, the node's id and its incarnation. */
export type Origin = string;

/** What somebody has: for each origin the places of its entries, counted from 1, as ranges. */
export type Inventory = Record<Origin, string>;

/** A value, and where it comes from. */
export interface Entry {
  /** The node that a client handed it to. */
  origin: Origin;
  /** Its place among the entries of its origin, from 1. */
  seq: number;
  value: Json;
  /**
   * The start of a peer that told it first, or the peer, where it did not say which start it was;
   * `null` for a node's own.
   */
  from: Origin | null;
}

/**
 * Everything that a node knows, in the order it came to know it, as an immutable value: what nodes
 * tell each other, whatever the entries mean to them. An entry takes the next position; positions
 * never change, but a log may let go of an entry that a later one stands for.
 */
export interface ReplicatedLog {
  /** The position of the next entry, counted from 0. */
  readonly size: number;

  /**
   * The log with those of some entries of an origin that it lacks; this very log when it lacks none.
   *
   * @param first the place of the first of `values` among the entries of its origin, from 1
   */
  appendRun(origin: Origin, first: number, values: readonly Json[], from: Origin | null): this;

  /** How many entries of an origin there are before the first that is missing. */
  count(origin: Origin): number;

  /** The position at or after `position` of the next entry that there is; `size` without any. */
  next(position: number): number;
  /** The entry at a position. */
  at(position: number): Entry;
  /** Who told the entry at a position; `null` for a node's own. */
  sourceOf(position: number): Origin | null;
  /** How many entries there are at or after one position and before another. */
  countBetween(position: number, end: number): number;

  /** What this log has. */
  inventory(): Inventory;
  /** Whether somebody with an inventory has anything that this log lacks. */
  lacksFrom(inventory: Inventory): boolean;
  /** The positions, in order, of all entries that somebody with an inventory lacks. */
  positionsBeyond(inventory: Inventory): number[];

  /** The log's canonical form. */
  toJSON(): unknown;
}

/** How many of some ascending numbers are below a limit. */
export function countBelow(ascending: readonly number[], limit: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ascending[middle] as number) < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
