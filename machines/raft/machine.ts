import { defineProtocol, setupNode } from 'maelstate';
import { enqueueActions } from 'xstate';
import {
  isAnythingNew,
  isAnythingWaiting,
  passOn,
  type Request,
  startTicking,
  takeRequest,
  tick,
  tickMs,
} from './roles/clients.ts';
import {
  answerCandidate,
  canvass,
  drawTimeout,
  hasHeardLately,
  isLoyal,
  isVoteFor,
  refuseCandidate,
  stand,
  votesWith,
  waitOn,
} from './roles/elections.ts';
import { proceed, takeAppend, takeSnapshot } from './roles/following.ts';
import { hearHello, sayHello } from './roles/joining.ts';
import {
  askAgain,
  hasMajority,
  inputForReplica,
  takeAnswer,
  takeForward,
  takeLead,
} from './roles/leading.ts';
import { type Heard, raftMessages } from './messages.ts';
import { freshState, peersOf, type RaftState } from './state/raft-state.ts';
import { createReplicaMachine } from './replica.ts';
import type { Service } from './service.ts';
import { type Engine, replicaId, Step, takingStep } from './roles/step.ts';
import { enterLaterTerm } from './roles/terms.ts';
import { defaultTunables, majorityOf, type RaftTunables } from './tunables.ts';

/** A node that answers a service's requests, with what other nodes say to it. */
export interface RaftNodeSpec {
  id: string;
  /** The service's requests, for `defineProtocol`. */
  requests: Parameters<typeof defineProtocol>[0];
  service: Service;
  tunables?: Partial<RaftTunables>;
}

/** What a node of a service takes in. */
export function raftProtocol(requests: RaftNodeSpec['requests']) {
  return defineProtocol({ ...requests, ...raftMessages });
}

/** What the nodes of a kind have in common. */
export function engineOf({ requests, service, tunables }: RaftNodeSpec): Engine {
  return {
    service,
    tunables: { ...defaultTunables, ...tunables },
    protocol: raftProtocol(requests) as unknown as Engine['protocol'],
  };
}

/**
 * The machine of a node that is one of several replicas of a service, by Raft (Ongaro and Ousterhout,
 * "In search of an understandable consensus algorithm", extended version, 2014).
 */
export function createRaftMachine(spec: RaftNodeSpec) {
  const { id, requests, service } = spec;
  const engine = engineOf(spec);
  const { tunables, protocol } = engine;
  const step = (take: (step: Step, event: never) => void) => takingStep(engine, take);

  /** A guard of a message from another node. */
  const of =
    <K extends keyof typeof raftMessages>(
      check: (state: RaftState, event: Heard<K>) => boolean | undefined,
    ) =>
    ({ context, event }: { context: unknown; event: unknown }) =>
      check(context as RaftState, event as Heard<K>) ?? false;

  const wins = (pre: boolean) =>
    of<'vote'>(
      (state, event) =>
        isVoteFor(state, event, pre) &&
        votesWith(state, event).length >= majorityOf(state.nodeIds.length),
    );

  // What does not gather is passed on in the same step; `passing` passes on what had no leader.
  const actions =
    tunables.gatherMs > 0 ? (['takeRequest'] as const) : (['takeRequest', 'passOn'] as const);
  const everyRequest = Object.fromEntries(Object.keys(requests).map((type) => [type, { actions }]));

  return setupNode({
    protocol,
    types: { context: {} as Omit<RaftState, keyof import('maelstate').NodeContext> },
    actors: { replica: createReplicaMachine(service, tunables) },
    delays: {
      hello: tunables.helloMs,
      electionTimeout: ({ context: { waitUntil, now } }) => Math.max(0, waitUntil - now),
      quorumCheck: tunables.electionMaxMs,
      tick: tickMs(tunables),
      gathering: tunables.gatherMs,
    },
    guards: {
      isMember: ({ context }) => context.standing === 'member',
      isLearner: ({ context }) => context.standing === 'learner',
      isAlone: ({ context }) => context.nodeIds.length === 1,
      leads: ({ context }) => context.lead !== null && isAnythingNew(context),
      hasHeardLately: ({ context }) => hasHeardLately(context),
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
      isHeardByMajority: ({ context }) => hasMajority(context),
      isAnythingWaiting: ({ context }) => isAnythingWaiting(context),
      isAnythingNew: ({ context }) => isAnythingNew(context),
    },
    actions: {
      startClock: step(({ state }) => {
        state.now = state.incarnation;
      }),
      sayHello: step(sayHello),
      hearHello: step(hearHello),
      drawTimeout: step(drawTimeout),
      waitOn: step(waitOn),
      canvass: step(canvass),
      stand: step(stand),
      answerCandidate: step(answerCandidate),
      refuseCandidate: step(refuseCandidate),
      countVote: step(({ state }, event: Heard<'vote'>) => {
        state.votes = votesWith(state, event);
      }),
      enterTerm: step((taken, { body }: Heard<'vote'>) => enterLaterTerm(taken, body.term)),
      takeAppend: step(takeAppend),
      takeSnapshot: step(takeSnapshot),
      proceed: step(proceed),
      takeLead: step(takeLead),
      takeAnswer: step(takeAnswer),
      takeForward: step(takeForward),
      askAgain: step(askAgain),
      takeRequest: step(takeRequest as (step: Step, event: Request) => void),
      passOn: step(passOn),
      startTicking: step(startTicking),
      tick: step(tick),
      startReplicas: enqueueActions(({ context, enqueue }) => {
        const taken = new Step(engine, context);
        for (const peer of peersOf(context)) {
          enqueue.spawnChild('replica', {
            id: replicaId(peer),
            input: inputForReplica(taken, peer),
          });
        }
      }),
      resign: enqueueActions(({ context, enqueue }) => {
        for (const peer of peersOf(context)) enqueue.stopChild(replicaId(peer));
        enqueue.assign({ lead: null, leader: null });
      }),
    },
  }).createMachine({
    id,
    context: freshState(service),
    entry: 'startClock',
    on: everyRequest,
    type: 'parallel',
    states: {
      role: {
        initial: 'joining',
        on: {
          hello: { actions: 'hearHello' },
          vote_request: [
            { guard: 'isLoyal', actions: 'refuseCandidate' },
            { guard: 'isCanvassing', actions: 'answerCandidate' },
            { guard: 'isOfTheFuture', target: '#follower', actions: 'answerCandidate' },
            { actions: 'answerCandidate' },
          ],
          append: [
            { guard: 'isOfThePast', actions: 'takeAppend' },
            { target: '#follower', actions: 'takeAppend' },
          ],
          snapshot: [
            { guard: 'isOfThePast', actions: 'takeSnapshot' },
            { target: '#follower', actions: 'takeSnapshot' },
          ],
        },
        states: {
          joining: {
            entry: 'sayHello',
            on: { vote_request: {}, append: {}, snapshot: {} },
            always: [
              { guard: 'isMember', target: 'follower' },
              { guard: 'isLearner', target: 'learner' },
            ],
            after: { hello: { target: 'joining', reenter: true } },
          },
          learner: {
            on: {
              vote_request: {},
              append: { actions: 'takeAppend' },
              snapshot: { actions: 'takeSnapshot' },
              proceed: { actions: 'proceed' },
            },
            always: { guard: 'isMember', target: 'follower' },
          },
          follower: {
            id: 'follower',
            entry: 'drawTimeout',
            on: {
              append: { actions: 'takeAppend' },
              snapshot: { actions: 'takeSnapshot' },
              proceed: { actions: 'proceed' },
            },
            initial: 'waiting',
            states: {
              waiting: {
                after: {
                  electionTimeout: [
                    {
                      guard: 'hasHeardLately',
                      target: 'waiting',
                      reenter: true,
                      actions: 'waitOn',
                    },
                    { target: '#candidate' },
                  ],
                },
              },
            },
          },
          candidate: {
            id: 'candidate',
            on: {
              vote: { guard: 'isRefusedByLaterTerm', target: 'follower', actions: 'enterTerm' },
            },
            initial: 'canvassing',
            states: {
              canvassing: {
                entry: ['canvass', 'drawTimeout'],
                always: { guard: 'isAlone', target: 'standing' },
                on: {
                  vote: [
                    { guard: 'winsCanvass', target: 'standing' },
                    { guard: 'isInFavour', actions: 'countVote' },
                  ],
                },
                after: { electionTimeout: { target: 'canvassing', reenter: true } },
              },
              standing: {
                entry: ['stand', 'drawTimeout'],
                always: { guard: 'isAlone', target: '#leader' },
                on: {
                  vote: [
                    { guard: 'winsElection', target: '#leader' },
                    { guard: 'isInFavour', actions: 'countVote' },
                  ],
                },
                after: { electionTimeout: 'canvassing' },
              },
            },
          },
          leader: {
            id: 'leader',
            entry: ['takeLead', 'startReplicas'],
            exit: 'resign',
            on: {
              forward: { actions: 'takeForward' },
              appended: [
                { guard: 'isOfTheFuture', target: 'follower', actions: 'enterTerm' },
                { actions: 'takeAnswer' },
              ],
            },
            initial: 'leading',
            states: {
              leading: {
                after: {
                  quorumCheck: [
                    {
                      guard: 'isHeardByMajority',
                      target: 'leading',
                      reenter: true,
                      actions: 'askAgain',
                    },
                    { target: '#follower' },
                  ],
                },
              },
            },
          },
        },
      },
      requests: {
        type: 'parallel',
        states: {
          passing: {
            initial: 'done',
            states: {
              done: {
                always: [
                  { guard: 'leads', actions: 'passOn' },
                  tunables.gatherMs > 0
                    ? { guard: 'isAnythingNew', target: 'gathering' }
                    : { guard: 'isAnythingNew', actions: 'passOn' },
                ],
              },
              ...(tunables.gatherMs > 0 && {
                gathering: { after: { gathering: { target: 'done', actions: 'passOn' } } },
              }),
            },
          },
          patience: {
            id: 'patience',
            initial: 'idle',
            states: {
              idle: { always: { guard: 'isAnythingWaiting', target: 'waiting' } },
              waiting: {
                entry: 'startTicking',
                initial: 'ticking',
                states: {
                  ticking: {
                    after: {
                      tick: [
                        {
                          guard: 'isAnythingWaiting',
                          target: 'ticking',
                          reenter: true,
                          actions: 'tick',
                        },
                        { target: '#patience.idle' },
                      ],
                    },
                  },
                },
              },
            },
          },
        },
      },
    },
  });
}
