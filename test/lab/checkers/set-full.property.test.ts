import { describe, expect, it } from '@jest/globals';
import fc from '../../support/fast-check.ts';
import { SetFullChecker } from '../../../src/lab/checkers/set-full.ts';
import { broadcast, judge, read } from '../../support/histories/history-builder.ts';
import { runs } from '../../support/runs.ts';

const RUNS = runs(500);
const VALUES = 4;

const span = fc.tuple(fc.nat(20), fc.nat(10)).map(([asked, takes]) => [asked, asked + takes]);
const adds = fc.array(fc.record({ span, isOpen: fc.boolean() }), {
  minLength: 1,
  maxLength: VALUES,
});
const reads = fc.array(fc.record({ span, values: fc.subarray([0, 1, 2, 3]) }), { maxLength: 6 });

type Adds = { span: number[]; isOpen: boolean }[];
type Reads = { span: number[]; values: number[] }[];

/** Times that differ: of events at one moment, those that are named first come first. */
function spread(all: Adds, seen: Reads) {
  const events = [...all, ...seen].flatMap(({ span: [asked, ended] }, index) => [
    { at: asked as number, index, end: 0 },
    { at: ended as number, index, end: 1 },
  ]);
  const sorted = events.toSorted((a, b) => a.at - b.at || a.end - b.end || a.index - b.index);
  const timeOf = (index: number, end: number) =>
    sorted.findIndex((event) => event.index === index && event.end === end);
  const spanOf = (index: number): [number, number] => [timeOf(index, 0), timeOf(index, 1)];
  return { spanOfAdd: spanOf, spanOfRead: (index: number) => spanOf(all.length + index) };
}

/** The naive twin: what has become of one value, by the words of the definition. */
function fateOf(
  value: number,
  added: [number, number | undefined],
  seen: { values: number[]; span: [number, number] }[],
): 'stable' | 'lost' | 'never-read' {
  const since = seen.filter(({ span: [, ended] }) => ended > added[0]);
  const returning = since.filter(({ values }) => values.includes(value));
  const lacking = since.filter(({ values }) => !values.includes(value));
  const known = [...(added[1] === undefined ? [] : [added[1]]), ...returning.map((r) => r.span[1])];
  const isLater = (a: { span: [number, number] }, b: { span: [number, number] }) =>
    a.span[0] > b.span[0];
  if (returning.some((one) => lacking.every((other) => isLater(one, other)))) return 'stable';
  const missed = lacking.filter((one) => returning.every((other) => isLater(one, other)));
  const isLost = known.length > 0 && missed.some(({ span: [asked] }) => asked > Math.min(...known));
  return isLost ? 'lost' : 'never-read';
}

function disagreement(checker: SetFullChecker, all: Adds, seen: Reads): unknown {
  const { spanOfAdd, spanOfRead } = spread(all, seen);
  const found = judge(checker, [
    ...all.flatMap(({ isOpen }, value) => {
      const [asked, ended] = spanOfAdd(value);
      return broadcast(value, isOpen ? [asked] : [asked, ended], 100 + value);
    }),
    ...seen.flatMap(({ values }, index) => read(values, spanOfRead(index), index)),
  ]);
  const fates = all.map(({ isOpen }, value) => {
    const [asked, ended] = spanOfAdd(value);
    const told = seen.map(({ values }, index) => ({ values, span: spanOfRead(index) }));
    return fateOf(value, [asked, isOpen ? undefined : ended], told);
  });
  const of = (fate: string) => [...fates.keys()].filter((value) => fates[value] === fate);
  const expected = {
    lost: of('lost'),
    'never-read': of('never-read'),
    'stable-count': of('stable').length,
  };
  const { lost, 'never-read': neverRead, 'stable-count': stable } = found;
  const got = { lost, 'never-read': neverRead, 'stable-count': stable };
  return JSON.stringify(got) === JSON.stringify(expected) ? undefined : { got, expected };
}

describe('set-full, against its definition', () => {
  it('should say the same of every value of any history', () => {
    const seen = { lost: 0, stable: 0 };
    fc.assert(
      fc.property(adds, reads, (all, told) => {
        const checker = new SetFullChecker('broadcast');
        expect(disagreement(checker, all, told)).toBeUndefined();
        if (checker.result()['lost-count'] > 0) seen.lost++;
        if (checker.result()['stable-count'] > 0) seen.stable++;
      }),
      { numRuns: RUNS },
    );
    expect(Math.min(seen.lost, seen.stable)).toBeGreaterThan(RUNS / 20);
  });

  it('should be caught when it takes reads in the order in which they end', () => {
    class Hasty extends SetFullChecker {
      override add(event: Parameters<SetFullChecker['add']>[0]): void {
        if (event.f === 'read' && event.type === 'invoke') return;
        if (event.f === 'read') super.add({ ...event, type: 'invoke' });
        super.add(event);
      }
    }
    const property = fc.property(adds, reads, (all, told) => {
      expect(disagreement(new Hasty('broadcast'), all, told)).toBeUndefined();
    });
    expect(fc.check(property, { numRuns: RUNS, endOnFailure: true }).failed).toBe(true);
  });
});
