import { Json, recordOf, Type } from 'maelstate';
import type { Static } from 'typebox';

/** Half of what a double can count to: so that sums are exact, too. */
const MAX_COUNT = 2 ** 52;

const Count = Type.Integer({ minimum: 0, maximum: MAX_COUNT });
const Place = Type.Integer({ minimum: 1, maximum: MAX_COUNT });
/** A start of a node: milliseconds since 1970, or a little more when it has started in haste. */
const Incarnation = Count;
/** No more than thirty years. */
const Milliseconds = Type.Number({ minimum: 0, maximum: 1e12 });

/** Entries of one origin that follow each other. */
const Run = Type.Object({
  origin: Type.String(),
  /** The place of the first among the entries of its origin, from 1. */
  first: Place,
  values: Type.Array(Json),
});

/**
 * What a node tells a peer: the part of its log that the peer is not known to have, and how far it
 * has heard the peer.
 *
 * A node's log is everything it knows in the order it came to know it. Positions in it count from 0,
 * and mean nothing to anybody but the node and whoever listens to it. They, and the numbers of
 * messages, begin anew whenever a node is started.
 */
export const deltaParts = {
  /** The sender's incarnation: of two, the larger is the later. */
  id: Incarnation,
  /** The number of this message, among those from this sender to this receiver. */
  no: Place,
  /** The incarnation of the receiver that `seen` and `ack` are about, if the sender has heard of one. */
  of: Type.Optional(Incarnation),
  /** The highest number of a message from the receiver that has arrived, and how long ago it came. */
  seen: Count,
  held: Milliseconds,
  /** How long a message takes, if the sender knows before the receiver can. */
  latency: Type.Optional(Milliseconds),
  /** The position up to which the sender has all of the receiver's log. */
  ack: Count,
  /** Together with what was told before, this message tells all from `after` up to `upTo`. */
  after: Type.Optional(Count),
  upTo: Type.Optional(Count),
  /** The entries told, in runs without a gap. */
  news: Type.Optional(Type.Array(Run)),
  /** How long ago the oldest of these values was broadcast. */
  age: Type.Optional(Milliseconds),
  /**
   * All that the sender has, and the size of its log: tell me the rest. For each origin, the places
   * of its entries, from 1, as ranges.
   */
  have: Type.Optional(
    recordOf(Type.String({ pattern: '^[1-9]\\d*(-[1-9]\\d*)?(,[1-9]\\d*(-[1-9]\\d*)?)*$' })),
  ),
  size: Type.Optional(Count),
  /**
   * In how many milliseconds the sender will pass on what it is told until then, and how often: news
   * is to be held back until just before. Without it, the sender is to be told at once.
   */
  next: Type.Optional(Milliseconds),
  period: Type.Optional(Type.Number({ exclusiveMinimum: 0 })),
  /** Whether the news was held up because it, or the receiver, was lost to the sender for a while. */
  late: Type.Optional(Type.Boolean()),
  /** Whether the receiver is to answer at once. */
  ask: Type.Optional(Type.Boolean()),
  /** Whether something before `after` is missing: tell me again, from `ack` on. */
  repair: Type.Optional(Type.Boolean()),
  /** Whether the sender counts on the receiver for news. */
  route: Type.Boolean(),
};

/** The message as a whole. */
export const DeltaMessage = Type.Object({ type: Type.Literal('delta'), ...deltaParts });

export type DeltaBody = Static<typeof DeltaMessage>;
export type RunOfEntries = Static<typeof Run>;
