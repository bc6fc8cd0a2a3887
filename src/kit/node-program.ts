import type { TSchema } from 'typebox';
import type { AnyStateMachine } from 'xstate';

/** What a host needs to run a node. */
export interface NodeProgram {
  /** The node's statechart, set up as its options say. */
  machine: AnyStateMachine;
  /** The schemas of the messages it takes in, by type. */
  messages: Record<string, TSchema>;
  /** How many values a node with this context holds, for those who look on. */
  countKnown?: (context: never) => number;
  /** The WebSocket server that is to be told of all that happens in the node, if any. */
  inspectUrl?: string;
}

/**
 * Makes a node's program out of the arguments of its command line.
 *
 * @throws CommanderError, after saying on stderr what is wrong, when the arguments are not valid
 */
export type CreateNode = (args: string[]) => NodeProgram;
