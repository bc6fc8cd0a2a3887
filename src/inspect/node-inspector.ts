import { createInspector, type StatelyInspectionEvent } from '@statelyai/inspect';
import type {
  AnyActorRef,
  AnyEventObject,
  AnyMachineSnapshot,
  AnyTransitionDefinition,
  InspectionEvent,
  Snapshot,
} from 'xstate';
import { readTransition } from '../diagram/chart.ts';
import type { EndpointId, Json, Message } from '../wire/message.ts';
import { type NodeRecord, rootOf, type TakenTransition } from './inspection-event.ts';
import { preview } from './preview.ts';

/** What may happen before a node is told who it is, and is kept until then. */
const MAX_WAITING = 1000;
/** Deeper than any statechart: the definition is passed on whole. */
const DEFINITION_DEPTH = 64;

export interface NodeInspectorOptions {
  /** The time, in milliseconds. */
  now: () => number;
  onRecord: (record: NodeRecord) => void;
  /** How many values a node with this context holds. */
  countKnown?: ((context: never) => number) | undefined;
}

/** Tells Stately's inspector something, once it is known under which name each session goes. */
type Telling = (inspector: ReturnType<typeof createInspector>, name: Naming) => void;
type Naming = (key: string) => string;

/** What a record says beyond Stately's protocol. */
interface Stamp {
  at: number;
  extras: Partial<NodeRecord>;
}

/**
 * Turns what XState tells of one node's actors into records that a viewer of many nodes can tell
 * apart and bear: each actor's session is named after its node (`n0/x:0` is its root, whatever the
 * process calls it), contexts and events are bounded, and what came over the wire has the sender's
 * root as its source.
 *
 * A node has no name before its `init`: until then its records wait.
 */
export class NodeInspector {
  readonly #options: NodeInspectorOptions;
  readonly #sessions = new WeakMap<object, string>();
  #sessionCount = 0;
  #recordCount = 0;
  /** Stately's package words the events; they leave from here with the stamp of the moment. */
  readonly #stately = createInspector(
    { send: (event: StatelyInspectionEvent) => this.#pass(event) },
    { serializationDepthLimit: DEFINITION_DEPTH },
  );
  #stamp: Stamp = { at: 0, extras: {} };
  #node: EndpointId | undefined;
  #nodes: EndpointId[] = [];
  #waiting: (() => void)[] = [];
  /** What belongs to the snapshot that comes next. */
  #sent: Message[] = [];
  #transitions = new Map<object, TakenTransition[]>();
  #lastPreview: { of: AnyEventObject | undefined; is: Json } = { of: undefined, is: null };

  constructor(options: NodeInspectorOptions) {
    this.#options = options;
  }

  /** To be told of every inspection event of the node's actor system. */
  readonly observe = (event: InspectionEvent): void => {
    const actor = event.actorRef as AnyActorRef;
    switch (event.type) {
      case '@xstate.actor':
        this.#sessions.set(actor, `x:${this.#sessionCount++}`);
        return this.#addActor(actor);
      case '@xstate.event':
        if (!actor._parent && event.event.type === 'init') this.#baptise(event.event);
        return this.#addEvent(actor, event.event, event.sourceRef as AnyActorRef | undefined);
      case '@xstate.microstep':
        return this.#noteTransitions(actor, event._transitions);
      case '@xstate.snapshot':
        return this.#addSnapshot(actor, event.event, event.snapshot);
    }
  };

  /** To be told of every message that the node sends. */
  sent({ src, dest, body }: Message): void {
    this.#sent.push(preview({ src, dest, body }) as unknown as Message);
  }

  #addActor(actor: AnyActorRef): void {
    const key = this.#keyOf(actor);
    const parent = actor._parent && this.#keyOf(actor._parent);
    const { config } = (actor as unknown as { logic: { config?: unknown } }).logic;
    const definition = typeof config === 'object' ? config : { id: actor.id };
    const isNamed = actor.id !== actor.sessionId;
    this.#add(isNamed ? { name: actor.id } : {}, (inspector, name) =>
      inspector.actor({
        sessionId: name(key),
        ...(parent && { _parent: { sessionId: name(parent) } }),
        logic: { config: definition },
      } as never),
    );
  }

  #addEvent(actor: AnyActorRef, event: AnyEventObject, source: AnyActorRef | undefined): void {
    const key = this.#keyOf(actor);
    const shown = this.#previewOf(event);
    const isFromWire = !actor._parent && typeof event.src === 'string';
    const sourceKey = isFromWire || !source ? undefined : this.#keyOf(source);
    this.#add({}, (inspector, name) => {
      const sender = isFromWire && this.#nodes.includes(event.src) ? rootOf(event.src) : undefined;
      const sourceId = sourceKey ? name(sourceKey) : sender;
      inspector.event(name(key), shown, sourceId === undefined ? {} : { source: sourceId });
    });
  }

  #noteTransitions(actor: AnyActorRef, taken: AnyTransitionDefinition[]): void {
    const noted = this.#transitions.get(actor) ?? [];
    for (const transition of taken) noted.push(readTaken(transition));
    this.#transitions.set(actor, noted);
  }

  #addSnapshot(actor: AnyActorRef, event: AnyEventObject, snapshot: Snapshot<unknown>): void {
    const key = this.#keyOf(actor);
    const isRoot = !actor._parent;
    const { status, value, context } = snapshot as AnyMachineSnapshot;
    const { countKnown } = this.#options;
    const extras = {
      transitions: this.#transitions.get(actor) ?? [],
      sent: isRoot ? this.#sent : [],
      known: isRoot && countKnown && context ? countKnown(context as never) : null,
    };
    this.#transitions.delete(actor);
    if (isRoot) this.#sent = [];
    const shown = { status, value, context: context && preview(context) };
    const shownEvent = this.#previewOf(event);
    this.#add(extras, (inspector, name) =>
      inspector.snapshot(name(key), shown, { event: shownEvent }),
    );
  }

  #keyOf(actor: AnyActorRef): string {
    return this.#sessions.get(actor) ?? 'x:?';
  }

  /** An actor's event and its snapshot show the same event, one after the other. */
  #previewOf(event: AnyEventObject): AnyEventObject {
    if (this.#lastPreview.of !== event) this.#lastPreview = { of: event, is: preview(event) };
    return this.#lastPreview.is as unknown as AnyEventObject;
  }

  #baptise(init: AnyEventObject): void {
    this.#node = init.body.node_id;
    this.#nodes = init.body.node_ids;
    for (const record of this.#waiting) record();
    this.#waiting = [];
  }

  #add(extras: Stamp['extras'], tell: Telling): void {
    const stamp = { at: this.#options.now(), extras };
    const record = () => {
      this.#stamp = stamp;
      tell(this.#stately, (key) => `${this.#node}/${key}`);
    };
    if (this.#node !== undefined) record();
    else if (this.#waiting.length < MAX_WAITING) this.#waiting.push(record);
  }

  #pass(event: StatelyInspectionEvent): void {
    const node = this.#node as EndpointId;
    const { at, extras } = this.#stamp;
    this.#options.onRecord({
      ...event,
      id: `${node}#${this.#recordCount++}`,
      rootId: rootOf(node),
      createdAt: String(Math.floor(at)),
      node,
      at,
      ...extras,
    } as NodeRecord);
  }
}

const takenTransitions = new WeakMap<AnyTransitionDefinition, TakenTransition>();

function readTaken(transition: AnyTransitionDefinition): TakenTransition {
  const known = takenTransitions.get(transition);
  if (known) return known;
  const { source, targets, trigger, guard, actions } = readTransition(transition);
  const taken = { source, targets, trigger, guard: guard ?? null, actions };
  takenTransitions.set(transition, taken);
  return taken;
}
