import { describe, expect, it } from '@jest/globals';
import broadcast from '../../machines/broadcast/broadcast.ts';
import gCounter from '../../machines/g-counter/g-counter.ts';
import gSet from '../../machines/g-set/g-set.ts';
import kafka from '../../machines/kafka/kafka.ts';
import linKv from '../../machines/lin-kv/lin-kv.ts';
import pnCounter from '../../machines/pn-counter/pn-counter.ts';
import txnListAppend from '../../machines/txn-list-append/txn-list-append.ts';
import txnRwRegister from '../../machines/txn-rw-register/txn-rw-register.ts';
import echo from '../../machines/echo/echo.ts';
import uniqueIds from '../../machines/unique-ids/unique-ids.ts';
import type { Inspection } from '../../src/inspect/inspection.ts';
import { defaultIntensities } from '../../src/lab/faults/draw-schedule.ts';
import { faultKinds } from '../../src/lab/faults/fault.ts';
import { testOptionsOf } from '../../src/lab/run/test-plan.ts';
import { simulate } from '../../src/lab/simulation/simulate.ts';
import { settingsOf } from '../../src/lab/workloads/parts/settings.ts';
import { findWorkload } from '../../src/lab/workloads/workloads.ts';
import type { NodeDefinition } from '../../src/kit/define-node.ts';

const nodes: [string, NodeDefinition, string, object][] = [
  ['echo', echo, 'echo', {}],
  ['unique-ids', uniqueIds, 'unique-ids', {}],
  ['broadcast on a tree', broadcast, 'broadcast', {}],
  ['broadcast on the topology', broadcast, 'broadcast', { overlay: 'topology' }],
  ['broadcast of everything', broadcast, 'broadcast', { gossip: 'full' }],
  ['g-set', gSet, 'g-set', {}],
  ['g-counter', gCounter, 'g-counter', {}],
  ['pn-counter', pnCounter, 'pn-counter', {}],
  ['registers by transaction', txnRwRegister, 'txn-rw-register', {}],
  ['registers by consensus', linKv, 'lin-kv', {}],
  ['lists by consensus', txnListAppend, 'txn-list-append', {}],
  ['logs by consensus', kafka, 'kafka', {}],
];

const blind: Inspection = { observe: () => {}, sent: () => {}, stop: () => {} };

/** All that is said in a simulated test with every fault, message by message. */
function run(node: NodeDefinition, workload: string, given: object, isInspected: boolean) {
  const defaults = Object.entries(node.options.properties).map(([name, schema]) => [
    name,
    (schema as { default?: unknown }).default,
  ]);
  const plan = {
    workload,
    settings: settingsOf(findWorkload(workload), {}),
    nodeCount: 5,
    workerCount: 5,
    timeLimitSeconds: 5,
    rate: 20,
    latency: { mean: 20, distribution: 'exponential' as const },
    topology: 'grid' as const,
    faults: { kinds: faultKinds, intervalSeconds: 2, intensities: defaultIntensities },
    killOnlySpread: false,
  };
  const said: string[] = [];
  simulate({
    options: testOptionsOf(plan, 5),
    program: node.create({ ...Object.fromEntries(defaults), ...given }),
    seed: 5,
    onEvent: (event) => said.push(JSON.stringify(event)),
    onLog: (name, text) => said.push(`${name} ${text}`),
    journals: [
      {
        sent: (parcel, time) => said.push(JSON.stringify({ time, parcel })),
        received: () => {},
      },
    ],
    ...(isInspected && { inspect: () => blind }),
  });
  return said;
}

describe('a fast machine', () => {
  // Inspected nodes are XState's own.
  it.each(nodes)(
    'should say in a cluster what XState says: %s',
    (_name, node, workload, options) => {
      const said = run(node, workload, options, false);
      expect(said.length).toBeGreaterThan(150);
      expect(said).toEqual(run(node, workload, options, true));
    },
  );
});
