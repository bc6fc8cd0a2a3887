import type { TSchema } from 'typebox';
import type { AnyStateMachine } from 'xstate';
import { broadcastMachine } from '../../machines/broadcast.ts';
import { broadcastMessages } from '../protocol/broadcast.ts';

/** A node's statechart, and the schemas of the messages it takes in. */
export interface NodeMachine {
  machine: AnyStateMachine;
  messages: Record<string, TSchema>;
}

/** The machines of `machines/`, by name. */
export const machines: Record<string, NodeMachine> = {
  broadcast: { machine: broadcastMachine, messages: broadcastMessages },
};
