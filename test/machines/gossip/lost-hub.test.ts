import { describe, expect, it } from '@jest/globals';
import { broadcastMachine } from '../../../machines/broadcast/machine.ts';
import type { DeltaBody } from '../../../machines/gossip/link/delta.ts';
import { broadcastAt, watchTest } from '../../support/simulated-test.ts';

/** The one node that has anything to tell, the hub, and when the hub is lost, in seconds. */
const TELLER = 1;
const HUB = 'n0';

/**
 * Lets one node have a value every 200 ms until 30 s, while the hub is lost from some time on.
 *
 * @returns how long after its broadcast a value came to a node that has nothing to tell, in seconds
 */
function delaysAt(node: string, lostFrom: number, lostTo: number) {
  const values = Array.from({ length: 200 }, (_, index) => ({ value: index, at: 1 + index / 5 }));
  const { received } = watchTest(
    {
      nodeCount: 9,
      workerCount: 9,
      topology: 'line',
      timeLimitSeconds: 42,
      latency: { mean: 10, distribution: 'constant' },
      operations: values.map(({ value, at }) => broadcastAt(at, TELLER, value)),
      schedule: [{ kind: 'pause', from: lostFrom, to: lostTo, nodes: [HUB] }],
    },
    broadcastMachine,
  );
  const cameAt = new Map<unknown, number>();
  for (const { seconds, parcel } of received) {
    if (parcel.dest !== node || parcel.body.type !== 'delta') continue;
    const { news = [] } = parcel.body as unknown as DeltaBody;
    for (const value of news.flatMap((run) => run.values)) {
      if (!cameAt.has(value)) cameAt.set(value, seconds);
    }
  }
  return values.map(({ value, at }) => ({ at, delay: (cameAt.get(value) ?? Infinity) - at }));
}

describe('a node that has nothing to tell', () => {
  it('should notice that its hub is lost, and hear of news in another way', () => {
    const delays = delaysAt('n8', 5, 40);
    const worst = (from: number, to: number) =>
      Math.max(...delays.filter(({ at }) => from <= at && at < to).map(({ delay }) => delay));
    expect(worst(1, 4)).toBeLessThan(0.5);
    expect(worst(5, 40)).toBeLessThan(3);
    expect(worst(9, 39)).toBeLessThan(1.2);
  });
});
