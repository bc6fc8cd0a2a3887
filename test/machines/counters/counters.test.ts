import { describe, expect, it } from '@jest/globals';
import gCounter from '../../../machines/g-counter/g-counter.ts';
import pnCounter from '../../../machines/pn-counter/pn-counter.ts';
import { programOf } from '../../../src/runtime/options/command-line.ts';
import { describeClientSpecification } from '../../support/client-specification.ts';
import { NodeInProcess } from '../../support/node-in-process.ts';

const read = {
  body: { type: 'read' },
  serve: (kept: number) => ({ kept, reply: { type: 'read_ok', value: kept } }),
};
const add = (delta: number) => ({
  body: { type: 'add', delta },
  serve: (kept: number) => ({ kept: kept + delta, reply: { type: 'add_ok' } }),
});

describe('a counter that only grows', () => {
  describeClientSpecification({
    program: programOf(gCounter, []),
    bin: 'g-counter',
    start: 0,
    requests: { read, addOne: add(1), addNothing: add(0) },
    malformed: { type: 'add', delta: -1 },
    isEnough: (kept) => kept > 3,
  });
});

describe('a counter that shrinks, too', () => {
  describeClientSpecification({
    program: programOf(pnCounter, []),
    bin: 'pn-counter',
    start: 0,
    requests: { read, addOne: add(1), takeOne: add(-1) },
    malformed: { type: 'add', delta: 1.5 },
    isEnough: (kept) => Math.abs(kept) > 1,
  });
});

describe('what a counter tells', () => {
  const delta = { type: 'delta', id: 20, no: 1, seen: 0, held: 0, ack: 0, route: true };
  const told = (first: number, ...values: number[]) => ({
    ...delta,
    no: first,
    after: first - 1,
    upTo: first,
    news: [{ origin: 'n1:20', first, values }],
  });

  it('should be one sum of an origin, however often something was added', () => {
    const node = new NodeInProcess(programOf(gCounter, []));
    node.init();
    for (let count = 0; count < 10_000; count++) node.ask('add', { delta: 2 });
    const sent = node.take({ ...delta, ask: true, have: {}, size: 0 }, 'n1');
    const news = sent.flatMap(({ body }) => (body.news ?? []) as { first: number }[]);
    expect(news).toEqual([{ origin: expect.any(String), first: 10_000, values: [20_000] }]);
  });

  it('should count once, however often and in whatever order it comes', () => {
    const node = new NodeInProcess(programOf(pnCounter, []));
    node.init();
    for (const message of [told(2, 5), told(1, 3), told(2, 5)]) node.take(message, 'n1');
    expect(node.ask('read')[0]?.body).toMatchObject({ value: 5 });
    node.take(told(3, -1), 'n1');
    node.ask('add', { delta: 10 });
    expect(node.ask('read')[0]?.body).toMatchObject({ value: 9 });
  });
});
