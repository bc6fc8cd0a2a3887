import {
  createBroadcastMachine,
  defaultBroadcastOptions,
} from '../../machines/broadcast/machine.ts';
import type { Fault } from '../../src/lab/faults/fault.ts';
import type { HistoryEvent } from '../../src/lab/history/history.ts';
import type { PlannedOperation } from '../../src/lab/run/clients/load.ts';
import type { Parcel } from '../../src/lab/network/network.ts';
import { simulate } from '../../src/lab/simulation/simulate.ts';
import type { TestOptions } from '../../src/lab/run/test-options.ts';
import { broadcastWorkload } from '../../src/lab/workloads/broadcast.ts';
import { protocol } from '../../machines/broadcast/protocol.ts';

/** Five broadcast nodes, 20 s at 10 operations a second, and nothing done to them. */
export const soundTest: TestOptions = {
  workload: broadcastWorkload,
  settings: {},
  nodeCount: 5,
  workerCount: 5,
  timeLimitSeconds: 20,
  rate: 10,
  latency: { mean: 0, distribution: 'constant' },
  topology: 'grid',
  schedule: [],
  killOnlySpread: false,
};

/** A node that tells its neighbours everything all the time, so that faults always strike something. */
const talkativeMachine = createBroadcastMachine({
  ...defaultBroadcastOptions,
  gossip: 'full',
});

/** The program of broadcast nodes that run a machine of that kind. */
export const programOf = (machine = talkativeMachine) => ({ name: 'broadcast', machine, protocol });

/** A broadcast at some second, asked of a node by the worker of its number. */
export function broadcastAt(seconds: number, worker: number, value: number): PlannedOperation {
  return { time: seconds * 1e9, worker, f: 'broadcast', value };
}

/** A message and when it was sent, or when it arrived, in seconds since the load began. */
export interface Sighting {
  seconds: number;
  parcel: Parcel;
}

/** Simulates a test and keeps all that could be seen of it. */
export function watchTest(changes: Partial<TestOptions>, machine = talkativeMachine, seed = 1) {
  const history: HistoryEvent[] = [];
  const sent: Sighting[] = [];
  const received: Sighting[] = [];
  const outcome = simulate({
    options: { ...soundTest, ...changes },
    program: programOf(machine),
    seed,
    onEvent: (event) => history.push(event),
    journals: [
      {
        sent: (parcel, time) => sent.push({ seconds: time / 1e9, parcel }),
        received: (parcel, time) => received.push({ seconds: time / 1e9, parcel }),
      },
    ],
  });
  const { results } = outcome;
  return { outcome, results: results as Record<string, any>, history, sent, received };
}

/** What the nemesis did, and when: `[seconds, what, value]`. */
export function nemesisEvents(history: HistoryEvent[]): [number, string, unknown][] {
  return history
    .filter(({ process }) => process === 'nemesis')
    .map(({ time, f, value }) => [time / 1e9, f, value]);
}

/** One fault of each kind, from one second to another. */
export function oneOfEach(from: number, to: number): Fault[] {
  const window = { from, to };
  const cuts = { n0: ['n1', 'n2', 'n3', 'n4'] };
  return [
    { kind: 'partition', ...window, shape: 'one', cuts },
    { kind: 'one-way', ...window, shape: 'one', cuts },
    { kind: 'loss', ...window, probability: 0.2 },
    { kind: 'duplicate', ...window, probability: 0.2, delayMs: 500 },
    { kind: 'reorder', ...window, probability: 0.2, delayMs: 500 },
    { kind: 'slow', ...window, nodes: ['n1'], delayMs: 500 },
    { kind: 'pause', ...window, nodes: ['n2'] },
    { kind: 'kill', ...window, nodes: ['n3'] },
  ];
}
