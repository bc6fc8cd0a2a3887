import type { TSchema } from 'typebox';
import type { Body, EndpointId } from '../../wire/message.ts';
import type { Picture } from '../anomalies/picture.ts';
import type { Checker, CheckResult } from '../checkers/checker.ts';
import type { CommonResults } from '../checkers/results.ts';
import type { HistoryEvent } from '../history/history.ts';
import type { Topology } from '../network/topologies.ts';
import type { NameOfProcess, Row } from '../terminal/rows/rows.ts';
import type { Random } from '../time-and-chance/random.ts';
import type { Settings, WorkloadSetting } from './parts/settings.ts';

/** An operation that a client is to perform. */
export interface Operation {
  f: string;
  value: unknown;
  /** Of kafka's `assign`: read from the first offset on, rather than from where the client was. */
  'seek-to-beginning?'?: true;
}

/** What the history keeps of an operation's value. */
export interface OperationSchemas {
  /** When it is invoked. */
  asked: TSchema;
  /** When it succeeded. */
  outcome: TSchema;
}

/** What a client remembers between its operations, and how it carries them out. */
export interface Session {
  /**
   * The requests that an operation takes, one after the other: each is handed the body of its good
   * reply. Returns what the history keeps. A request that fails ends the operation.
   */
  perform(operation: Operation): Generator<Body, unknown, Body>;
  /** What the history keeps besides of the operation that has just succeeded, for our own judges. */
  remark?(): Pick<HistoryEvent, 'committed'>;
}

/** An operation of the end of a test. */
export interface FinalOperation extends Operation {
  /** How long the worker waits before it, in milliseconds. */
  waitMs?: number;
}

/** What operations the workers of one test perform. */
export interface OperationSource {
  /**
   * What a free worker is to do next.
   *
   * @param worker from 0
   * @param seconds since the load began
   */
  next(worker: number, seconds: number): Operation;
  /** What a worker does after the quiet time: called again and again, until there is nothing more. */
  nextFinal?(worker: number): FinalOperation | undefined;
  /** How far the operations have come, in the workload's words: `on 3 keys`. */
  describeDone?(): string;
  /** Told of every event of the history. */
  observe?(event: HistoryEvent): void;
}

/** What an operation source is made for. */
export interface LoadContext {
  random: Random;
  nodeCount: number;
  workerCount: number;
  settings: Settings;
}

/**
 * What clients ask of the nodes in a test, and how the answers are judged.
 *
 * @template R what its checkers find, by the name it goes under: what `describe` may rely on, and
 *   what the checkers must give
 */
// oxlint-disable-next-line typescript/no-explicit-any -- workloads of all results, in one list
export interface Workload<R extends Record<keyof R, CheckResult> = any> {
  name: string;
  /** The path of the module that brings it, unless it is this bench's own. */
  module?: string;
  /** What its operations are called when they are counted: `transaction`. */
  noun: string;
  /** For every request its schema of a good reply's body, by the request's type. */
  replies: Record<string, TSchema>;
  /** Every operation, by its name in the history. */
  operations: Record<string, OperationSchemas>;
  /** What the command line may set, by name; each workload that has one of a name has the same. */
  settings?: Record<string, WorkloadSetting>;
  /** Operations that may be repeated at will: one that is not answered counts as not done. */
  idempotent?: ReadonlySet<string>;
  /** Operations that change nothing: a node that has served only these has nothing to lose. */
  reading?: ReadonlySet<string>;
  /** Operations in which a client leaves and another takes its place, without a request. */
  departures?: ReadonlySet<string>;
  /** Operations whose value is a list that may be shortened to make a failing test smaller. */
  divisible?: ReadonlySet<string>;
  /** Whether even an error that says that nothing was done leaves open what was. */
  distrustsErrors?: boolean;
  /** Whether a client goes on after an operation whose outcome is open. */
  keepsClients?: boolean;
  /** Whether the test ends with a quiet time and final operations. */
  hasFinalOperations: boolean;
  /** How long a client waits for a reply, in milliseconds; 5 s unless it says so. */
  patienceMs?(meanLatencyMs: number): number;
  /** What each worker asks of its node before the load, if anything. */
  setUp?(node: EndpointId, topology: Topology): Body;
  createSession(): Session;
  createSource(context: LoadContext): OperationSource;
  /** What judges the history, by the name its result goes under; `workload` is Maelstrom's own. */
  createCheckers(settings: Settings): { [Name in keyof R]: Checker<R[Name]> };
  /** What is wrong, as the report is to draw it. */
  picture?(results: R & CommonResults): Picture[];
  /** The results in this workload's own words; without it, they are shown as they are. */
  describe?(results: R & CommonResults, nameOf: NameOfProcess): Row[];
}
