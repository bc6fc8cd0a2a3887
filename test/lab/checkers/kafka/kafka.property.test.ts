import { describe, expect, it } from '@jest/globals';
import fc from '../../../support/fast-check.ts';
import type { HistoryEvent } from '../../../../src/lab/history/history.ts';
import { judgeHistory } from '../../../support/histories/recorded.ts';
import { naiveAnomalies } from './naive-log.ts';
import { runs } from '../../../support/runs.ts';

const RUNS = runs(600);
const KEYS = ['7', '8'];
const PROCESSES = 3;

type Placed = [offset: number, message: number];

const moves = fc.record({
  f: fc.constantFrom('send', 'send', 'poll', 'poll', 'assign'),
  process: fc.nat(PROCESSES - 1),
  key: fc.constantFrom(...KEYS),
  /** Of a send: how it ends, and whether an open one is done. */
  end: fc.constantFrom('ok', 'ok', 'ok', 'fail', 'info'),
  isDone: fc.boolean(),
  /** Of a poll: how many messages it returns at most. */
  most: fc.integer({ min: 1, max: 4 }),
});
type Move = typeof moves extends fc.Arbitrary<infer T> ? T : never;

/** What clients see of logs that are in order; in the end each process polls all. */
function runLogs(all: readonly Move[]): HistoryEvent[] {
  const history: HistoryEvent[] = [];
  const logs = new Map<string, number[]>(KEYS.map((key) => [key, []]));
  const positions = Array.from({ length: PROCESSES }, () => new Map(KEYS.map((key) => [key, 0])));
  // A process that has gone is followed by another, with the positions of a new client.
  const numbers = positions.map((_, process) => process);
  let lastMessage = 0;
  const record = (worker: number, f: string, asked: unknown, type: string, outcome: unknown) => {
    const common = { process: numbers[worker] as number, f };
    const index = history.length;
    history.push({ ...common, index, time: index * 1e6, type: 'invoke', value: asked });
    const end = { type: type as 'ok', value: outcome };
    history.push({ ...common, index: index + 1, time: (index + 1) * 1e6, ...end });
    if (type === 'info') numbers[worker] = (numbers[worker] as number) + PROCESSES;
  };
  const poll = (worker: number, most: number) => {
    const returned: Record<string, Placed[]> = {};
    for (const [key, from] of positions[worker] as Map<string, number>) {
      const messages = (logs.get(key) as number[]).slice(from, from + most);
      if (messages.length === 0) continue;
      returned[key] = messages.map((message, place) => [3 * (from + place), message]);
      positions[worker]?.set(key, from + messages.length);
    }
    record(worker, 'poll', [['poll']], 'ok', [['poll', returned]]);
  };
  for (const { f, process, key, end, isDone, most } of all) {
    if (f === 'poll') poll(process, most);
    if (f === 'assign') {
      positions[process] = new Map([[key, positions[process]?.get(key) ?? 0]]);
      record(process, 'assign', [key], 'ok', [key]);
    }
    if (f !== 'send') continue;
    const message = ++lastMessage;
    const log = logs.get(key) as number[];
    if (end === 'ok' || (end === 'info' && isDone)) log.push(message);
    const asked = [['send', key, message]];
    const placed = [['send', key, [3 * (log.length - 1), message]]];
    record(process, 'send', asked, end, end === 'ok' ? placed : asked);
  }
  for (const worker of positions.keys()) {
    positions[worker] = new Map(KEYS.map((key) => [key, 0]));
    // Positions before are forgotten, key by key.
    for (const key of KEYS) record(worker, 'assign', [key], 'ok', [key]);
    record(worker, 'assign', KEYS, 'ok', KEYS);
    const isEverythingSeen = () =>
      KEYS.every((key) => positions[worker]?.get(key) === logs.get(key)?.length);
    while (!isEverythingSeen()) poll(worker, 4);
  }
  return history;
}

const mutations = fc.record({
  at: fc.nat(),
  place: fc.nat(5),
  kind: fc.constantFrom('drop', 'swap', 'repeat', 'offset', 'message', 'clear'),
});
type Mutation = typeof mutations extends fc.Arbitrary<infer T> ? T : never;

/** Changes what one poll or send was told. */
function mutate(history: readonly HistoryEvent[], { at, place, kind }: Mutation): HistoryEvent[] {
  const answers = history.filter(
    ({ f, type, value }) => type === 'ok' && f !== 'assign' && JSON.stringify(value).includes('[['),
  );
  const changed = answers[at % Math.max(1, answers.length)];
  if (!changed) return [...history];
  const value = structuredClone(changed.value) as any;
  if (changed.f === 'send') {
    if (kind === 'offset') value[0][2][0] = 3 * place;
  } else {
    const lists = Object.values<Placed[]>(value[0][1] ?? {});
    const list = lists[place % Math.max(1, lists.length)];
    if (list?.length) change(list, place % list.length, kind);
  }
  return history.map((event) => (event === changed ? { ...event, value } : event));
}

function change(list: Placed[], place: number, kind: Mutation['kind']): void {
  const chosen = list[place] as Placed;
  if (kind === 'drop') list.splice(place, 1);
  if (kind === 'swap') list.push(...list.splice(place, 1));
  if (kind === 'repeat') list.splice(place, 0, [...chosen]);
  if (kind === 'offset') chosen[0] += 3;
  if (kind === 'message') chosen[1] += 1;
  if (kind === 'clear') list.length = 0;
}

function judge(history: readonly HistoryEvent[]): string[] {
  return judgeHistory('kafka', history).workload?.['bad-error-types'] as string[];
}

const histories = fc.array(moves, { minLength: 4, maxLength: 24 }).map(runLogs);

describe('kafka, against a naive reading of the definitions', () => {
  it('should find nothing wrong with logs in order', () => {
    fc.assert(
      fc.property(histories, (history) => {
        expect(judge(history)).toEqual([]);
        expect(naiveAnomalies(history)).toEqual([]);
      }),
      { numRuns: RUNS },
    );
  });

  it('should find the same as the naive one wrong with changed answers', () => {
    const counts = new Map<string, number>();
    fc.assert(
      fc.property(histories, fc.array(mutations, { minLength: 1, maxLength: 3 }), (sound, some) => {
        const history = some.reduce<HistoryEvent[]>(mutate, sound);
        const types = judge(history);
        for (const type of types) counts.set(type, (counts.get(type) ?? 0) + 1);
        expect(types.toSorted()).toEqual(naiveAnomalies(history));
      }),
      { numRuns: RUNS },
    );
    const seldom = [...counts].filter(([, count]) => count < 3).map(([type]) => type);
    expect({ kinds: counts.size, seldom }).toEqual({ kinds: expect.any(Number), seldom: [] });
    expect(counts.size).toBeGreaterThanOrEqual(9);
  });
});
