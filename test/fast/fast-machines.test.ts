import { describe, expect, it } from '@jest/globals';
import broadcast from '../../machines/broadcast/broadcast.ts';
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
