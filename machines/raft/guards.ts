import type { DiskEvent } from 'maelstate';
import { isAnythingNew, isAnythingWaiting } from './roles/clients.ts';
import { hasHeardLately, isLoyal, isVoteFor, votesWith } from './roles/elections.ts';
import { hasMajority } from './roles/leading.ts';
import type { Heard, raftMessages } from './messages.ts';
import type { RaftState } from './state/raft-state.ts';
import { majorityOf, type RaftTunables } from './tunables.ts';

/** A guard of a message from another node. */
const of =
  <K extends keyof typeof raftMessages>(check: (state: RaftState, event: Heard<K>) => boolean) =>
  ({ context, event }: { context: unknown; event: unknown }) =>
    check(context as RaftState, event as Heard<K>);

/** A guard of whatever happens. */
const when =
  (check: (state: RaftState) => boolean) =>
  ({ context }: { context: unknown }) =>
    check(context as RaftState);

const wins = (pre: boolean) =>
  of<'vote'>(
    (state, event) =>
      isVoteFor(state, event, pre) &&
      votesWith(state, event).length >= majorityOf(state.nodeIds.length),
  );

/** What the chart's guards mean. */
export function guardsWith(tunables: RaftTunables) {
  return {
    isMember: when(({ stable }) => stable.membership.standing === 'member'),
    isLearner: when(({ stable }) => stable.membership.standing === 'learner'),
    isAlone: when(({ nodeIds }) => nodeIds.length === 1),
    hasHeardLately: when(hasHeardLately),
    isOfThePast: of<'append'>(({ stable }, { body }) => body.term < stable.term),
    isOfTheFuture: of<'append'>(({ stable }, { body }) => body.term > stable.term),
    isLoyal: of<'vote_request'>((state, { at }) => isLoyal(state, at, tunables)),
    isCanvassing: of<'vote_request'>((_, { body }) => body.pre),
    winsCanvass: wins(true),
    winsElection: wins(false),
    isRefusedByLaterTerm: of<'vote'>(
      ({ stable }, { body }) => !body.granted && body.term > stable.term,
    ),
    isInFavour: of<'vote'>(
      (state, event) => isVoteFor(state, event, true) || isVoteFor(state, event, false),
    ),
    isHeardByMajority: when(hasMajority),
    leads: when((state) => state.lead !== null && isAnythingNew(state)),
    isAnythingWaiting: when(isAnythingWaiting),
    isAnythingNew: when(isAnythingNew),
    isBehind: when(({ storing }) => storing.synced < storing.appended),
    isAllSynced: ({ context, event }: { context: unknown; event: unknown }) =>
      (event as Extract<DiskEvent, { type: 'disk.synced' }>).upTo ===
      (context as RaftState).storing.appended,
  };
}
