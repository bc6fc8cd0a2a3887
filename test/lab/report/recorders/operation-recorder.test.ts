import { expect, it } from '@jest/globals';
import { OperationRecorder } from '../../../../src/lab/report/recorders/operation-recorder.ts';
import { broadcast, read } from '../../../support/histories/history-builder.ts';

function record(limit: number, ...drafts: ReturnType<typeof read>) {
  const recorder = new OperationRecorder(limit);
  const sorted = drafts.toSorted((a, b) => a.time - b.time);
  for (const [index, draft] of sorted.entries()) recorder.add({ index, ...draft }, draft.time);
  return recorder.result();
}

it('should list operations as they end, with how long they took', () => {
  const { kinds, kind, outcome, process, invokedAt, latency, total } = record(
    10,
    ...broadcast(1, [10, 50], 7),
    ...read(undefined, [20, 30], 8),
    ...read([1], [60], 9), // never ends
  );
  expect(kinds).toEqual(['read', 'broadcast']);
  expect(kind).toEqual([0, 1]);
  expect(outcome).toEqual([1, 0]);
  expect(process).toEqual([8, 7]);
  expect(invokedAt).toEqual([20, 10]);
  expect(latency).toEqual([10, 40]);
  expect(total).toBe(2);
});

it('should count all in the rates when it no longer lists them', () => {
  const { kind, total, rates } = record(1, ...read([], [0, 1]), ...read([], [2, 3]));
  expect(kind).toHaveLength(1);
  expect(total).toBe(2);
  expect(rates.series).toEqual([{ kind: 'read', outcome: 'ok', counts: [2] }]);
});

it('should leave out the nemesis', () => {
  const recorder = new OperationRecorder(10);
  const event = { index: 0, time: 0, process: 'nemesis' as const, f: 'kill', value: null };
  recorder.add({ ...event, type: 'invoke' }, 0);
  recorder.add({ ...event, type: 'info' }, 1);
  expect(recorder.result().total).toBe(0);
});
