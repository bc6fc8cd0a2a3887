import { expect, it } from '@jest/globals';
import { InFlight } from '../../../../src/lab/report/recorders/in-flight.ts';

it('should give back what a message brings, once', () => {
  const inFlight = new InFlight(10);
  inFlight.add(1, { node: 2, news: [3] });
  expect(inFlight.take(1)).toEqual({ node: 2, news: [3] });
  expect(inFlight.take(1)).toBeUndefined();
});

it('should give up the oldest when there is too much on its way', () => {
  const inFlight = new InFlight(4);
  for (const message of [1, 2, 3]) inFlight.add(message, { node: 0, news: [1, 2] });
  expect(inFlight.take(1)).toBeUndefined();
  expect(inFlight.take(2)).toBeDefined();
  expect(inFlight.take(3)).toBeDefined();
});
