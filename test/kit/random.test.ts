import { describe, expect, it } from '@jest/globals';
import { defineNode, defineProtocol, draw, request, seeded, setupNode, Type } from 'maelstate';
import { assign } from 'xstate';
import { NodeInProcess } from '../support/node-in-process.ts';

const protocol = defineProtocol({ roll: request({}, { value: Type.Number() }) });
const machine = setupNode({
  protocol,
  types: { context: {} as { rolled: number } },
  actions: {
    roll: assign(({ context }) => {
      const { value, random } = draw(context.random);
      return { rolled: value, random };
    }),
    answer: protocol.reply('roll', ({ context }) => ({ value: context.rolled })),
  },
}).createMachine({
  id: 'dice',
  context: { rolled: 0 },
  on: { roll: { actions: ['roll', 'answer'] } },
});

function rollsOf(seed: number): unknown[] {
  const node = new NodeInProcess(defineNode({ protocol, machine }).create({}), seed);
  node.init();
  return [1, 2, 3].map(() => node.ask('roll')[0]?.body.value);
}

describe("a node's randomness", () => {
  it('should follow from the seed that its host gives it, and from nothing else', () => {
    expect(rollsOf(7)).toEqual(rollsOf(7));
    expect(rollsOf(7)).not.toEqual(rollsOf(8));
    expect(new Set(rollsOf(7)).size).toBe(3);
  });

  it('should be plain data that goes on where it was left', () => {
    const start = seeded(3);
    const saved = JSON.parse(JSON.stringify(draw(start).random));
    expect(draw(saved)).toEqual(draw(draw(start).random));
    expect(draw(start)).toEqual(draw(start));
  });

  it('should be even', () => {
    let random = seeded(1);
    let sum = 0;
    for (let drawn = 0; drawn < 10_000; drawn++) {
      const next = draw(random);
      random = next.random;
      sum += next.value;
      expect(next.value >= 0 && next.value < 1).toBe(true);
    }
    expect(sum / 10_000).toBeCloseTo(0.5, 1);
  });
});
