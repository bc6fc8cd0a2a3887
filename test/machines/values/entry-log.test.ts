import { afterEach, describe, expect, it, jest } from '@jest/globals';
import fc from '../../support/fast-check.ts';
import { EntryLog } from '../../../machines/values/entry-log.ts';
import { countBelow, type Entry, type Inventory } from '../../../machines/values/replicated-log.ts';
import type { Json } from '../../../src/wire/message.ts';

const origins = ['n0:1', 'n0:2', 'n1:1'];
const tellers = [null, 'n1:1', 'n2:1'];

/** The value of an entry never changes; some values come from several origins. */
const valueOf = (origin: string, seq: number): Json => (seq % 3 === 0 ? seq : `${origin} ${seq}`);

/** The places of the entries of an origin, as a list says them. */
const placesIn = (entries: readonly Entry[], origin: string): number[] =>
  entries
    .filter((entry) => entry.origin === origin)
    .map(({ seq }) => seq)
    .toSorted((a, b) => a - b);

/** The place of each entry, read off an inventory the plain way. */
function keysOf(inventory: Inventory): Set<string> {
  return new Set(
    Object.entries(inventory).flatMap(([origin, text]) =>
      text.split(',').flatMap((range) => {
        const [first, last = first] = range.split('-').map(Number) as [number, number?];
        return Array.from({ length: last - first + 1 }, (_, index) => keyOf(origin, first + index));
      }),
    ),
  );
}
const keyOf = (origin: string, seq: number) => `${origin}/${seq}`;
const keysIn = (entries: readonly Entry[]) =>
  new Set(entries.map(({ origin, seq }) => keyOf(origin, seq)));

interface Snapshot {
  log: EntryLog;
  /** What the log is to hold, in its order. */
  model: readonly Entry[];
}

/** A history that branches: each step adds a run to some earlier snapshot. */
const history = fc.array(
  fc.record({
    base: fc.oneof({ weight: 3, arbitrary: fc.constant(null) }, fc.nat()),
    origin: fc.constantFrom(...origins),
    first: fc.integer({ min: 1, max: 8 }),
    length: fc.integer({ min: 0, max: 4 }),
    from: fc.constantFrom(...tellers),
  }),
  { maxLength: 20 },
);

function replay(steps: typeof history extends fc.Arbitrary<infer S> ? S : never): Snapshot[] {
  const snapshots: Snapshot[] = [{ log: EntryLog.empty, model: [] }];
  for (const { base, origin, first, length, from } of steps) {
    const at = base === null ? snapshots.length - 1 : base % snapshots.length;
    const { log, model } = snapshots[at] as Snapshot;
    const run = Array.from({ length }, (_, offset) => first + offset);
    const known = placesIn(model, origin);
    const added = run
      .filter((seq) => !known.includes(seq))
      .map((seq) => ({ origin, seq, value: valueOf(origin, seq), from }));
    const values = run.map((seq) => valueOf(origin, seq));
    const next = log.appendRun(origin, first, values, from);
    expect(next === log).toBe(added.length === 0);
    snapshots.push({ log: next, model: [...model, ...added] });
  }
  return snapshots;
}

afterEach(() => {
  jest.restoreAllMocks();
});

describe('EntryLog', () => {
  it('should remember what came from where, and in what order', () => {
    const log = EntryLog.empty.append('n0:1', 'a', null).appendRun('n1:1', 1, ['b', 'c'], 'n1:1');
    expect(log.toJSON()).toEqual([
      { origin: 'n0:1', seq: 1, value: 'a', from: null },
      { origin: 'n1:1', seq: 1, value: 'b', from: 'n1:1' },
      { origin: 'n1:1', seq: 2, value: 'c', from: 'n1:1' },
    ]);
    expect([log.sourceOf(0), log.sourceOf(2)]).toEqual([null, 'n1:1']);
    expect(log.values.toJSON()).toEqual(['a', 'b', 'c']);
  });

  it('should take entries out of order, and count those before the first that is missing', () => {
    const early = EntryLog.empty.appendRun('n0:1', 3, ['c', 'd'], null);
    expect([early.count('n0:1'), early.inventory()]).toEqual([0, { 'n0:1': '3-4' }]);
    const gap = early.appendRun('n0:1', 1, ['a'], null);
    expect([gap.count('n0:1'), gap.inventory()]).toEqual([1, { 'n0:1': '1,3-4' }]);
    const whole = gap.append('n0:1', 'b', null);
    expect([whole.count('n0:1'), whole.inventory()]).toEqual([4, { 'n0:1': '1-4' }]);
    expect([early.count('n0:1'), gap.count('n0:1')]).toEqual([0, 1]);
  });

  it('should keep a value that comes from two origins once, and both entries', () => {
    const log = EntryLog.empty.append('n0:1', 7, null).append('n1:1', 7, 'n1:1');
    expect([log.size, log.values.toJSON()]).toEqual([2, [7]]);
  });

  it('should keep who told an entry first', () => {
    const log = EntryLog.empty.append('n0:1', 7, 'n1:1');
    expect(log.appendRun('n0:1', 1, [7], 'n2:1')).toBe(log);
    expect(log.sourceOf(0)).toBe('n1:1');
  });

  it('should share nothing through the empty log', () => {
    expect(EntryLog.empty.append('n0:1', 1, null).size).toBe(1);
    expect(EntryLog.empty.append('n0:1', 2, null).values.toJSON()).toEqual([2]);
    expect([EntryLog.empty.size, EntryLog.empty.inventory()]).toEqual([0, {}]);
  });

  it('should lack nothing that is empty, and something of whoever knows a new origin', () => {
    const log = EntryLog.empty.append('n0:1', 1, null);
    expect(log.lacksFrom({})).toBe(false);
    expect(log.lacksFrom({ 'n0:1': '1' })).toBe(false);
    expect(log.lacksFrom({ 'n0:1': '2' })).toBe(true);
    expect(log.lacksFrom({ 'n0:2': '1' })).toBe(true);
    expect(log.positionsBeyond({ constructor: '1' })).toEqual([0]);
  });

  it('should not look through a range that ends beyond everything that it knows', () => {
    const log = EntryLog.empty.append('n0:1', 1, null);
    expect(log.lacksFrom({ 'n0:1': `1-${Number.MAX_SAFE_INTEGER}` })).toBe(true);
    expect(log.positionsBeyond({ 'n0:1': `2-${Number.MAX_SAFE_INTEGER}` })).toEqual([0]);
  });

  it('should equal a plain list of entries, in every snapshot of a branching history', () => {
    const sometimes = { outOfOrder: 0, forked: 0 };
    fc.assert(
      fc.property(history, (steps) => {
        for (const { log, model } of replay(steps)) {
          expect(log.toJSON()).toEqual(model);
          expect(log.size).toBe(model.length);
          expect(log.values.toJSON()).toEqual([...new Set(model.map(({ value }) => value))]);
          for (const origin of origins) {
            const places = placesIn(model, origin);
            const missing = places.findIndex((seq, index) => seq !== index + 1);
            expect(log.count(origin)).toBe(missing === -1 ? places.length : missing);
            if (missing !== -1) sometimes.outOfOrder++;
          }
          expect(keysOf(log.inventory())).toEqual(keysIn(model));
        }
        if (steps.some(({ base }) => base !== null)) sometimes.forked++;
      }),
    );
    expect(Math.min(...Object.values(sometimes))).toBeGreaterThan(50);
  });

  it('should find what two logs have beyond each other as sets do', () => {
    fc.assert(
      fc.property(history, fc.nat(), fc.nat(), (steps, first, second) => {
        const snapshots = replay(steps);
        const mine = snapshots[first % snapshots.length] as Snapshot;
        const theirs = snapshots[second % snapshots.length] as Snapshot;
        const inventory = theirs.log.inventory();
        const [myKeys, theirKeys] = [keysIn(mine.model), keysIn(theirs.model)];
        expect(mine.log.lacksFrom(inventory)).toBe([...theirKeys].some((key) => !myKeys.has(key)));
        expect(mine.log.positionsBeyond(inventory)).toEqual(
          [...mine.model.keys()].filter((position) => {
            const { origin, seq } = mine.model[position] as Entry;
            return !theirKeys.has(keyOf(origin, seq));
          }),
        );
      }),
    );
  });

  it('should be the same after a round trip through JSON', () => {
    fc.assert(
      fc.property(history, (steps) => {
        for (const { log } of replay(steps)) {
          const copy = EntryLog.fromJSON(JSON.parse(JSON.stringify(log)) as Entry[]);
          expect(copy.toJSON()).toEqual(log.toJSON());
          expect(copy.inventory()).toEqual(log.inventory());
        }
      }),
    );
  });

  it('should copy no entry when the newest log is appended to, and each when an older one is', () => {
    let readings = 0;
    const watched = new Proxy(
      { key: 1 },
      {
        ownKeys: (target) => {
          readings++;
          return Reflect.ownKeys(target);
        },
      },
    );
    const old = EntryLog.empty.append('n0:1', watched, null);
    const copied = jest.spyOn(EntryLog.prototype, 'at');
    const readingsBefore = readings;
    let newest = old;
    for (let value = 0; value < 100; value++) newest = newest.append('n0:1', value, null);
    newest = newest.appendRun('n1:1', 5, [1, 2, 3], 'n1:1');
    expect([newest.size, copied.mock.calls.length, readings]).toEqual([104, 0, readingsBefore]);

    old.append('n0:1', 'a branch', null);
    expect(copied.mock.calls).toEqual([[0]]);
    expect(readings).toBeGreaterThan(readingsBefore);
  });
});

describe('countBelow', () => {
  it('should count as a filter does', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(30)), fc.integer({ min: -1, max: 31 }), (list, limit) => {
        const ascending = list.toSorted((a, b) => a - b);
        expect(countBelow(ascending, limit)).toBe(list.filter((item) => item < limit).length);
      }),
    );
  });

  it('should cost no more for an entry that claims to be far ahead', () => {
    const log = EntryLog.empty.append('n0:1', 1, null).appendRun('n0:1', 2 ** 53 - 1, [2], 'n1:1');
    expect(log.inventory()).toEqual({ 'n0:1': '1,9007199254740991' });
    expect(log.lacksFrom({ 'n0:1': '1-9007199254740991' })).toBe(true);
    expect(log.lacksFrom(log.inventory())).toBe(false);
    expect(log.positionsBeyond({ 'n0:1': '1' })).toEqual([1]);
  });
});
