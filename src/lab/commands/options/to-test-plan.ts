import { readFileSync } from 'node:fs';
import { Type } from 'typebox';
import Schema from 'typebox/schema';
import { JsonValue } from '../../../wire/json-value.ts';
import type { EndpointId } from '../../../wire/message.ts';
import { type Fault, type FaultKind, faultKinds, faultSchemas } from '../../faults/fault.ts';
import type { PlannedOperation } from '../../run/clients/load.ts';
import { schemaProblem } from '../../history/schema-problem.ts';
import { type FaultPlan, nodeIds, type TestPlan } from '../../run/test-plan.ts';
import type { Workload } from '../../workloads/workload.ts';
import { findWorkload } from '../../workloads/workloads.ts';
import type { TestFlags } from './test-flags.ts';
import { UsageError } from '../../usage-error.ts';
import { readSettings } from './workload-flags.ts';

const operationValidator = Schema.Compile(
  Type.Object(
    {
      time: Type.Integer({ minimum: 0 }),
      worker: Type.Integer({ minimum: 0 }),
      f: Type.String(),
      value: JsonValue,
      'seek-to-beginning?': Type.Optional(Type.Literal(true)),
    },
    { additionalProperties: false },
  ),
);
const faultValidators = new Map<FaultKind, Schema.Validator>(
  faultKinds.map((kind) => [kind, Schema.Compile(faultSchemas[kind])]),
);

/**
 * Turns what the command line says into what is to be tested.
 *
 * @throws UsageError when a file that is named cannot be read or is not what it should be
 */
export function toTestPlan(flags: TestFlags): TestPlan {
  const { concurrency, nodeCount } = flags;
  const workload = findWorkload(flags.workload);
  const workerCount = concurrency.count * (concurrency.perNode ? nodeCount : 1);
  return {
    workload: workload.module ?? workload.name,
    settings: readSettings(flags, workload),
    nodeCount,
    workerCount,
    timeLimitSeconds: flags.timeLimit,
    quietSeconds: flags.quietTime,
    rate: flags.rate,
    latency: { mean: flags.latency, distribution: flags.latencyDist },
    topology: flags.topology,
    faults: flags.schedule ? readSchedule(flags.schedule, nodeIds(nodeCount)) : toFaultPlan(flags),
    killOnlySpread: flags.killWhen === 'spread',
    ...(flags.disk && { disk: flags.disk }),
    ...(flags.operations && {
      operations: readOperations(flags.operations, workload, workerCount),
    }),
    ...(flags.availability !== undefined && { availability: flags.availability }),
  };
}

function toFaultPlan(flags: TestFlags): FaultPlan {
  return {
    kinds: flags.nemesis,
    intervalSeconds: flags.nemesisInterval,
    intensities: {
      loss: { probability: flags.loss },
      duplicate: { probability: flags.duplicate, delayMs: flags.duplicateDelay },
      reorder: { probability: flags.reorder, delayMs: flags.reorderDelay },
      slow: { nodeCount: flags.slowNodes, delayMs: flags.slowDelay },
      pause: { nodeCount: flags.pauseNodes },
      kill: { nodeCount: flags.killNodes },
      serviceSlow: { delayMs: flags.serviceDelay },
      slowDisk: { nodeCount: flags.slowDiskNodes, delayMs: flags.slowDiskDelay },
      fullDisk: { nodeCount: flags.fullDiskNodes },
      clock: { skewMs: flags.clockSkew },
    },
  };
}

function readSchedule(file: string, nodes: EndpointId[]): Fault[] {
  return readList(file).map((entry, index) => {
    const { kind } = (entry ?? {}) as Partial<Fault>;
    const validator = kind && faultValidators.get(kind);
    if (!validator) {
      throw new UsageError(`${place(file, index)}: /kind must be one of ${faultKinds.join(', ')}`);
    }
    check(validator, entry, place(file, index));
    const fault = entry as Fault;
    if (fault.to < fault.from) {
      throw new UsageError(`${place(file, index)} ends at ${fault.to} s, before it begins`);
    }
    const stranger = nodesNamedBy(fault).find((node) => !nodes.includes(node));
    if (stranger !== undefined) {
      throw new UsageError(
        `${place(file, index)} names ${stranger}, but this test's nodes are n0 to ${nodes.at(-1)}`,
      );
    }
    return fault;
  });
}

function nodesNamedBy(fault: Fault): EndpointId[] {
  if ('cuts' in fault) return Object.entries(fault.cuts).flat(2);
  if (fault.kind === 'loss') return (fault.messages ?? []).flatMap(({ src, dest }) => [src, dest]);
  return 'nodes' in fault ? fault.nodes : [];
}

function readOperations(
  file: string,
  { name, operations }: Workload,
  workerCount: number,
): PlannedOperation[] {
  const askedValidators = new Map(
    Object.entries(operations).map(([f, { asked }]) => [f, Schema.Compile(asked)]),
  );
  return readList(file).map((entry, index) => {
    check(operationValidator, entry, place(file, index));
    const operation = entry as PlannedOperation;
    const asked = askedValidators.get(operation.f);
    if (!asked) {
      const known = Object.keys(operations).join(', ');
      throw new UsageError(`${place(file, index)}: /f must be one of ${known}, for ${name}`);
    }
    check(asked, operation.value, `${place(file, index)}, the value`);
    if (operation.worker >= workerCount) {
      throw new UsageError(
        `${place(file, index)} is for worker ${operation.worker}, but this test's workers are 0 to ${workerCount - 1}`,
      );
    }
    return operation;
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

function check(validator: Schema.Validator, entry: unknown, where: string): void {
  if (validator.Check(entry)) return;
  throw new UsageError(`${where}: ${schemaProblem(validator, entry)}`);
}

/** Where in a file's list something is wrong, for people: they count from 1. */
function place(file: string, index: number): string {
  return `${file}, entry ${index + 1}`;
}
