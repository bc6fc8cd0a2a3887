import { disk, type DiskEvent, type SendEvent } from 'maelstate';
import { assign, emit, enqueueActions, log, sendTo } from 'xstate';
import type { EndpointId } from 'maelstate';
import type { ReplicatedLog } from '../values/replicated-log.ts';
import type { DeltaBody } from './link/delta.ts';
import { appendHeard } from './disk/stored.ts';
import { createLinkMachine, type LinkReport } from './link/link.ts';
import {
  initialised,
  isPeer,
  latencyFrom,
  learn,
  type NodeState,
  noteTelling,
  type OverlaySettings,
  renewed,
} from './node-state.ts';
import {
  announce,
  askFirstUnheard,
  askOtherUnheard,
  carryOut,
  connect,
  detour,
  linkId,
  passOn,
  rejoin,
  tellChildren,
  mostWaitFor,
} from './plans.ts';
import type { GossipTunables } from './tunables.ts';

/** How a node gossips. */
export interface GossipSettings<L extends ReplicatedLog> extends OverlaySettings {
  /** The log of a node that knows nothing, of the kind that all nodes of the cluster have. */
  log: L;
}

/** How long a node waits to hear of its children before it asks them what they have. */
const JOIN_GRACE_MS = 1000;

/** A message from another node. */
interface DeltaEvent {
  type: 'delta';
  src: EndpointId;
  body: DeltaBody;
  at: number;
}

type Synced = Extract<DiskEvent, { type: 'disk.synced' }>;

/** A message from a client, or from a node in another way. */
interface OtherMessage {
  type: string;
  src: EndpointId;
  body: { type: string; msg_id?: number };
  at: number;
}

type Context<L extends ReplicatedLog> = NodeState<L> & { incarnation: number; disk: unknown };

/** What an action or a guard is called with, of an event that the statechart lets come to it. */
interface Args<L extends ReplicatedLog, E = DeltaEvent> {
  context: Context<L>;
  event: E;
}

/** An action, a guard and a delay of any machine whose context has a gossiping node's state. */
interface Action<L extends ReplicatedLog> {
  (args: { context: Context<L>; event: { type: string } }, params: undefined): void;
  _out_TEmitted?: SendEvent;
}
type Guard<L extends ReplicatedLog> = (args: {
  context: Context<L>;
  event: { type: string };
}) => boolean;

/**
 * What the names in the state `linked` mean: how a node gossips, whatever its entries mean to it. To
 * be given to `setupNode` among what is the node's own.
 */
export function gossipParts<L extends ReplicatedLog>(settings: GossipSettings<L>) {
  const { tunables } = settings;
  return {
    actors: { link: createLinkMachine(tunables) },
    delays: {
      joinGrace: JOIN_GRACE_MS,
      untilPulse: ({ context: { pulse } }: { context: Context<L> }) =>
        pulse ? Math.max(0, pulse.dueAt - pulse.now) : 0,
    },
    guards: guards<L>(),
    actions: { ...memory(settings), ...linking<L>(tunables) },
  };
}

function guards<L extends ReplicatedLog>() {
  const all = {
    comesFromStranger: ({ context, event }: Args<L>) => !isPeer(context, event.src),
    concernsLaterStart: ({ context, event }: Args<L>) => (event.body.of ?? 0) > context.incarnation,
    concernsLaterStartOnDisk: ({ context, event }: Args<L>) =>
      context.disk !== null && (event.body.of ?? 0) > context.incarnation,
    bringsLaterStart: ({ context, event }: Args<L, Synced>) =>
      (event.incarnation ?? 0) > context.incarnation,
    hasNewsForChildren: ({ context }: Args<L>) => context.pulse !== null,
    isPulseMoved: ({ context: { pulse, armedFor } }: Args<L>) =>
      pulse !== null && pulse.dueAt !== armedFor,
    concernsParent: ({ context, event }: Args<L, LinkReport>) =>
      context.place?.parent === event.peer,
  };
  return all as unknown as Record<keyof typeof all, Guard<L>>;
}

/** The actions that change what a node remembers. */
function memory<L extends ReplicatedLog>(settings: GossipSettings<L>) {
  type Told = Extract<LinkReport, { type: 'link.tell' }>;
  const all = {
    startAfresh: assign(({ context }: Args<L>) => ({
      ...initialised(context.log, context, context.incarnation, settings),
      stored: context.stored,
    })),
    startAnew: assign(({ context, event }: Args<L>) =>
      renewed(context, (event.body.of as number) + 1, settings),
    ),
    // Nobody is shown anything under an incarnation that a loss of power could take back.
    recordLaterStart: sendTo(disk, ({ event }: Args<L>) => ({
      type: 'disk.start',
      incarnation: (event.body.of as number) + 1,
    })),
    startRecorded: assign(({ context, event }: Args<L, Synced>) =>
      renewed(context, event.incarnation as number, settings),
    ),
    learn: enqueueActions(({ context, event, enqueue }) => {
      const { event: told, context: state } = { event, context } as unknown as Args<L>;
      if (!told.body.news) return;
      const known = learn(state.log, told.body, told.src);
      const heard = state.disk === null ? undefined : appendHeard(state, known, state.log.size);
      enqueue.assign({ log: known, ...(heard && { stored: heard.stored }) } as never);
      if (heard) enqueue.sendTo(disk, heard.request);
    }),
    armPulse: assign(({ context: { pulse } }: Args<L>) => ({ armedFor: pulse?.dueAt ?? 0 })),
    noteTelling: assign(({ context, event }: Args<L, Told>) => noteTelling(context, event)),
    suspect: assign(({ context, event }: Args<L, LinkReport>) => ({
      suspects: [...new Set([...context.suspects, event.peer])],
    })),
    trust: assign(({ context, event }: Args<L, LinkReport>) => ({
      suspects: context.suspects.filter((peer) => peer !== event.peer),
    })),
    send: emit(({ context, event }: Args<L, Told>) => ({
      type: 'send',
      src: context.nodeId,
      dest: event.peer,
      body: event.body,
    })),
    logStranger: log(
      ({ event }: Args<L>) =>
        `a delta from ${event.src}, which is no other node of this cluster: left out`,
    ),
  };
  return all as unknown as Record<keyof typeof all, Action<L>>;
}

/** The actions that make links, and tell them what there is to tell. */
function linking<L extends ReplicatedLog>(tunables: GossipTunables) {
  /** Carries out a plan that follows from the node's memory and the event. */
  const plan = <E>(make: (args: Args<L, E>) => Parameters<typeof carryOut>[0]) =>
    enqueueActions(({ context, event, enqueue }) =>
      carryOut(make({ context, event } as unknown as Args<L, E>), enqueue as never),
    );
  const all = {
    dropLinks: enqueueActions(({ context, enqueue }) => {
      for (const peer of (context as unknown as Context<L>).links) enqueue.stopChild(linkId(peer));
    }),
    connect: plan(({ context, event }: Args<L, { at: number }>) =>
      connect(context, event.at, tunables),
    ),
    passOn: plan(({ context, event: { src, body, at } }: Args<L>) =>
      passOn(context, src, body, at, tunables),
    ),
    announce: plan(({ context, event }: Args<L, DeltaEvent | OtherMessage>) =>
      announceEvent(context, event, tunables),
    ),
    tellChildren: plan(({ context }: Args<L>) => tellChildren(context, tunables)),
    askFirstUnheard: plan(({ context }: Args<L>) =>
      askFirstUnheard(context, context.connectedAt + JOIN_GRACE_MS),
    ),
    askOtherUnheard: plan(({ context, event }: Args<L, LinkReport>) =>
      askOtherUnheard(context, event.at),
    ),
    detour: plan(({ context, event }: Args<L, LinkReport>) => detour(context, event.at, tunables)),
    rejoin: plan(({ context, event }: Args<L, LinkReport>) => rejoin(context, event.at, tunables)),
  };
  return all as unknown as Record<keyof typeof all, Action<L>>;
}

/** Lets the others know what a message has brought. */
function announceEvent(
  state: NodeState,
  event: DeltaEvent | OtherMessage,
  tunables: GossipTunables,
): Parameters<typeof carryOut>[0] {
  const { at, src } = event;
  if (!isDelta(event)) {
    const isRequest = event.body.msg_id !== undefined;
    return announce(state, { bornAt: at, at, except: isRequest ? null : src }, tunables);
  }
  if (!event.body.news?.length) return { state: {}, spawn: [], tell: [] };
  // Of news without an age, only this is known: it has taken longer than it should.
  const age = event.body.age ?? tunables.stalenessMs;
  const travelled = latencyFrom(state, src, tunables);
  const bornAt = at - age - travelled;
  return announce(
    state,
    { bornAt, at, except: src, mostWaitMs: mostWaitFor(state, src, event.body, tunables) },
    tunables,
  );
}

function isDelta(event: DeltaEvent | OtherMessage): event is DeltaEvent {
  return event.type === 'delta';
}
