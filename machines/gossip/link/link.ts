import { assertEvent, assign, sendParent, setup } from 'xstate';
import type { EndpointId } from 'maelstate';
import type { DeltaBody } from './delta.ts';
import { acknowledgementDue, silenceEnds } from './heard.ts';
import { hear, type Hearing } from './hearing.ts';
import { createLinkState, type LinkInput, type LinkState } from './link-state.ts';
import { type News, takeNews } from './news.ts';
import { hasBusiness, hasNews, rewind, type Telling, tell } from './telling.ts';
import { jitterOf, patienceFor, probeIntervalFor, retryIntervalFor } from './timing.ts';
import { isAsking, isExpecting } from './told.ts';
import { type GossipTunables, tunablesFor } from '../tunables.ts';

/** What a node tells its link to a peer. */
export type LinkEvent =
  /** The node knows something new. */
  | ({ type: 'news' } & News)
  /** The peer has sent a message. */
  | ({ type: 'heard' } & Hearing)
  /** The node wants to know all that the peer has. */
  | { type: 'sync'; at: number }
  /** The node counts on the peer for news from now on, or no longer does. */
  | { type: 'want'; wanted: boolean; at: number };

/** What a link tells its node. */
export type LinkReport =
  | {
      type: 'link.tell';
      peer: EndpointId;
      body: DeltaBody;
      at: number;
      /** The link's latency, once it was measured. */
      latencyMs: number | null;
    }
  /** The peer has told all that was missing. */
  | { type: 'link.synced'; peer: EndpointId; at: number }
  /** The peer does not answer, or does again. */
  | { type: 'link.suspected'; peer: EndpointId; at: number }
  | { type: 'link.trusted'; peer: EndpointId; at: number };

/** Why a message is written, which says how. */
type Occasion = 'news' | 'acknowledgement' | 'answer' | 'counterQuestion' | 'demand' | 'probe';

/**
 * The link of a node to one peer: it decides when to tell the peer what, and finds out whether the
 * peer has heard it. A node spawns one for each peer that it has to do with.
 */
export function createLinkMachine(tunables: GossipTunables) {
  /** Whether it matters that the peer does not answer. */
  const isWaitedFor = (state: LinkState) =>
    state.relation === 'parent' ||
    state.heard.isSyncing ||
    state.told.upTo > state.told.acked ||
    hasBusiness(state, tunables);

  const quietly = { withNews: true, isPulse: false, ask: false };
  /** What a message for each occasion is like, and the time that has come when its timer fires. */
  const occasions: Record<Occasion, (state: LinkState) => Telling> = {
    news: ({ timed: { dueAt }, now }) => ({ ...quietly, at: dueAt ?? now, isPulse: true }),
    acknowledgement: ({ timed: { acknowledgeAt } }) => ({ ...quietly, at: acknowledgeAt }),
    answer: ({ now }) => ({ ...quietly, at: now }),
    // By what a suspected peer says to it, the node knows at once that it is heard, too.
    counterQuestion: (state) => ({ ...quietly, at: state.now, ask: isWaitedFor(state) }),
    demand: ({ timed: { waitUntil } }) => ({ ...quietly, at: waitUntil, ask: true }),
    probe: ({ timed: { waitUntil } }) => ({
      ...quietly,
      at: waitUntil,
      withNews: false,
      ask: true,
    }),
  };

  /** How long after news was told an acknowledgement should have come, at the latest. */
  const acknowledgedWithin = ({
    relation,
    timed: { roundTrip, cautiousUntil },
    now,
  }: LinkState) => {
    const { stalenessMs, gatherMs, marginMs, ackDelayMs } = tunables;
    if (now >= cautiousUntil) return patienceFor(roundTrip, tunables) + ackDelayMs;
    // Where the next may well be lost, so soon that it can still be everywhere in time. Mostly there is
    // news to tell in each pulse, and so no question. What the parent is told has further to go.
    const rest = stalenessMs - 3 * marginMs - (relation === 'parent' ? gatherMs : 0);
    return retryIntervalFor(roundTrip, tunables) + rest;
  };

  /** How long to wait for a peer: for an answer that is due, and before it is asked again. */
  const waits = {
    patience: (state: LinkState) => {
      const { timed, told, now } = state;
      if (isAsking(told)) return patienceFor(timed.roundTrip, tunables);
      const wait = acknowledgedWithin(state);
      const rest = timed.toldAt + wait - now;
      return rest > 0 ? rest : wait;
    },
    silence: ({ heard, now }: LinkState) => Math.max(0, silenceEnds(heard, tunables) - now),
    retryInterval: ({ timed: { roundTrip } }: LinkState) => retryIntervalFor(roundTrip, tunables),
    probeInterval: ({ nodeId, peer, relation, told: { no, tries }, timed }: LinkState) => {
      const { maxParentProbeIntervalMs, maxProbeIntervalMs, triesBeforeSuspicion } = tunables;
      const attempt = Math.max(0, tries - triesBeforeSuspicion);
      const jitter = jitterOf(`${nodeId} ${peer} ${no}`);
      const maxMs = relation === 'parent' ? maxParentProbeIntervalMs : maxProbeIntervalMs;
      return probeIntervalFor(attempt, jitter, timed.roundTrip, maxMs, tunables);
    },
  };
  const untilThen = ({ context: { timed, now } }: { context: LinkState }) => timed.waitUntil - now;

  return setup({
    types: {
      context: {} as LinkState,
      events: {} as LinkEvent,
      input: {} as LinkInput,
    },
    delays: {
      untilDue: ({ context: { timed, now } }) => Math.max(0, (timed.dueAt ?? now) - now),
      ackDelay: ({ context: { timed, now } }) => Math.max(0, timed.acknowledgeAt - now),
      silence: untilThen,
      patience: untilThen,
      retryInterval: untilThen,
      probeInterval: untilThen,
    },
    guards: {
      hasNews: ({ context }) => hasNews(context, tunables),
      hasNoNews: ({ context }) => !hasNews(context, tunables),
      isDueSooner: ({ context: { timed } }) =>
        (timed.dueAt ?? Infinity) < (timed.armedFor ?? Infinity),
      isExpecting: ({ context: { told } }) => isExpecting(told),
      isExpectingNothing: ({ context: { told } }) => !isExpecting(told),
      isChild: ({ context: { relation } }) => relation === 'parent',
      isSilentSooner: ({ context: { heard, timed, now } }) =>
        Math.max(now, silenceEnds(heard, tunables)) < timed.waitUntil - tunables.marginMs,
      isSilent: ({ context: { heard, timed } }) => silenceEnds(heard, tunables) <= timed.waitUntil,
      // The wait may have begun when all that was known of the link had a pause in it.
      isTooPatient: ({ context }) =>
        context.timed.waitUntil - context.now > 2 * waits.patience(context),
      hasProgressed: ({ context: { told } }) => told.acked > told.ackedBefore,
      // A child puts off its acknowledgement while there is more to hear. A parent does not: that it is
      // gone must be noticed soon.
      isTellingOn: ({ context }) => {
        const { relation, told, timed } = context;
        return (
          relation === 'child' &&
          !isAsking(told) &&
          timed.toldAt + acknowledgedWithin(context) > timed.waitUntil &&
          timed.waitUntil - timed.expectingSince < tunables.maxAckDelayMs
        );
      },
      isHearingMore: ({ context: { relation, heard, timed } }) =>
        relation === 'parent' && acknowledgementDue(heard, tunables) > timed.acknowledgeAt,
      isAnswered: ({ context: { told } }) => told.tries === 0,
      mayTryAgain: ({ context: { told } }) => told.tries < tunables.triesBeforeSuspicion,
      isAsked: ({ context: { heard } }) => heard.asked,
      owesNothing: ({ context: { heard } }) => heard.owedSince === null,
      owesAcknowledgement: ({ context: { heard } }) => heard.owedSince !== null,
      isWaitedFor: ({ context }) => isWaitedFor(context),
      isNotWaitedFor: ({ context }) => !isWaitedFor(context),
      endsSync: ({ context, event }) => {
        assertEvent(event, 'heard');
        return context.heard.isSyncing && !hear(context, event, tunables).heard.isSyncing;
      },
    },
    actions: {
      begin: assign(({ event }) =>
        createLinkState((event as unknown as { input: LinkInput }).input),
      ),
      takeNews: assign(({ context, event }) => {
        assertEvent(event, 'news');
        return takeNews(context, event, tunables);
      }),
      takeHeard: assign(({ context, event }) => {
        assertEvent(event, 'heard');
        return hear(context, event, tunables);
      }),
      askForAll: assign(({ context: { told, timed, now }, event }) => {
        assertEvent(event, 'sync');
        return {
          now: Math.max(now, event.at),
          told: { ...told, mustSync: true },
          timed: { ...timed, dueAt: event.at },
        };
      }),
      setWanted: assign(({ context, event }) => {
        assertEvent(event, 'want');
        const { told, timed, routeWaitMs } = context;
        const { wanted: wants } = event;
        const now = Math.max(context.now, event.at);
        // That a route is needed cannot wait; that it no longer is can.
        const dueAt = Math.min(timed.dueAt ?? Infinity, now + (wants ? 0 : routeWaitMs));
        return { now, told: { ...told, wants }, timed: { ...timed, dueAt } };
      }),
      arm: assign(({ context: { timed } }) => ({ timed: { ...timed, armedFor: timed.dueAt } })),
      markProgress: assign(({ context: { told, timed, now } }) => ({
        told: { ...told, ackedBefore: told.acked },
        timed: { ...timed, expectingSince: now },
      })),
      awaitMore: assign(({ context: { heard, timed } }) => ({
        timed: { ...timed, acknowledgeAt: acknowledgementDue(heard, tunables) },
      })),
      passAckDelay: assign(({ context: { now, timed } }) => ({
        now: Math.max(now, timed.acknowledgeAt),
      })),
      await: assign(({ context }, { wait }: { wait: keyof typeof waits }) => ({
        timed: { ...context.timed, waitUntil: context.now + waits[wait](context) },
      })),
      passTime: assign(({ context: { now, timed } }) => ({ now: Math.max(now, timed.waitUntil) })),
      holdUp: assign(({ context: { timed } }) => ({ timed: { ...timed, isHeldUp: true } })),
      goBack: assign(({ context }) => rewind(context, context.told.tries > 0, tunables)),
      write: assign(({ context }, { occasion }: { occasion: Occasion }) =>
        tell(context, occasions[occasion](context), tunables),
      ),
      send: sendParent(({ context: { peer, outgoing, now, timed } }): LinkReport => ({
        type: 'link.tell',
        peer,
        body: outgoing as DeltaBody,
        at: now,
        latencyMs: timed.roundTrip && timed.roundTrip.smoothedMs / 2,
      })),
      report: sendParent(
        (
          { context: { peer, now } },
          { type }: { type: Exclude<LinkReport['type'], 'link.tell'> },
        ) => ({
          type,
          peer,
          at: now,
        }),
      ),
    },
  }).createMachine({
    id: 'link',
    context: {} as LinkState,
    entry: 'begin',
    initial: 'trusted',
    on: {
      news: { actions: 'takeNews' },
      heard: [
        {
          guard: 'endsSync',
          actions: ['takeHeard', { type: 'report', params: { type: 'link.synced' } }],
        },
        { actions: 'takeHeard' },
      ],
      sync: { actions: 'askForAll' },
      want: { actions: 'setWanted' },
    },
    states: {
      trusted: {
        type: 'parallel',
        states: {
          telling: {
            initial: 'quiet',
            states: {
              quiet: {
                always: { guard: 'hasNews', target: 'waiting' },
              },
              waiting: {
                entry: 'arm',
                always: [
                  { guard: 'hasNoNews', target: 'quiet' },
                  { guard: 'isDueSooner', target: 'waiting', reenter: true },
                ],
                after: {
                  untilDue: {
                    target: 'quiet',
                    actions: [{ type: 'write', params: { occasion: 'news' } }, 'send'],
                  },
                },
              },
            },
          },
          expecting: {
            initial: 'settled',
            states: {
              settled: {
                always: [
                  { guard: 'isExpecting', target: 'inFlight', actions: 'markProgress' },
                  { guard: 'isChild', target: 'listening' },
                ],
              },
              listening: {
                entry: { type: 'await', params: { wait: 'silence' } },
                always: [
                  { guard: 'isExpecting', target: 'inFlight', actions: 'markProgress' },
                  { guard: 'isSilentSooner', target: 'listening', reenter: true },
                ],
                after: {
                  silence: [
                    { guard: 'isSilent', target: 'demanding', actions: 'passTime' },
                    { target: 'listening', reenter: true, actions: 'passTime' },
                  ],
                },
              },
              inFlight: {
                entry: { type: 'await', params: { wait: 'patience' } },
                always: [
                  { guard: 'isExpectingNothing', target: 'settled' },
                  { guard: 'isTooPatient', target: 'inFlight', reenter: true },
                ],
                after: {
                  patience: [
                    {
                      guard: 'hasProgressed',
                      target: 'inFlight',
                      reenter: true,
                      actions: ['passTime', 'markProgress'],
                    },
                    {
                      guard: 'isTellingOn',
                      target: 'inFlight',
                      reenter: true,
                      actions: 'passTime',
                    },
                    { target: 'demanding', actions: 'passTime' },
                  ],
                },
              },
              demanding: {
                entry: [
                  'goBack',
                  { type: 'write', params: { occasion: 'demand' } },
                  'send',
                  { type: 'await', params: { wait: 'retryInterval' } },
                ],
                always: { guard: 'isAnswered', target: 'settled' },
                after: {
                  retryInterval: [
                    {
                      guard: 'mayTryAgain',
                      target: 'demanding',
                      reenter: true,
                      actions: 'passTime',
                    },
                    { target: '#link.suspect', actions: 'passTime' },
                  ],
                },
              },
            },
          },
          owing: {
            initial: 'nothing',
            states: {
              nothing: {
                always: [
                  {
                    guard: 'isAsked',
                    actions: [{ type: 'write', params: { occasion: 'answer' } }, 'send'],
                  },
                  { guard: 'owesAcknowledgement', target: 'acknowledgement' },
                ],
              },
              acknowledgement: {
                entry: 'awaitMore',
                always: [
                  { guard: 'isAsked', target: 'nothing' },
                  { guard: 'owesNothing', target: 'nothing' },
                ],
                after: {
                  ackDelay: [
                    {
                      guard: 'isHearingMore',
                      target: 'acknowledgement',
                      reenter: true,
                      actions: 'passAckDelay',
                    },
                    {
                      target: 'nothing',
                      actions: [{ type: 'write', params: { occasion: 'acknowledgement' } }, 'send'],
                    },
                  ],
                },
              },
            },
          },
        },
      },
      suspect: {
        entry: ['goBack', 'holdUp', { type: 'report', params: { type: 'link.suspected' } }],
        exit: { type: 'report', params: { type: 'link.trusted' } },
        initial: 'resting',
        always: [
          { guard: 'isAnswered', target: 'trusted' },
          {
            guard: 'isAsked',
            actions: [{ type: 'write', params: { occasion: 'counterQuestion' } }, 'send'],
          },
        ],
        states: {
          resting: {
            always: { guard: 'isWaitedFor', target: 'probing' },
          },
          probing: {
            entry: { type: 'await', params: { wait: 'probeInterval' } },
            always: { guard: 'isNotWaitedFor', target: 'resting' },
            after: {
              probeInterval: {
                target: 'probing',
                reenter: true,
                actions: [{ type: 'write', params: { occasion: 'probe' } }, 'send'],
              },
            },
          },
        },
      },
    },
  });
}

/** The link with its default tunables, to look at. */
export const linkMachine = /* @__PURE__ */ createLinkMachine(tunablesFor(500));
