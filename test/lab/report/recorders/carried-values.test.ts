import { describe, expect, it } from '@jest/globals';
import { CarriedValues } from '../../../../src/lab/report/recorders/carried-values.ts';
import { ValueRegister } from '../../../../src/lab/report/recorders/value-register.ts';

function createCarried(...values: unknown[]) {
  const register = new ValueRegister(100);
  for (const value of values) register.add(value, 0);
  const carried = new CarriedValues(register);
  const gossip = (known: unknown[], src = 'n0') =>
    carried.in({ src, dest: 'n1', body: { type: 'gossip', known } });
  return { carried, gossip };
}

describe('CarriedValues', () => {
  it('should find values that were broadcast, by their numbers', () => {
    const { gossip } = createCarried('a', { b: 1, c: 2 });
    expect(gossip([{ c: 2, b: 1 }, 'x', 'a']).values).toEqual([1, 0]);
  });

  it('should say how much a message has in common with the last of its kind', () => {
    const { gossip } = createCarried(10, 11, 12);
    const first = gossip([10]);
    expect(first.kept).toBe(0);
    const second = gossip([10, 11, 12]);
    expect(second).toMatchObject({ values: [0, 1, 2], kept: 1 });
    expect(second.chain).toBe(first.chain);
    expect(gossip([11])).toMatchObject({ values: [1], kept: 0 });
    expect(gossip([11, 10])).toMatchObject({ values: [1, 0], kept: 1 });
  });

  it('should tell nodes apart', () => {
    const { gossip } = createCarried(10);
    gossip([10]);
    expect(gossip([10], 'n2').kept).toBe(0);
  });

  it('should not mix up a list that was changed and one that has grown', () => {
    const { gossip } = createCarried(10, 11, 12);
    gossip([10, 11]);
    expect(gossip([12, 11, 10])).toMatchObject({ values: [2, 1, 0], kept: 0 });
  });
});
