import { type Static, type TObject, type TSchema, Type } from 'typebox';
import type { AnyStateMachine } from 'xstate';
import type { Decode } from './decode.ts';
import { canStore } from './life.ts';

/** What takes in a node's messages: as much of a protocol as its hosts need. */
export interface Messages {
  /** Makes the function that turns parsed lines into the events of the node's machine. */
  createDecoder(): Decode;
}

/** Options of a node, each described by a TypeBox schema with a `default` and a `description`. */
export type OptionSchemas = Record<string, TSchema>;

/** The values of a node's options. */
export type OptionsOf<O extends OptionSchemas> = Static<TObject<O>>;

/** What `defineNode` takes. */
export interface NodeSpec<O extends OptionSchemas> {
  /** What the node does, in a sentence, for its `--help`. */
  description?: string;
  /** The messages that the node takes in: see `defineProtocol`. */
  protocol: Messages;
  /**
   * The node's options. The key `gossipInterval` is the flag `--gossip-interval` and, for a node
   * called `broadcast`, the environment variable `BROADCAST_GOSSIP_INTERVAL`. A schema's `title`
   * names the value in `--help`: `--gossip-interval <ms>`.
   */
  options?: O;
  /** The node's statechart, or what makes it out of the options' values. */
  machine: AnyStateMachine | ((options: OptionsOf<O>) => AnyStateMachine);
  /** How many values a node with this context holds, for those who look on. */
  countKnown?: (context: never) => number;
}

/** What a host needs to run a node. */
export interface NodeProgram {
  name: string;
  /** The node's statechart, set up as its options say. */
  machine: AnyStateMachine;
  protocol: Messages;
  countKnown?: (context: never) => number;
}

/** A node as a module exports it by default; hosts, the lab and `maelstate build` take it. */
export interface NodeDefinition {
  /** The id of its machine. */
  name: string;
  description: string;
  options: TObject;
  /** Whether it can keep on disk what must outlive it, so that `--data-dir` is an option of it. */
  stores: boolean;
  /** Sets the node up; the options must fit their schema. */
  create(options: Record<string, unknown>): NodeProgram;
}

/** By which a default export is known to be a node, whichever copy of this module made it. */
const BRAND = Symbol.for('maelstate.node');

/**
 * Defines a node: what it says to the world, its statechart and its options.
 *
 * @example
 * export default defineNode({ protocol, machine });
 */
export function defineNode<O extends OptionSchemas = Record<never, never>>(
  spec: NodeSpec<O>,
): NodeDefinition {
  const { protocol, machine, countKnown, description = '' } = spec;
  const options = Type.Object(spec.options ?? {});
  const createMachine = typeof machine === 'function' ? machine : () => machine;
  const defaults = defaultsOf(options);
  const usual = createMachine(defaults as OptionsOf<O>);
  const { id: name, config } = usual;
  const definition: NodeDefinition = {
    name,
    description,
    options,
    stores: canStore(config),
    create: (values) => ({
      name,
      machine: isSame(values, defaults) ? usual : createMachine(values as OptionsOf<O>),
      protocol,
      ...(countKnown && { countKnown }),
    }),
  };
  return Object.defineProperty(definition, BRAND, { value: true });
}

/** The values of a node's options where nobody says anything else. */
export function defaultsOf({ properties }: TObject): Record<string, unknown> {
  const all = Object.entries(properties).map(([name, schema]): [string, unknown] => [
    name,
    (schema as { default?: unknown }).default,
  ]);
  return Object.fromEntries(all);
}

function isSame(values: Record<string, unknown>, others: Record<string, unknown>): boolean {
  return Object.keys({ ...values, ...others }).every((name) => values[name] === others[name]);
}

/** Whether a module's export is a node. */
export function isNodeDefinition(value: unknown): value is NodeDefinition {
  return typeof value === 'object' && value !== null && BRAND in value;
}
