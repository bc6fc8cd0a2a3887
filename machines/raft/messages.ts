import { type Body, type EndpointId, Json, message, recordOf, Type } from 'maelstate';
import type { Entry, Origin } from './state/log.ts';

const Count = Type.Integer({ minimum: 0 });
const AnyEntry = Type.Unsafe<Entry>(Type.Object({ term: Count }));
const Command = Type.Unsafe<Origin & { command: Json }>(
  Type.Object({ node: Type.String(), start: Count, seq: Count, floor: Count, command: Json }),
);
const Session = Type.Object({ start: Count, floor: Count, done: Type.Array(Count) });

/** What nodes tell each other; none of it is a request to Maelstrom, for every one may get lost. */
export const raftMessages = {
  /**
   * Who a node is that has just been started, and what it knows of the others.
   *
   * `start` is the incarnation since which it remembers all; `asks` whether it wants to know the same
   * of the receiver; `settled` whether it has taken part in anything yet; `of` the receiver's `start`
   * as far as it knows.
   */
  hello: message({ start: Count, asks: Type.Boolean(), settled: Type.Boolean(), of: Count }),
  /** A node would be leader of a term; with `pre` it asks whether it had a chance. */
  vote_request: message({ term: Count, pre: Type.Boolean(), last: Count, lastTerm: Count }),
  vote: message({ term: Count, pre: Type.Boolean(), granted: Type.Boolean() }),
  /**
   * A leader's entries after one that the follower must have. `round` counts what the leader has
   * had to say, and comes back in the answer: so a read knows who has answered since it came.
   * With `early` the leader may not have these entries on its own disk yet.
   */
  append: message({
    term: Count,
    prev: Count,
    prevTerm: Count,
    entries: Type.Array(AnyEntry),
    commit: Count,
    round: Count,
    early: Type.Optional(Type.Boolean()),
  }),
  /** All that the entries up to `index` have come to, in place of these entries. */
  snapshot: message({
    term: Count,
    round: Count,
    index: Count,
    lastTerm: Count,
    state: Json,
    sessions: recordOf(Session),
    joined: recordOf(Count),
  }),
  /**
   * The answer to both. With `ok` the follower's log is the leader's up to `match`; otherwise this is
   * as far as it may be. `learner` is the `start` of one that has lost its memory.
   */
  appended: message({
    term: Count,
    round: Count,
    ok: Type.Boolean(),
    match: Count,
    learner: Type.Optional(Count),
  }),
  /** What clients have asked of a follower: commands, and all reads up to a number, if there are any. */
  forward: message({ start: Count, commands: Type.Array(Command), reads: Count }),
  /**
   * What a follower may do now: apply the entries up to `commit`, and answer its reads up to the
   * number `reads` (of its incarnation `start`) once it has applied those up to `index`.
   */
  proceed: message({ term: Count, commit: Count, start: Count, reads: Count, index: Count }),
};

type RaftMessages = typeof raftMessages;

const promises: ReadonlySet<string> = new Set<keyof RaftMessages>([
  'hello',
  'vote_request',
  'vote',
  'appended',
]);

/**
 * Whether others rely on a message even after its sender was killed: then, with a disk, it waits until
 * all that it rests on is there.
 */
export function isPromise({ type, pre }: Body): boolean {
  return promises.has(type) && pre !== true;
}

type PartsOf<K extends keyof RaftMessages> = import('maelstate').BodyOf<RaftMessages, K>;

/** A message of one of these types, as the event that it is to a machine. */
export interface Heard<K extends keyof RaftMessages> {
  type: K;
  src: EndpointId;
  dest: EndpointId;
  at: number;
  body: PartsOf<K>;
}
