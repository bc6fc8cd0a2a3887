import { expect, it } from '@jest/globals';
import fc from '../../../support/fast-check.ts';
import { TimeIndex } from '../../../../src/web/shared/space-time/time-index.ts';

function visited(index: TimeIndex, from: number, to: number): number[] {
  const found: number[] = [];
  index.visit(from, to, (span) => found.push(span));
  return found;
}

it('should find the very spans that touch a stretch of time', () => {
  const lengths = fc.array(fc.integer({ min: 0, max: 3000 }), { maxLength: 600 });
  const stretch = fc.tuple(fc.integer({ min: -10, max: 700 }), fc.integer({ min: 0, max: 50 }));
  fc.assert(
    fc.property(lengths, stretch, (all, [from, length]) => {
      const index = new TimeIndex();
      for (const begin of all.keys()) index.add(begin, begin);
      for (const [begin, each] of all.entries()) index.extend(begin, begin + each);
      const to = from + length;
      const touching = [...all.keys()].filter(
        (begin) => begin <= to && begin + (all[begin] as number) >= from,
      );
      expect(visited(index, from, to)).toEqual(touching);
    }),
  );
});
