import { quote } from '../../../../wire/quote.ts';
import { isSame } from '../is-same.ts';
import { type Model, REFUSED } from '../model.ts';

export type QueueInput = { f: 'enqueue'; value: unknown } | { f: 'dequeue' };

/** Of a dequeue the value, or null if the queue was empty. */
export type QueueOutput = unknown;

/** A queue, first in, first out. A dequeue that nobody heard of takes what is first, if anything is. */
export const queueModel: Model<readonly unknown[], QueueInput, QueueOutput> = {
  name: 'queue',
  initial: [],
  step(state, input, output) {
    if (input.f === 'enqueue') return [...state, input.value];
    if (state.length === 0) return output === undefined || output === null ? state : REFUSED;
    return output === undefined || isSame(state[0], output) ? state.slice(1) : REFUSED;
  },
  describe(input, output) {
    if (input.f === 'enqueue') return `enqueue ${quote(input.value)}`;
    return output === undefined ? 'dequeue' : `dequeue → ${quote(output)}`;
  },
};
