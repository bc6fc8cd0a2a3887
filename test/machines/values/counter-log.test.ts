import { describe, expect, it } from '@jest/globals';
import fc from '../../support/fast-check.ts';
import { CounterLog } from '../../../machines/values/counter-log.ts';

const origins = ['n0:1', 'n1:1', 'n2:7'];

/** What a log is to be: for each origin the place and the sum of its last entry. */
type Model = Record<string, { seq: number; sum: number }>;

const step = fc.oneof(
  fc.record({ add: fc.integer({ min: -5, max: 5 }), origin: fc.constantFrom(...origins) }),
  fc.record({ tell: fc.integer({ min: 1, max: 6 }), origin: fc.constantFrom(...origins) }),
  /** Goes back to an earlier snapshot, and on from there. */
  fc.record({ back: fc.nat(9) }),
);
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

/** What somebody tells of an origin: its sum at a place, which all agree on. */
const sumAt = (origin: string, seq: number) => seq * 100 + origins.indexOf(origin);

function take(log: CounterLog, model: Model, taken: Exclude<Step, { back: number }>) {
  const { origin } = taken;
  const { seq, sum } = model[origin] ?? { seq: 0, sum: 0 };
  if ('add' in taken) {
    const next = { seq: seq + 1, sum: sum + taken.add };
    return { log: log.add(origin, taken.add), model: { ...model, [origin]: next } };
  }
  const told = { seq: taken.tell, sum: sumAt(origin, taken.tell) };
  return {
    log: log.appendRun(origin, told.seq, [told.sum], 'n9:1'),
    model: told.seq > seq ? { ...model, [origin]: told } : model,
  };
}

const totalOf = (model: Model) => Object.values(model).reduce((sofar, { sum }) => sofar + sum, 0);

function expectLike(log: CounterLog, model: Model): void {
  expect(log.total).toBe(totalOf(model));
  for (const origin of origins) expect(log.count(origin)).toBe(model[origin]?.seq ?? 0);
  const entries = log.toJSON();
  expect(entries).toHaveLength(Object.keys(model).length);
  for (const { origin, seq, value, position } of entries) {
    expect({ seq, sum: value }).toEqual(model[origin]);
    expect([log.next(position), log.at(position)]).toEqual([
      position,
      expect.objectContaining({ origin, seq, value }),
    ]);
  }
  expect(log.positionsBeyond({})).toEqual(entries.map(({ position }) => position));
  expect(log.countBetween(0, log.size)).toBeGreaterThanOrEqual(entries.length);
}

describe('CounterLog', () => {
  it('should be what its steps make of it, and so should every earlier snapshot', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
        const snapshots = [{ log: CounterLog.empty, model: {} as Model }];
        for (const taken of steps) {
          const at = 'back' in taken ? Math.max(0, snapshots.length - 1 - taken.back) : -1;
          const from = snapshots.at(at) as (typeof snapshots)[number];
          snapshots.push('back' in taken ? from : take(from.log, from.model, taken));
        }
        for (const { log, model } of snapshots) expectLike(log, model);
        const { log } = snapshots.at(-1) as (typeof snapshots)[number];
        const copy = CounterLog.fromJSON(JSON.parse(JSON.stringify(log)));
        expect(JSON.stringify(copy)).toBe(JSON.stringify(log));
        expect([copy.size, copy.total]).toEqual([log.size, log.total]);
      }),
    );
  });

  it('should come to the same total wherever all is told, in whatever order', () => {
    const telling = fc.array(fc.tuple(fc.constantFrom(...origins), fc.integer({ min: 1, max: 9 })));
    fc.assert(
      fc.property(telling, (told) => {
        const learn = (list: typeof told) =>
          list.reduce(
            (log, [origin, seq]) => log.appendRun(origin, seq, [sumAt(origin, seq)], null),
            CounterLog.empty,
          );
        const [one, other] = [learn(told), learn([...told, ...told].toReversed())];
        expect(other.total).toBe(one.total);
        expect(other.inventory()).toEqual(one.inventory());
        expect(one.lacksFrom(other.inventory())).toBe(false);
        expect(one.positionsBeyond(other.inventory())).toEqual([]);
      }),
    );
  });

  it('should lack what others have, and tell no more than they lack', () => {
    const log = CounterLog.empty.add('n0:1', 1).add('n1:1', 2).add('n0:1', 3);
    expect(log.inventory()).toEqual({ 'n0:1': '1-2', 'n1:1': '1' });
    expect(log.lacksFrom({ 'n0:1': '1-3' })).toBe(true);
    expect(log.lacksFrom({ 'n2:1': '1' })).toBe(true);
    expect(log.positionsBeyond({ 'n1:1': '1' }).map((at) => log.at(at))).toEqual([
      { origin: 'n0:1', seq: 2, value: 4, from: null },
    ]);
  });

  it('should pass over what later sums stand for', () => {
    const log = CounterLog.empty.add('n0:1', 1).add('n1:1', 2).add('n0:1', 3);
    expect([0, 1, 2, 3].map((position) => log.next(position))).toEqual([1, 1, 2, 3]);
  });

  it('should take nothing from an entry that is no number', () => {
    expect(CounterLog.empty.appendRun('n0:1', 1, ['1'], null)).toBe(CounterLog.empty);
  });

  it('should keep one sum of a million additions', () => {
    let log = CounterLog.empty;
    const before = process.memoryUsage().heapUsed;
    for (let count = 0; count < 1_000_000; count++) log = log.add('n0:1', 1);
    expect([log.total, log.size, log.toJSON().length]).toEqual([1_000_000, 1_000_000, 1]);
    expect(JSON.stringify(log.inventory())).toBe('{"n0:1":"1-1000000"}');
    // As entries of their own they would take some 300 bytes each.
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(100e6);
    expect(log.countBetween(0, log.size)).toBeLessThan(100);
  });
});
