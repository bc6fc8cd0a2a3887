import { describe, expect, it } from '@jest/globals';
import type { InspectionRecord } from '../../../src/inspect/inspection-event.ts';
import { History } from '../../../src/lab/inspect/history.ts';

const record = (node: string, type: string, at: number, rest: object = {}) =>
  ({
    type,
    node,
    at,
    sessionId: `${node}/x:0`,
    event: { type: 'e' },
    snapshot: { status: 'active', value: `at ${at}` },
    ...rest,
  }) as unknown as InspectionRecord;

describe('a history', () => {
  it('should keep the newest records, and before them the state of things', () => {
    const history = new History(10);
    history.add({ type: 'run.begin', title: 't', nodes: ['n0'], isSimulated: true });
    history.add(record('n0', '@xstate.actor', 0));
    for (let at = 1; at < 1000; at++) history.add(record('n0', '@xstate.snapshot', at));
    const replay = [...history.replay()];
    expect(replay.length).toBeLessThanOrEqual(2 * 10 + 3);
    expect(replay.slice(0, 2).map(({ type }) => type)).toEqual(['run.begin', '@xstate.actor']);
    const times = replay.slice(2).map((one) => 'at' in one && one.at);
    const first = times[0] as number;
    expect(times).toEqual(Array.from({ length: 1000 - first }, (_, index) => first + index));
  });

  it('should forget a node that is gone, and its earlier life', () => {
    const history = new History(2);
    history.add(record('n0', '@xstate.actor', 0));
    history.add(record('n0', '@xstate.actor', 1, { sessionId: 'n0/x:7' }));
    history.add(record('n0', 'node.gone', 2));
    history.add(record('n0', '@xstate.actor', 3));
    for (let at = 4; at < 8; at++) history.add(record('n1', '@xstate.snapshot', at));
    const kept = [...history.replay()].map((one) => 'sessionId' in one && one.sessionId);
    expect(kept).not.toContain('n0/x:7');
    expect(kept).toContain('n0/x:0');
  });
});
