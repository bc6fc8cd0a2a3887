import type { TSchema } from 'typebox';
import type { Body, EndpointId } from '../../wire/message.ts';
import type { Checker } from '../checkers/checker.ts';
import type { Random } from '../time-and-chance/random.ts';
import type { Topology } from '../network/topologies.ts';

/** An operation that a client is to perform. */
export interface Operation {
  f: string;
  value: unknown;
}

/** What clients ask of the nodes in a test, and how the answers are judged. */
export interface Workload {
  name: string;
  /** For every request its schema of a good reply's body, by the request's type. */
  replies: Record<string, TSchema>;
  /** What the history keeps of each operation that succeeded, by the operation's name. */
  outcomes: Record<string, TSchema>;
  /** Operations that change nothing: one that is not answered certainly did not happen. */
  harmless: ReadonlySet<string>;
  /** What each worker asks of its node before the load, if anything. */
  setUp?(node: EndpointId, topology: Topology): Body;
  /** Makes the endless sequence of operations of a test's load. */
  createLoad(random: Random): () => Operation;
  /** What each worker does last, after a quiet time, if anything. */
  finalOperation?: Operation;
  /** The request that carries an operation out. */
  toRequest(operation: Operation): Body;
  /** What the history keeps of a good reply. */
  toValue(operation: Operation, reply: Body): unknown;
  /** What judges the history, by the name its result goes under; `workload` is Maelstrom's own. */
  createCheckers(): Record<string, Checker>;
}
