import { readFileSync } from 'node:fs';
import { type TSchema, Type } from 'typebox';
import Schema from 'typebox/schema';
import { drawSchedule } from '../faults/draw-schedule.ts';
import { type Fault, type FaultKind, faultKinds, faultSchemas } from '../faults/fault.ts';
import type { PlannedOperation } from '../load.ts';
import { randomSources } from '../random.ts';
import type { TestOptions } from '../test-options.ts';
import type { Workload } from '../workloads/workload.ts';
import { workloads } from '../workloads/workloads.ts';
import type { TestFlags } from './test-flags.ts';
import { UsageError } from './usage-error.ts';

const operationSchema = Type.Object(
  {
    time: Type.Integer({ minimum: 0 }),
    worker: Type.Integer({ minimum: 0 }),
    f: Type.String(),
    value: Type.Unknown(),
  },
  { additionalProperties: false },
);

/**
 * Turns what the command line says into what is to be tested.
 *
 * @param seed determines the faults, unless their schedule is given
 * @throws UsageError when a file that is named cannot be read or is not what it should be
 */
export function toTestOptions(flags: TestFlags, seed: number): TestOptions {
  const { concurrency, nodeCount } = flags;
  return {
    workload: workloads[flags.workload] as Workload,
    nodeCount,
    workerCount: concurrency.count * (concurrency.perNode ? nodeCount : 1),
    timeLimitSeconds: flags.timeLimit,
    rate: flags.rate,
    latency: { mean: flags.latency, distribution: flags.latencyDist },
    topology: flags.topology,
    schedule: flags.schedule ? readSchedule(flags.schedule, nodeCount) : drawFaults(flags, seed),
    killOnlySpread: flags.killWhen === 'spread',
    ...(flags.operations && { operations: readOperations(flags.operations) }),
    ...(flags.availability !== undefined && { availability: flags.availability }),
  };
}

function drawFaults(flags: TestFlags, seed: number): Fault[] {
  const options = {
    kinds: flags.nemesis,
    nodes: Array.from({ length: flags.nodeCount }, (_, index) => `n${index}`),
    timeLimitSeconds: flags.timeLimit,
    intervalSeconds: flags.nemesisInterval,
    intensities: {
      loss: { probability: flags.loss },
      duplicate: { probability: flags.duplicate, delayMs: flags.duplicateDelay },
      reorder: { probability: flags.reorder, delayMs: flags.reorderDelay },
      slow: { nodeCount: flags.slowNodes, delayMs: flags.slowDelay },
      pause: { nodeCount: flags.pauseNodes },
      kill: { nodeCount: flags.killNodes },
    },
  };
  return drawSchedule(options, randomSources(seed).schedule);
}

function readSchedule(file: string, nodeCount: number): Fault[] {
  return readList(file).map((entry, index) => {
    const { kind } = (entry ?? {}) as { kind?: FaultKind };
    if (!kind || !faultKinds.includes(kind)) {
      throw new UsageError(`${file}: /${index}/kind must be one of ${faultKinds.join(', ')}`);
    }
    check(faultSchemas[kind], entry, file, index);
    const fault = entry as Fault;
    if (fault.to < fault.from) {
      throw new UsageError(`${file}: /${index} ends at ${fault.to} s, before it begins`);
    }
    const named = 'nodes' in fault ? fault.nodes : 'cuts' in fault ? Object.keys(fault.cuts) : [];
    const stranger = named.find((node) => !(Number(node.slice(1)) < nodeCount));
    if (stranger !== undefined) {
      throw new UsageError(
        `${file}: /${index} names ${stranger}, but this test's nodes are n0 to n${nodeCount - 1}`,
      );
    }
    return fault;
  });
}

function readOperations(file: string): PlannedOperation[] {
  return readList(file).map((entry, index) => {
    check(operationSchema, entry, file, index);
    return entry as PlannedOperation;
  });
}

function readList(file: string): unknown[] {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new UsageError(`${file} cannot be read: ${(error as Error).message}`);
  }
  if (!Array.isArray(content)) throw new UsageError(`${file} must hold a list`);
  return content;
}

function check(schema: TSchema, entry: unknown, file: string, index: number): void {
  const [, [error]] = Schema.Compile(schema).Errors(entry);
  if (error) throw new UsageError(`${file}: /${index}${error.instancePath} ${error.message}`);
}
