import { type ActorSystem, type AnyStateMachine, fromCallback } from 'xstate';
import { accelerate } from '../fast/accelerate.ts';
import type { NodeEvent, SendEvent } from '../kit/node-event.ts';
import type { WireRequest } from '../kit/wire-actor.ts';

/** What is at the other end of a node's actor `wire`. */
export interface WireEnd {
  /** Takes what raises events in the node's machine, from now on. */
  plugIn(raise: (event: NodeEvent) => void): void;
  unplug(): void;
  /** Takes what an actor of the node sends, or asks. */
  take(event: WireRequest | SendEvent): void;
}

type System = ActorSystem<any>;

const ends = new WeakMap<System, WireEnd>();

/** Whatever node it belongs to: so one machine, and all that is remembered of it, serves them all. */
const wire = fromCallback<WireRequest | SendEvent>(({ system, sendBack, receive }) => {
  const end = ends.get(system) as WireEnd;
  receive((event) => end.take(event));
  end.plugIn(sendBack);
  return () => end.unplug();
});

const wired = new WeakMap<AnyStateMachine, AnyStateMachine>();

/** A node's machine as hosts run it: fast, and with a wire. It is made once. */
export function wiredMachine(machine: AnyStateMachine): AnyStateMachine {
  let made = wired.get(machine);
  if (!made) {
    made = accelerate(machine.provide({ actors: { wire } }));
    wired.set(machine, made);
  }
  return made;
}

/** Says where the wire of a node leads, before the node is started. */
export function connectWire(system: System, end: WireEnd): void {
  ends.set(system, end);
}
