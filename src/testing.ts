import Schema from 'typebox/schema';
import type { NodeDefinition } from './kit/define-node.ts';
import type { CheckResult, Validity } from './lab/checkers/checker.ts';
import type { AvailabilityGoal } from './lab/checkers/availability.ts';
import type { DiskMode } from './lab/disks/disk-mode.ts';
import { defaultIntensities, type FaultIntensities } from './lab/faults/draw-schedule.ts';
import type { Fault, FaultKind } from './lab/faults/fault.ts';
import { reasonAgainst } from './lab/faults/reason-against.ts';
import type { HistoryEvent } from './lab/history/history.ts';
import { schemaProblem } from './lab/history/schema-problem.ts';
import type { Latency } from './lab/network/latency.ts';
import type { PlannedOperation } from './lab/run/clients/load.ts';
import type { TestOptions } from './lab/run/test-options.ts';
import { testOptionsOf } from './lab/run/test-plan.ts';
import { simulate as runSimulation } from './lab/simulation/simulate.ts';
import { describeOutcome } from './lab/terminal/describe-outcome.ts';
import { settingsOf } from './lab/workloads/parts/settings.ts';
import type { Workload } from './lab/workloads/workload.ts';
import { findWorkload } from './lab/workloads/workloads.ts';
import type { Body, EndpointId } from './wire/message.ts';

export type {
  CheckResult,
  DiskMode,
  Fault,
  FaultIntensities,
  FaultKind,
  HistoryEvent,
  Latency,
  Validity,
};
export type { AvailabilityGoal, PlannedOperation };

/** A test in simulated time. Only the node and the workload must be given. */
export interface SimulatedTest {
  /** What a node's module exports by default. */
  node: NodeDefinition;
  /** The node's options, where they are to differ from what its schemas say. */
  options?: Record<string, unknown>;
  /** What clients ask of the nodes: `echo`, `broadcast`, …, or one of your own. */
  workload: string | Workload;
  /** What the workload lets be set: `{ keyCount: 3 }` is `--key-count 3`. */
  settings?: Record<string, unknown>;
  /** How many nodes there are: `n0`, `n1`, … 5 by default. */
  nodeCount?: number;
  /** How many clients there are, each with one operation at a time. As many as nodes by default. */
  concurrency?: number;
  /** For how many seconds clients ask, 10 by default. Final reads follow when all is quiet. */
  timeLimit?: number;
  /** How long nothing is asked before the final reads, in seconds. 10 by default. */
  quietTime?: number;
  /** Operations a second, of all clients together, 10 by default. */
  rate?: number;
  /** How long a message between nodes travels, in milliseconds. 0 by default. */
  latency?: number | Latency;
  /** Which neighbours nodes are offered, where the workload offers any. `grid` by default. */
  topology?: TestOptions['topology'];
  /** The kinds of faults that strike, at times that the seed determines. None by default. */
  nemesis?: readonly FaultKind[];
  /** The mean time from a fault's begin to its end, and to the next, in seconds. 2 by default. */
  nemesisInterval?: number;
  /** How hard faults strike, where it is to differ. */
  intensities?: Partial<FaultIntensities>;
  /** The very faults, instead of drawn ones; times are seconds since the load began. */
  schedule?: readonly Fault[];
  /** The very operations, instead of random ones. */
  operations?: readonly PlannedOperation[];
  /** Whether a node is only killed when another has all that it acknowledged. */
  killOnlySpread?: boolean;
  /** Gives each node a disk, and says what a kill does to it; nothing outlives a node without. */
  disk?: DiskMode;
  /** The part of all operations that must succeed, or `total`. */
  availability?: AvailabilityGoal;
  /** Determines all that is random: a whole number of 32 bits. 0 by default, so a test stays the same. */
  seed?: number;
  /** How many messages may be sent before the run is given up: 1,000,000 by default. */
  maxMessages?: number;
}

/** A message, and when it was sent, in seconds since the nodes were started. */
export interface SentMessage {
  seconds: number;
  src: EndpointId;
  dest: EndpointId;
  body: Body;
}

/** What came of a test in simulated time. */
export interface SimulatedOutcome {
  /** `unknown` when it proves nothing: it was given up, or a fault that was asked for never struck. */
  valid: Validity;
  /** All of it in words, for when a test fails. */
  summary: string;
  /** What each checker found, under Maelstrom's names. */
  results: CheckResult;
  /** What clients asked and were told, and what was done to the cluster. */
  history: HistoryEvent[];
  /** All that nodes and clients sent, in order. */
  messages: SentMessage[];
  /** What nodes logged, in order. */
  logs: { node: EndpointId; text: string }[];
  /** The faults that were carried out; `schedule` takes them. */
  schedule: readonly Fault[];
  /** How long it took in the nodes' time. */
  simulatedSeconds: number;
}

/**
 * Runs a cluster of a node in simulated time, and judges it. It returns when all is over, which takes
 * well under a second, and the same test has the same outcome, message by message.
 *
 * @throws TypeError when there is no such workload, the node does not take the options, or faults of
 *   disks are asked for, and no disks
 * @example
 * const { valid, summary } = simulate({ node, workload: 'echo', nemesis: ['pause'], seed: 7 });
 * assert.equal(valid, true, summary);
 */
export function simulate(test: SimulatedTest): SimulatedOutcome {
  const { node, seed = 0, maxMessages } = test;
  const history: HistoryEvent[] = [];
  const messages: SentMessage[] = [];
  const logs: SimulatedOutcome['logs'] = [];
  const options = toTestOptions(test, seed);
  const outcome = runSimulation({
    options,
    program: node.create(nodeOptionsOf(test)),
    seed,
    ...(maxMessages !== undefined && { maxMessages }),
    onEvent: (event) => history.push(event),
    onLog: (name, text) => logs.push({ node: name, text }),
    journals: [
      {
        sent: ({ src, dest, body }, time) =>
          messages.push({ seconds: time / 1e9, src, dest, body }),
        received: () => {},
      },
    ],
  });
  const { results, simulatedSeconds } = outcome;
  return {
    valid: results['valid?'],
    summary: describeOutcome(outcome, options),
    results,
    history,
    messages,
    logs,
    schedule: options.schedule,
    simulatedSeconds,
  };
}

function toTestOptions(test: SimulatedTest, seed: number): TestOptions {
  const { nodeCount = 5, latency = 0, operations, availability } = test;
  const workload = typeof test.workload === 'string' ? findWorkload(test.workload) : test.workload;
  const plan = {
    workload: workload.name,
    settings: settingsOf(workload, test.settings),
    nodeCount,
    workerCount: test.concurrency ?? nodeCount,
    timeLimitSeconds: test.timeLimit ?? 10,
    ...(test.quietTime !== undefined && { quietSeconds: test.quietTime }),
    rate: test.rate ?? 10,
    latency:
      typeof latency === 'number' ? { mean: latency, distribution: 'constant' as const } : latency,
    topology: test.topology ?? ('grid' as const),
    faults: test.schedule ?? {
      kinds: test.nemesis ?? [],
      intervalSeconds: test.nemesisInterval ?? 2,
      intensities: { ...defaultIntensities, ...test.intensities },
    },
    killOnlySpread: test.killOnlySpread ?? false,
    ...(test.disk && { disk: test.disk }),
    ...(operations && { operations }),
    ...(availability !== undefined && { availability }),
  };
  const reason = reasonAgainst(plan, true);
  if (reason !== undefined) throw new TypeError(reason);
  return testOptionsOf(plan, seed, workload);
}

/** The values of all of a node's options. */
function nodeOptionsOf({ node, options = {} }: SimulatedTest): Record<string, unknown> {
  const { properties } = node.options;
  const unknown = Object.keys(options).find((name) => !Object.hasOwn(properties, name));
  if (unknown !== undefined) throw new TypeError(`${node.name} has no option called ${unknown}`);
  const defaults = Object.entries(properties).map(([name, schema]) => [
    name,
    (schema as { default?: unknown }).default,
  ]);
  const values = { ...Object.fromEntries(defaults), ...options };
  const validator = Schema.Compile(node.options);
  if (validator.Check(values)) return values;
  throw new TypeError(
    `${node.name} does not take these options: ${schemaProblem(validator, values)}`,
  );
}
