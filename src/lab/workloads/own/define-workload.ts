import { type TSchema, Type } from 'typebox';
import type { Workload } from '../workload.ts';

/** What a history may hold of an operation; anything, unless a schema says more. */
export interface OperationDefinition {
  /** Its value when it is invoked. */
  asked?: TSchema;
  /** Its value when it has succeeded. */
  outcome?: TSchema;
}

/** What a module that brings a workload says of it. */
export interface WorkloadDefinition extends Omit<
  Workload,
  'noun' | 'operations' | 'hasFinalOperations'
> {
  /** What its operations are called when they are counted: `operation` unless it says so. */
  noun?: string;
  /** Every operation, by its name in the history. */
  operations: Record<string, OperationDefinition>;
  /** Whether the test ends with a quiet time and final operations, which the source then has. */
  hasFinalOperations?: boolean;
}

/**
 * Defines a workload: what clients ask of the nodes, and how the answers are judged.
 *
 * @example
 * export default defineWorkload({
 *   name: 'ping',
 *   replies: { ping: replyOf('pong', {}) },
 *   operations: { ping: {} },
 *   createSession: () => oneRequest(() => ({ type: 'ping' }), () => null),
 *   createSource: () => ({ next: () => ({ f: 'ping', value: null }) }),
 *   createCheckers: () => ({ workload: new EveryPingAnswered() }),
 * });
 */
export function defineWorkload(definition: WorkloadDefinition): Workload {
  const operations = Object.entries(definition.operations).map(([f, { asked, outcome }]) => [
    f,
    { asked: asked ?? Type.Unknown(), outcome: outcome ?? Type.Unknown() },
  ]);
  return {
    noun: 'operation',
    hasFinalOperations: false,
    ...definition,
    operations: Object.fromEntries(operations),
  };
}
