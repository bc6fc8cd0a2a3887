import { type EndpointId, type SendEvent, wire } from 'maelstate';
import { assertEvent, assign, sendTo, setup } from 'xstate';
import type { Applied } from './state/applied.ts';
import type { RaftLog } from './state/log.ts';
import type { Service } from './service.ts';
import type { RaftTunables } from './tunables.ts';

/** What a leader has to say to all. */
export interface Tidings {
  log: RaftLog;
  commit: number;
  applied: Applied;
  round: number;
}

/** What a leader tells the actor that is responsible for a peer. */
export type ReplicaEvent =
  /** There is something to say; with `urgent` it cannot wait for the next heartbeat. */
  | (Tidings & { type: 'news'; urgent: boolean })
  /** The peer has lost its memory: what it was known to have, it has no longer. */
  | { type: 'lost' }
  /** The peer has answered a round: see the message `appended`. */
  | (Tidings & { type: 'answered'; ok: boolean; match: number; answered: number });

export interface ReplicaInput extends Tidings {
  nodeId: EndpointId;
  peer: EndpointId;
  term: number;
  /** Whether entries are sent before the leader has them on its own disk. */
  isEarly: boolean;
}

export interface ReplicaState extends ReplicaInput {
  /** The first entry that is sent next. */
  next: number;
  /** Up to where the peer's log is known to be the same. */
  match: number;
  /** The rounds of the messages that are not answered. */
  inFlight: readonly number[];
  isUrgent: boolean;
  /** Whether the peer has answered since the last heartbeat. */
  hasAnswered: boolean;
}

/**
 * Keeps one peer's log like the leader's: a leader starts one for each peer.
 *
 * It probes, one message at a time, until it knows where the logs agree; then it replicates, and
 * messages follow each other without waiting for answers. A peer that lacks what the log no longer
 * has is sent a snapshot.
 */
export function createReplicaMachine(service: Service, tunables: RaftTunables) {
  const { heartbeatMs, gatherMs, maxMessagesInFlight, maxEntriesPerMessage } = tunables;

  const entriesOf = ({ log, next }: ReplicaState) => log.from(next, maxEntriesPerMessage);
  const hasSomethingToSay = ({ isUrgent, inFlight }: ReplicaState) =>
    isUrgent && inFlight.length < maxMessagesInFlight;

  const say = ({ nodeId, peer }: ReplicaState, body: SendEvent['body']): SendEvent => ({
    type: 'send',
    src: nodeId,
    dest: peer,
    body,
  });

  return setup({
    types: {
      context: {} as ReplicaState,
      events: {} as ReplicaEvent,
      input: {} as ReplicaInput,
    },
    delays: { heartbeat: heartbeatMs, gathering: gatherMs, snapshotRetry: 2 * heartbeatMs },
    guards: {
      hasSomethingToSay: ({ context }) => hasSomethingToSay(context),
      agrees: ({ event }) => event.type === 'answered' && event.ok,
      // An answer that is late says less than what is known already.
      disagrees: ({ context, event }) =>
        event.type === 'answered' &&
        !event.ok &&
        event.match >= context.match &&
        event.match + 1 < context.next,
      lacksCompacted: ({ context: { next, log } }) => next <= log.base,
      isStalled: ({ context: { inFlight, hasAnswered } }) => inFlight.length > 0 && !hasAnswered,
    },
    actions: {
      takeNews: assign(({ context, event }) => {
        assertEvent(event, 'news');
        const { log, commit, applied, round, urgent } = event;
        return { log, commit, applied, round, isUrgent: context.isUrgent || urgent };
      }),
      takeAnswer: assign(({ context, event }) => {
        assertEvent(event, 'answered');
        const { log, commit, applied, round, ok, answered } = event;
        const match = ok ? Math.max(context.match, event.match) : context.match;
        const next = Math.max(context.next, match + 1);
        return {
          log,
          commit,
          applied,
          round,
          match,
          next,
          isUrgent: next <= log.last || (context.isUrgent && round > answered),
          inFlight: context.inFlight.filter((sent) => sent > answered),
          hasAnswered: true,
        };
      }),
      goBack: assign(({ event }) => {
        assertEvent(event, 'answered');
        return { next: event.match + 1, inFlight: [] };
      }),
      startOver: assign(({ context }) => ({ match: 0, next: context.log.last, inFlight: [] })),
      goBackToMatch: assign(({ context }) => ({ next: context.match + 1, inFlight: [] })),
      skipToSnapshot: assign(({ context }) => ({ next: context.applied.index + 1, inFlight: [] })),
      sendAppend: sendTo(wire, ({ context }) =>
        say(context, {
          type: 'append',
          term: context.term,
          prev: context.next - 1,
          prevTerm: context.log.termAt(context.next - 1) as number,
          entries: entriesOf(context),
          commit: context.commit,
          round: context.round,
          ...(context.isEarly && { early: true }),
        }),
      ),
      sendSnapshot: sendTo(wire, ({ context }) => {
        const { index, term: lastTerm, state, sessions, joined } = context.applied;
        return say(context, {
          type: 'snapshot',
          term: context.term,
          round: context.round,
          index,
          lastTerm,
          state: service.save(state),
          sessions,
          joined,
        });
      }),
      noteSent: assign(({ context }) => {
        const { log, round, inFlight, next } = context;
        const after = Math.min(log.last + 1, next + maxEntriesPerMessage);
        return {
          next: after,
          inFlight: [...inFlight, round],
          isUrgent: after <= log.last,
          hasAnswered: false,
        };
      }),
    },
  }).createMachine({
    id: 'replica',
    context: ({ input }) => ({
      ...input,
      next: Math.max(input.log.last, input.log.base + 1),
      match: 0,
      inFlight: [],
      isUrgent: false,
      hasAnswered: false,
    }),
    initial: 'probing',
    on: {
      news: { actions: 'takeNews' },
      lost: { target: '.probing', reenter: true, actions: 'startOver' },
      answered: [
        {
          guard: 'disagrees',
          target: '.probing',
          reenter: true,
          actions: ['takeAnswer', 'goBack'],
        },
        { actions: 'takeAnswer' },
      ],
    },
    states: {
      probing: {
        always: { guard: 'lacksCompacted', target: 'snapshotting' },
        initial: 'asking',
        states: {
          asking: {
            entry: 'sendAppend',
            after: { heartbeat: { target: 'asking', reenter: true } },
          },
        },
        on: {
          answered: [
            { guard: 'agrees', target: 'replicating', actions: 'takeAnswer' },
            {
              guard: 'disagrees',
              target: 'probing',
              reenter: true,
              actions: ['takeAnswer', 'goBack'],
            },
            { actions: 'takeAnswer' },
          ],
        },
      },
      replicating: {
        after: {
          heartbeat: [
            { guard: 'isStalled', target: 'probing', actions: 'goBackToMatch' },
            { target: 'replicating', reenter: true, actions: ['sendAppend', 'noteSent'] },
          ],
        },
        ...(gatherMs > 0
          ? {
              initial: 'quiet',
              states: {
                quiet: { always: { guard: 'hasSomethingToSay', target: 'gathering' } },
                gathering: {
                  after: {
                    gathering: { target: 'quiet', actions: ['sendAppend', 'noteSent'] },
                  },
                },
              },
            }
          : { always: { guard: 'hasSomethingToSay', actions: ['sendAppend', 'noteSent'] } }),
      },
      snapshotting: {
        entry: ['sendSnapshot', 'skipToSnapshot'],
        on: {
          answered: [
            { guard: 'agrees', target: 'replicating', actions: 'takeAnswer' },
            { actions: 'takeAnswer' },
          ],
        },
        after: { snapshotRetry: { target: 'snapshotting', reenter: true } },
      },
    },
  });
}
