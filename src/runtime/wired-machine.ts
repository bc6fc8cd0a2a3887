import { type ActorSystem, type AnyStateMachine, fromCallback } from 'xstate';
import { accelerate } from '../fast/accelerate.ts';
import type { DiskEvent, DiskRequest } from '../kit/actors/disk-actor.ts';
import { canStore } from '../kit/life.ts';
import type { NodeEvent, SendEvent } from '../kit/node-event.ts';
import type { WireBatch, WireRequest } from '../kit/actors/wire-actor.ts';

/** What is at the other end of a node's actor `wire`. */
export interface WireEnd {
  /** Takes what raises events in the node's machine, from now on. */
  plugIn(raise: (event: NodeEvent) => void): void;
  unplug(): void;
  /** Takes what an actor of the node sends, or asks. */
  take(event: WireRequest | WireBatch | SendEvent): void;
}

/** What is at the other end of a node's actor `disk`. */
export interface DiskEnd {
  /** Takes what raises events in the node's machine, from now on. */
  plugIn(raise: (event: DiskEvent) => void): void;
  /** Takes what the node asks of its disk. */
  take(request: DiskRequest): void;
}

type System = ActorSystem<any>;

const ends = new WeakMap<System, WireEnd>();

/** Whatever node it belongs to: so one machine, and all that is remembered of it, serves them all. */
const wire = fromCallback<WireRequest | WireBatch | SendEvent>(({ system, sendBack, receive }) => {
  const end = ends.get(system) as WireEnd;
  receive((event) => end.take(event));
  end.plugIn(sendBack);
  return () => end.unplug();
});

const diskEnds = new WeakMap<System, DiskEnd>();

/** A node that has no disk asks nothing of it. */
const disk = fromCallback<DiskRequest>(({ system, sendBack, receive }) => {
  const end = diskEnds.get(system);
  if (!end) return;
  receive((request) => end.take(request));
  end.plugIn(sendBack);
});

const wired = new WeakMap<AnyStateMachine, AnyStateMachine>();

/**
 * A node's machine as hosts run it: fast, and with a wire and, if it can store, a disk. It is made
 * once.
 */
export function wiredMachine(machine: AnyStateMachine): AnyStateMachine {
  let made = wired.get(machine);
  if (!made) {
    const actors = canStore(machine.config) ? { wire, disk } : { wire };
    made = accelerate(machine.provide({ actors }));
    wired.set(machine, made);
  }
  return made;
}

/** Says where the wire of a node leads, before the node is started. */
export function connectWire(system: System, end: WireEnd): void {
  ends.set(system, end);
}

/** Says what keeps what a node stores, before the node is started. */
export function connectDisk(system: System, end: DiskEnd): void {
  diskEnds.set(system, end);
}
