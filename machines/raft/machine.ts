import { type Kept, type NodeContext, setupNode } from 'maelstate';
import { enqueueActions } from 'xstate';
import { engineOf, type RaftNodeSpec } from './engine.ts';
import { guardsWith } from './guards.ts';
import type { Heard } from './messages.ts';
import { createReplicaMachine } from './replica.ts';
import {
  giveUpAll,
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
  drawCanvassTimeout,
  drawTimeout,
  refuseCandidate,
  stand,
  votesWith,
  waitOn,
} from './roles/elections.ts';
import { proceed, takeAppend, takeSnapshot } from './roles/following.ts';
import { hearHello, remember, sayHello } from './roles/joining.ts';
import {
  askAgain,
  countOwn,
  inputForReplica,
  takeAnswer,
  takeForward,
  takeLead,
} from './roles/leading.ts';
import { replicaId, Step, takingStep } from './roles/step.ts';
import { released } from './roles/storing.ts';
import { enterLaterTerm } from './roles/terms.ts';
import { freshState, peersOf, type RaftState, rememberedState } from './state/raft-state.ts';

/**
 * The machine of a node that is one of several replicas of a service, by Raft (Ongaro and Ousterhout,
 * "In search of an understandable consensus algorithm", extended version, 2014).
 */
export function createRaftMachine(spec: RaftNodeSpec) {
  const { id, requests, service } = spec;
  const engine = engineOf(spec);
  const { tunables, protocol } = engine;
  const step = (take: (step: Step, event: never) => void) => takingStep(engine, take);

  // What does not gather is passed on in the same step; `passing` passes on what had no leader.
  const actions = tunables.gatherMs > 0 ? 'takeRequest' : 'takeAndPassOn';
  const everyRequest = Object.fromEntries(Object.keys(requests).map((type) => [type, { actions }]));

  return setupNode({
    protocol,
    types: { context: {} as Omit<RaftState, keyof NodeContext> },
    restore: ({ kept }: { kept: Kept }) => rememberedState(kept, service),
    actors: { replica: createReplicaMachine(service, tunables) },
    delays: {
      hello: tunables.helloMs,
      electionTimeout: ({ context: { waitUntil, now } }) => Math.max(0, waitUntil - now),
      quorumCheck: tunables.electionMaxMs,
      tick: tickMs(tunables),
      gathering: tunables.gatherMs,
    },
    guards: guardsWith(tunables),
    actions: {
      remember: step(remember),
      release: step((taken, { upTo }: { upTo: number }) => {
        taken.release(released(taken.state, upTo));
      }),
      countOwn: step(countOwn),
      giveUpAll: step(giveUpAll),
      sayHello: step(sayHello),
      hearHello: step(hearHello),
      drawTimeout: step(drawTimeout),
      drawCanvassTimeout: step(drawCanvassTimeout),
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
      takeRequest: step(takeRequest),
      takeAndPassOn: step((taken, request: Request) => {
        takeRequest(taken, request);
        passOn(taken);
      }),
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
    entry: 'remember',
    on: everyRequest,
    type: 'parallel',
    states: {
      storing: {
        initial: 'idle',
        states: {
          idle: { always: { guard: 'isBehind', target: 'syncing' } },
          syncing: {
            on: {
              'disk.synced': [
                { guard: 'isAllSynced', target: 'idle', actions: 'release' },
                { actions: 'release' },
              ],
              'disk.failed': { actions: 'giveUpAll' },
            },
          },
        },
      },
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
                entry: ['canvass', 'drawCanvassTimeout'],
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
              'disk.synced': { actions: 'countOwn' },
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
