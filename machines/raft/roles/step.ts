import {
  type Body,
  disk,
  type DiskRequest,
  type EndpointId,
  type Protocol,
  type SendEvent,
} from 'maelstate';
import { enqueueActions } from 'xstate';
import type { raftMessages } from '../messages.ts';
import type { ReplicaEvent, ReplicaInput } from '../replica.ts';
import type { Asked, RaftState } from '../state/raft-state.ts';
import type { ErrorCode, Reply, Service } from '../service.ts';
import type { Stable } from '../state/stable.ts';
import { store } from './storing.ts';
import { majorityOf, type RaftTunables } from '../tunables.ts';

/** What all nodes of one kind have in common. */
export interface Engine {
  service: Service;
  tunables: RaftTunables;
  protocol: Protocol<typeof raftMessages>;
}

/** What XState's `enqueueActions` offers, as far as a step needs it. */
export interface Enqueue {
  /** Given a function, it does not look at each member for one. */
  assign(state: () => RaftState): void;
  emit(event: SendEvent): void;
  sendTo(id: string, event: ReplicaEvent): void;
  sendTo(actor: typeof disk, request: DiskRequest): void;
  spawnChild(logic: 'replica', options: { id: string; input: ReplicaInput }): void;
  stopChild(id: string): void;
}

/** The id of the actor that keeps a peer's log like the leader's. */
export function replicaId(peer: EndpointId): string {
  return `replica.${peer}`;
}

/**
 * What comes of one event: the state that the node is in then, and what it says. The functions of
 * this folder take a step and add to it; the snapshot that it began with stays as it was.
 */
export class Step {
  readonly engine: Engine;
  /** The step's own copy: its members are replaced, what they hold is never changed. */
  readonly state: RaftState;
  readonly #before: Stable;
  readonly #sent: SendEvent[] = [];
  readonly #released: SendEvent[] = [];
  readonly #told: { peer: EndpointId; event: ReplicaEvent }[] = [];

  constructor(engine: Engine, state: RaftState) {
    this.engine = engine;
    this.state = { ...state };
    this.#before = state.stable;
  }

  get service(): Service {
    return this.engine.service;
  }

  get tunables(): RaftTunables {
    return this.engine.tunables;
  }

  get majority(): number {
    return majorityOf(this.state.nodeIds.length);
  }

  /**
   * Whether a leader and one member that follows it are a majority, so that the latter knows by itself
   * what is agreed on. With disks it does not: the leader may not have on disk what it sends.
   */
  get isPairEnough(): boolean {
    return this.majority <= 2 && this.state.disk === null;
  }

  /** Takes note of when the event came, if it says so. */
  passTime(at = 0): void {
    if (at > this.state.now) this.state.now = at;
  }

  send(dest: EndpointId, body: Body): void {
    this.#sent.push({ type: 'send', src: this.state.nodeId, dest, body });
  }

  /** Says what has waited for the disk. */
  release(messages: readonly SendEvent[]): void {
    this.#released.push(...messages);
  }

  /** Lets the actor that is responsible for a peer know something. */
  tell(peer: EndpointId, event: ReplicaEvent): void {
    this.#told.push({ peer, event });
  }

  answer(asked: Asked, reply: Reply): void {
    if ('error' in reply) return this.refuse(asked, reply.error);
    this.#sent.push(this.engine.protocol.replyTo(this.state, asked as never, reply.ok as never));
  }

  refuse(
    asked: Asked,
    error: { code: ErrorCode | 'timeout' | 'crash' | 'temporarily-unavailable'; text: string },
  ): void {
    this.#sent.push(this.engine.protocol.errorTo(this.state, asked as never, error));
  }

  /** Queues all of it. */
  carryOut(enqueue: Enqueue): void {
    const { state, service } = this;
    const { requests, said } = state.disk
      ? store(this.#before, state, this.#sent, service)
      : { requests: [], said: this.#sent };
    enqueue.assign(() => state);
    for (const event of this.#released) enqueue.emit(event);
    for (const event of said) enqueue.emit(event);
    for (const { peer, event } of this.#told) enqueue.sendTo(replicaId(peer), event);
    for (const request of requests) enqueue.sendTo(disk, request);
  }
}

/** An action that takes a step. */
export function takingStep(engine: Engine, take: (step: Step, event: never) => void) {
  return enqueueActions(({ context, event, enqueue }) => {
    const step = new Step(engine, context as RaftState);
    step.passTime((event as { at?: number }).at);
    take(step, event as never);
    step.carryOut(enqueue as unknown as Enqueue);
  }) as never;
}
