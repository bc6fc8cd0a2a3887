import type {
  StatelyActorEvent,
  StatelyEventEvent,
  StatelySnapshotEvent,
} from '@statelyai/inspect';
import type { EndpointId, Message } from '../wire/message.ts';

/** What an event says of its origin, beyond Stately's protocol. */
interface Origin {
  node: EndpointId;
  /** When it happened, in milliseconds: since 1970, or since the beginning of a simulation. */
  at: number;
}

/** A transition that was taken, in the terms of the machine's author. */
export interface TakenTransition {
  /** Paths of states, as in a chart; without a target nothing was left and nothing entered. */
  source: string;
  targets: string[];
  trigger: string;
  guard: string | null;
  actions: string[];
}

/** An actor has come to be, or is told of again to somebody who has come late. */
export type ActorRecord = StatelyActorEvent & Origin;

/** An actor is sent an event. */
export type EventRecord = StatelyEventEvent & Origin;

/** An actor has dealt with an event. */
export type SnapshotRecord = StatelySnapshotEvent &
  Origin & {
    transitions: TakenTransition[];
    /** The messages that it sent on the wire. */
    sent: Message[];
    /** How many values the node holds; `null` for whatever is no node, or holds none. */
    known: number | null;
  };

/** Stately's inspection events, of which its own tools make sense, and more for ours. */
export type NodeRecord = ActorRecord | EventRecord | SnapshotRecord;

/** A node has ended: in a cluster of processes, or in a simulation. */
export interface GoneRecord extends Origin {
  type: 'node.gone';
}

/** A bench begins a run: what was seen before has nothing to do with what comes. */
export interface RunRecord {
  type: 'run.begin';
  /** What is tested, for people. */
  title: string;
  nodes: EndpointId[];
  isSimulated: boolean;
}

/** Everything that inspectors tell and viewers show. */
export type InspectionRecord = NodeRecord | GoneRecord | RunRecord;

/** Whether Stately's own tools make sense of it. */
export function isStately(record: InspectionRecord): record is NodeRecord {
  return record.type.startsWith('@xstate.');
}

/** The session of a node's root actor. */
export function rootOf(node: EndpointId): string {
  return `${node}/x:0`;
}
