import {
  type ActionFunction,
  type AnyActorRef,
  type AnyEventObject,
  assign,
  type DelayConfig,
  emit,
  type EventObject,
  fromCallback,
  type GuardPredicate,
  log,
  type MachineContext,
  type MetaObject,
  type ParameterizedObject,
  sendTo,
  setup,
  type StateMachine,
  type StateNodeConfig,
  type StateValue,
  type UnknownActorLogic,
} from 'xstate';
import { disk, type Kept } from './actors/disk-actor.ts';
import { composeLife } from './life.ts';
import type { InitEvent, NodeEvent, SendEvent } from './node-event.ts';
import { type NodeContext, unborn } from './node-context.ts';
import type { EventOf, MessageSpecs, Protocol } from './protocol.ts';
import { seeded } from './random.ts';
import { errorTo, replyTo, type Request } from './replies.ts';
import { rpcMachine } from './requests/rpc.ts';
import { updateMachine } from './requests/update.ts';

type Params = Record<string, ParameterizedObject['params'] | undefined>;
type Actors = Record<string, UnknownActorLogic>;
type ValuesOf<T> = T[keyof T];
/** What XState's configs call an action or a guard by. */
type Named<P extends Params> = ValuesOf<{
  [K in keyof P as K & string]: { type: K & string; params: P[K] };
}>;
/** What XState's configs call an actor by. */
type NamedActor<A extends Actors> = ValuesOf<{
  [K in keyof A as K & string]: { src: K & string; logic: A[K]; id: string | undefined };
}>;

/** The actors that every node can invoke and spawn. */
export type KitActors = {
  /** Asks another node or a service, and ends with its reply: see `rpcMachine`. */
  rpc: typeof rpcMachine;
  /** Reads, changes and swaps a value of a service, again until it was not disturbed. */
  update: typeof updateMachine;
};

/** The context of a node's machine: what the kit keeps, and the node's own. */
export type ContextOf<C> = NodeContext & C;
/** The events of a node's machine. */
export type EventsOf<S extends MessageSpecs, E extends EventObject> = NodeEvent<EventOf<S>> | E;

/** What `setupNode` takes: the protocol, and beside it what XState's `setup` takes. */
export interface NodeSetup<
  S extends MessageSpecs,
  C extends MachineContext,
  E extends EventObject,
  A extends Actors,
  X extends Params,
  G extends Params,
  D extends string,
  T extends string,
> {
  protocol: Protocol<S>;
  /**
   * Makes the node one that can store: what becomes of its own part of the context when it finds on
   * disk what an earlier start has kept. See `disk`.
   *
   * @param context as it is after `init` without anything kept
   */
  restore?: (args: { context: ContextOf<C>; kept: Kept }) => Partial<C>;
  /**
   * The node's own part of the context, the events that are no messages, and its tags. Without any
   * context of its own, `{ context: {} as object }` lets TypeScript see through spawned actors' input.
   */
  types?: { context?: C; events?: E; tags?: T };
  actors?: { [K in keyof A]: A[K] };
  actions?: {
    [K in keyof X]: ActionFunction<
      ContextOf<C>,
      EventsOf<S, E>,
      EventsOf<S, E>,
      X[K],
      NamedActor<A> | NamedActor<KitActors>,
      Named<X>,
      Named<G>,
      D,
      SendEvent
    >;
  };
  guards?: {
    [K in keyof G]: GuardPredicate<ContextOf<C>, EventsOf<S, E>, G[K], Named<G>>;
  };
  delays?: {
    [K in D]: DelayConfig<ContextOf<C>, EventsOf<S, E>, Named<X>['params'], EventsOf<S, E>>;
  };
}

/**
 * The config of a node's machine: that of the state `running`, in which the node is from `init` on
 * until its input ends, with the machine's `id` and the node's own part of its context.
 */
export type NodeConfig<
  S extends MessageSpecs,
  C extends MachineContext,
  E extends EventObject,
  A extends Actors,
  X extends Params,
  G extends Params,
  D extends string,
  T extends string,
> = Omit<
  StateNodeConfig<
    ContextOf<C>,
    EventsOf<S, E>,
    NamedActor<A> | NamedActor<KitActors>,
    Named<X>,
    Named<G>,
    D,
    T,
    unknown,
    SendEvent,
    MetaObject
  >,
  'id'
> & { id: string } & ({} extends C ? { context?: C } : { context: C });

/** The machine of a node. */
export type NodeMachine<C, E extends EventObject, T extends string = string> = StateMachine<
  ContextOf<C> & MachineContext,
  E,
  Record<string, AnyActorRef | undefined>,
  // oxlint-disable-next-line typescript/no-explicit-any -- as in XState's own AnyStateMachine
  any,
  // oxlint-disable-next-line typescript/no-explicit-any
  any,
  // oxlint-disable-next-line typescript/no-explicit-any
  any,
  string,
  StateValue,
  T,
  unknown,
  unknown,
  SendEvent,
  MetaObject,
  // oxlint-disable-next-line typescript/no-explicit-any
  any
>;

/**
 * XState's `setup` for nodes: what is set up has the events and replies of the protocol, and the
 * machine that it creates has the life of a node around the node's own states. See `composeLife`.
 *
 * @example
 * setupNode({ protocol, actions: { answer: … } }).createMachine({
 *   id: 'echo',
 *   on: { echo: { actions: 'answer' } },
 * })
 */
export function setupNode<
  S extends MessageSpecs,
  C extends MachineContext = {},
  E extends EventObject = never,
  A extends Actors = {},
  X extends Params = {},
  G extends Params = {},
  D extends string = never,
  T extends string = string,
>(spec: NodeSetup<S, C, E, A, X, G, D, T>) {
  const { protocol, actors, actions, guards, delays, restore } = spec;
  refuseDoubles('action', kitActions, actions);
  refuseDoubles('guard', kitGuards, guards);
  refuseDoubles('actor', kitActors, actors);
  return {
    createMachine(config: NodeConfig<S, C, E, A, X, G, D, T>): NodeMachine<C, EventsOf<S, E>, T> {
      const { id, context: own = {}, ...running } = config;
      const context = { ...unborn, ...own };
      const { requestTypes } = protocol;
      const stores = restore !== undefined;
      const life = composeLife({ id, context, running: running as object, requestTypes, stores });
      const set = setup({
        types: {
          context: {} as NodeContext,
          events: {} as AnyEventObject,
          emitted: {} as SendEvent,
        },
        actors: {
          ...kitActors,
          ...(stores && { disk: fromCallback(() => {}) }),
          ...actors,
        } as unknown as typeof kitActors,
        actions: {
          ...kitActions,
          ...actions,
          begin: beginWith(context, restore as Restore | undefined),
        } as never,
        guards: { ...kitGuards, ...guards } as never,
        delays: (delays ?? {}) as {},
      });
      return set.createMachine(life as never) as unknown as NodeMachine<C, EventsOf<S, E>, T>;
    },
  };
}

const kitActors = {
  wire: fromCallback(() => {}),
  rpc: rpcMachine,
  update: updateMachine,
};

const kitGuards = {
  concernsInit: ({ event }: { event: AnyEventObject }) => event.requestType === 'init',
  findsDisk: ({ event }: { event: AnyEventObject }) => event.kept !== undefined,
};

type Args = { context: NodeContext; event: AnyEventObject };

type Restore = (args: { context: NodeContext; kept: Kept }) => object;

/**
 * What a node does first: it learns who it is, and remembers nothing else but what is `fresh`, and
 * what it has kept.
 */
function beginWith(fresh: NodeContext, restore?: Restore) {
  return assign(({ context, event }: Args) => {
    const { src, dest, body, at, seed, kept } = event as InitEvent;
    const born = {
      ...fresh,
      nodeId: body.node_id,
      nodeIds: body.node_ids,
      incarnation: Math.max(Math.floor(at), context.incarnation + 1, (kept?.incarnation ?? 0) + 1),
      random: seeded(seed),
    };
    if (!kept || !restore) return born;
    const stored = { ...born, disk: { init: { src, dest, body: { msg_id: body.msg_id } } } };
    return { ...stored, ...restore({ context: stored, kept }) };
  });
}

const asRequest = (event: AnyEventObject) => event as unknown as Request;
const kitActions = {
  begin: beginWith(unborn),
  recordStart: sendTo(disk, ({ context: { incarnation } }: Args) => ({
    type: 'disk.start' as const,
    incarnation,
  })),
  replyOpened: emit(({ context }: Args) =>
    replyTo(context, context.disk?.init as Request, 'init_ok'),
  ),
  replyInitialised: emit(({ context, event }: Args) =>
    replyTo(context, asRequest(event), 'init_ok'),
  ),
  replyNotReady: emit(({ context, event }: Args) =>
    errorTo(context, asRequest(event), {
      code: 'temporarily-unavailable',
      text: 'this node has not been initialised yet: send init first',
    }),
  ),
  replyUnavailable: emit(({ context, event }: Args) =>
    errorTo(context, asRequest(event), {
      code: 'temporarily-unavailable',
      text: `this node does not serve ${event.type} in the state that it is in`,
    }),
  ),
  replyInvalid: emit(({ context, event }: Args) =>
    errorTo(context, asRequest(event), { code: event.code, text: event.text }),
  ),
  logUnexpected: log(({ event }: { event: AnyEventObject }) => event.text),
};

function refuseDoubles(kind: string, own: object, given: object = {}): void {
  const double = Object.keys(given).find((name) => Object.hasOwn(own, name));
  if (double === undefined) return;
  throw new TypeError(
    `the ${kind} ${double} is the kit's own: call yours something else ` +
      `(taken are ${Object.keys(own).join(', ')})`,
  );
}
