import { describe, expect, it } from '@jest/globals';
import fc from '../../support/fast-check.ts';
import { ValueLog } from '../../../machines/values/value-log.ts';
import type { Json } from '../../../src/wire/message.ts';

/** Small values, so that they meet; structures too, so that they meet by value. */
const values = fc.oneof(
  fc.integer({ min: 0, max: 9 }),
  fc.constantFrom<Json>('', '1', null, true, false, 0.5, [], {}, [1], { a: 1, b: [null] }),
  fc.constant<Json>({ b: [null], a: 1 }),
);

const canonical = (value: Json): string => JSON.stringify(value, sortKeys);
const sortKeys = (_key: string, part: unknown) =>
  typeof part === 'object' && part !== null && !Array.isArray(part)
    ? Object.fromEntries(Object.entries(part).toSorted())
    : part;

describe('ValueLog', () => {
  it('should hold each value once, in the order they came', () => {
    const log = ValueLog.of([3, 1, 3, 2, 1]);
    expect(log.toJSON()).toEqual([3, 1, 2]);
    expect([...log]).toEqual([3, 1, 2]);
    expect(log.size).toBe(3);
  });

  it('should compare by value and not by identity', () => {
    const log = ValueLog.of([{ a: 1, b: 2 }, [1, 2], 1, null, 'null', '[1,2]']);
    expect(log.append({ b: 2, a: 1 })).toBe(log);
    expect(log.append([1, 2])).toBe(log);
    expect(log.append('1').size).toBe(log.size + 1);
    expect(log.has([2, 1])).toBe(false);
    expect(log.size).toBe(6);
  });

  it('should not be confused by keys that mean something to JavaScript', () => {
    const forged = JSON.parse('{"__proto__": 1}') as Json;
    const log = ValueLog.of([{}, forged, '__proto__', 'toJSON', { toJSON: 1 }]);
    expect(log.size).toBe(5);
    expect(JSON.parse(log.toJsonText())).toEqual(JSON.parse(JSON.stringify(log)));
    expect(log.toJsonText()).toContain('{"__proto__":1}');
  });

  it('should take strings that are no well-formed Unicode', () => {
    const log = ValueLog.of(['\ud800', ['\ud800'], { '\ud800': '\udfff' }]);
    expect(log.append(['\ud800'])).toBe(log);
    expect(log.append(['\ud801']).size).toBe(log.size + 1);
  });

  it('should stay what it was when something is appended to it', () => {
    const one = ValueLog.of([1]);
    const left = one.append(2);
    const right = one.append(3);
    expect([one, left, right].map((log) => log.toJSON())).toEqual([[1], [1, 2], [1, 3]]);
    expect(one.has(2)).toBe(false);
    expect(right.has(2)).toBe(false);
  });

  it('should share nothing through the empty log', () => {
    expect(ValueLog.empty.append(1).toJSON()).toEqual([1]);
    expect(ValueLog.empty.append(2).toJSON()).toEqual([2]);
    expect(ValueLog.empty.toJsonText()).toBe('[]');
  });

  it('should say the same in JsonText as in JSON, whatever was asked before', () => {
    const short = ValueLog.of([1, 'two']);
    const long = short.append({ three: 3 });
    for (const log of [short, long, short, long.append(4), long, short]) {
      expect(log.toJsonText()).toBe(JSON.stringify(log.toJSON()));
    }
  });

  it('should equal a plain list without repeats, in every snapshot of a branching history', () => {
    const steps = fc.array(
      fc.record({ from: fc.nat(), added: fc.array(values, { maxLength: 4 }) }),
    );
    fc.assert(
      fc.property(steps, (history) => {
        const snapshots: { log: ValueLog; model: Map<string, Json> }[] = [
          { log: ValueLog.empty, model: new Map() },
        ];
        for (const { from, added } of history) {
          const { log, model } = snapshots[from % snapshots.length] as (typeof snapshots)[0];
          const next = new Map(model);
          for (const value of added) {
            if (!next.has(canonical(value))) next.set(canonical(value), value);
          }
          const [first] = added;
          const isSingle = added.length === 1 && first !== undefined;
          snapshots.push({ log: isSingle ? log.append(first) : log.appendAll(added), model: next });
        }
        for (const { log, model } of snapshots) {
          expect(log.toJSON()).toEqual([...model.values()]);
          expect(JSON.parse(log.toJsonText())).toEqual(log.toJSON());
          expect(ValueLog.of(JSON.parse(JSON.stringify(log)) as Json[]).toJSON()).toEqual(
            log.toJSON(),
          );
        }
      }),
    );
  });
});
