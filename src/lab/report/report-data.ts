import type { Picture } from '../anomalies/picture.ts';
import type { FaultKind } from '../faults/fault.ts';

/** Whole microseconds, fine enough for any picture; points in time count from the load's begin. */
export type Microseconds = number;

/**
 * What a report's page shows. It travels as JSON within the page, so whatever there is much of comes
 * in columns: lists of equal length, an entry a message or an operation.
 */
export interface ReportData {
  run: RunInfo;
  /** What the terminal said of the results: what each line is about, and its text. */
  summary: [name: string, text: string, weight?: 'bad' | 'doubt' | undefined][];
  /** What the checkers said, with long lists cut. */
  results: Results;
  /** What is wrong, drawn. */
  pictures: Picture[];
  faults: FaultBand[];
  /** When the first thing happened, and the last. */
  span: { from: Microseconds; to: Microseconds };
  operations: OperationColumns;
  messages: MessageColumns;
  /** Only when clients broadcast values. */
  values?: ValueColumns;
  /** Only when broadcasts were acknowledged. */
  convergence?: ConvergenceCurve;
}

/** Results by checker, under Maelstrom's names. */
export interface Results {
  'valid?': boolean | 'unknown';
  [checker: string]: unknown;
}

/** What was tested, and how it ended. */
export interface RunInfo {
  /** The name of the run's folder, which says when it began. */
  name: string;
  workload: string;
  end: 'completed' | 'failed' | 'interrupted';
  verdict: { 'valid?': boolean | 'unknown'; reason: string | null };
  /** When it began: ISO 8601, UTC. */
  startedAt: string;
  /** How long all of it took by the clock on the wall. */
  durationSeconds: number;
  seed: number;
  isSimulated: boolean;
  /** The command line as it was typed, and one that repeats the run. */
  typed: string;
  command: string;
  /** What every node ran, and its own arguments. */
  node: { bin: string; args: string[] };
  nodes: string[];
  options: Record<string, unknown>;
}

/** A fault, from begin to end. */
export interface FaultBand {
  kind: FaultKind;
  from: Microseconds;
  to: Microseconds;
  /** Whom it strikes, when it does not strike all. */
  nodes?: string[];
  /** What it does, for people. */
  text: string;
}

export const operationOutcomes = ['ok', 'fail', 'info'] as const;

export type OperationOutcome = (typeof operationOutcomes)[number];

/** The operations that ended, in that order. */
export interface OperationColumns {
  kinds: string[];
  /** An index in `kinds`. */
  kind: number[];
  /** An index in `operationOutcomes`. */
  outcome: number[];
  process: number[];
  invokedAt: Microseconds[];
  latency: Microseconds[];
  /** How many there were in all; only the first are listed. */
  total: number;
  rates: OperationRates;
}

/** How many operations ended in each stretch of time, all of them. */
export interface OperationRates {
  binSeconds: number;
  /** A list for each kind and outcome that there was. */
  series: { kind: string; outcome: OperationOutcome; counts: number[] }[];
}

/** Messages in the order in which they were sent. */
export interface MessageColumns {
  /** Nodes and clients. */
  endpoints: string[];
  types: string[];
  /** By how much a message's id exceeds that of the one before. */
  idStep: number[];
  /** Indices in `endpoints`. */
  src: number[];
  dest: number[];
  /** An index in `types`. */
  type: number[];
  /** How long after the one before it was sent. */
  sentStep: Microseconds[];
  /** How long it travelled; null for what never arrived. */
  travel: (Microseconds | null)[];
  /** Arrivals after the first: the message's index, and how long it travelled. */
  again: [message: number, travel: Microseconds][];
  /** An index in `bodies`. */
  body: number[];
  /** Bodies as JSON, with long parts cut. */
  bodies: string[];
  carried: CarriedColumns;
  /** How many more were sent before and after these. */
  before: number;
  after: number;
}

/**
 * Which values each message carried, as indices in `ValueColumns`. Nodes tend to send what they sent
 * before and a little more, so each message may build on an earlier one.
 */
export interface CarriedColumns {
  /** How many messages back the one lies whose values this one carries as well; 0 for none. */
  back: number[];
  /** The values that it carries besides. */
  more: number[][];
  /** How many messages this is known of: from then on there was too much of it. */
  messages: number;
}

/** The values that clients broadcast, in that order, and how each spread. */
export interface ValueColumns {
  /** As JSON, cut when long. */
  texts: string[];
  invokedAt: Microseconds[];
  outcome: (OperationOutcome | null)[];
  /** By value, then by node: how long after the invocation a node first had it. */
  delay: (Microseconds | null)[];
  /** How many there were in all; only the first are listed. */
  total: number;
}

/**
 * How far the cluster agreed, at points in time: each acknowledged value should be at each node.
 */
export interface ConvergenceCurve {
  at: Microseconds[];
  /** How many pairs of an acknowledged value and a node there were. */
  due: number[];
  /** In how many of them the node had the value. */
  known: number[];
}
