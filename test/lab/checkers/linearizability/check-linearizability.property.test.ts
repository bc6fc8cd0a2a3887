import { describe, expect, it } from '@jest/globals';
import fc from '../../../support/fast-check.ts';
import { checkLinearizability } from '../../../../src/lab/checkers/linearizability/check-linearizability.ts';
import { type Operation, REFUSED } from '../../../../src/lab/checkers/linearizability/model.ts';
import { lockModel } from '../../../../src/lab/checkers/linearizability/models/lock-model.ts';
import { queueModel } from '../../../../src/lab/checkers/linearizability/models/queue-model.ts';
import { createRegisterModel } from '../../../../src/lab/checkers/linearizability/models/register-model.ts';
import { setModel } from '../../../../src/lab/checkers/linearizability/models/set-model.ts';
import { isLinearizable } from './brute-force.ts';
import { type AnyModel, anyHistory, mutated, soundHistory } from './random-histories.ts';
import { runs } from '../../../support/runs.ts';

const RUNS = runs(200, 5000);
/** Small enough that trying all orders ends. */
const MAX_OPERATIONS = 8;

const value = fc.nat(2);

/** By model: what it may be asked, and what an object in some state answers. */
const subjects: Record<
  string,
  { model: AnyModel; inputs: fc.Arbitrary<unknown>; answer: (state: any, input: any) => unknown }
> = {
  register: {
    model: createRegisterModel(),
    inputs: fc.oneof(
      fc.record({ f: fc.constant('read'), key: fc.nat(1) }),
      fc.record({ f: fc.constant('write'), key: fc.nat(1), value }),
      fc.record({ f: fc.constant('cas'), key: fc.nat(1), from: value, to: value }),
    ),
    answer: (state, { f, from }) => {
      if (f === 'read') return state;
      if (f === 'write' || state === from) return undefined;
      return state === null ? 'absent' : 'mismatch';
    },
  },
  'register without keys, null fits always': {
    model: createRegisterModel({ nullAlwaysFits: true }),
    inputs: fc.oneof(
      fc.constant({ f: 'read' }),
      fc.record({ f: fc.constant('write'), value }),
      fc.record({ f: fc.constant('cas'), from: value, to: value }),
    ),
    answer: (state, { f }) => (f === 'read' ? state : undefined),
  },
  set: {
    model: setModel,
    inputs: fc.oneof(
      fc.constant({ f: 'read' }),
      fc.record({ f: fc.constant('add'), element: value }),
      fc.record({ f: fc.constant('contains'), element: value }),
    ),
    answer: (state, { f, element }) => {
      if (f === 'read') return state.map(Number);
      return f === 'contains' ? state.includes(String(element)) : undefined;
    },
  },
  queue: {
    model: queueModel,
    inputs: fc.oneof(
      fc.constant({ f: 'dequeue' }),
      fc.record({ f: fc.constant('enqueue'), value }),
    ),
    answer: (state, { f }) => (f === 'dequeue' ? (state[0] ?? null) : undefined),
  },
  lock: {
    model: lockModel,
    inputs: fc.record({
      f: fc.constantFrom('acquire', 'release'),
      lock: fc.nat(1),
      owner: fc.nat(1),
    }),
    answer: () => undefined,
  },
};

/** What an object does is drawn as well: the next state by state and input, or 0 for a refusal. */
function automaton(table: number[][]): AnyModel {
  return {
    name: 'automaton',
    initial: 1,
    step: (state: number, input: number) => table[input]?.[state - 1] || REFUSED,
    describe: String,
  };
}

const automata = fc.array(fc.array(fc.nat(4), { minLength: 4, maxLength: 4 }), {
  minLength: 4,
  maxLength: 4,
});

/** What the checker gets; far more than it needs for so few operations. */
const options = { timeLimitMs: 5000, memoryLimitMiB: 64 };

/** Should a property fail, the search for a smaller example ends as well. */
const bounds = { numRuns: RUNS, interruptAfterTimeLimit: 60_000, markInterruptAsFailure: true };

/**
 * What is wrong with the checker's verdict, by the search of all orders. A history that is not
 * linearizable must have an order up to the misfit's return, and none with it.
 */
function disagreement(model: AnyModel, operations: Operation[]): string | undefined {
  const { valid, parts } = checkLinearizability(model, operations, options);
  if (valid !== isLinearizable(model, operations)) return `the verdict ${valid}`;
  for (const part of parts) {
    if (part.valid !== false) continue;
    const { misfit, prefix, pending, order } = part.explanation;
    const cut = prefix.map((index): [number, Operation] => {
      const operation = operations[index] as Operation;
      return [index, pending.includes(index) ? { ...operation, return: null } : operation];
    });
    const others = cut.filter(([index]) => index !== misfit);
    if (isLinearizable(model, valuesOf(cut))) return 'the prefix, which has an order';
    if (!isLinearizable(model, valuesOf(others))) return 'the prefix, which could be shorter';
    const returned = others.filter(([, operation]) => operation.return !== null);
    const ordered = order.map(({ operation }) => operation);
    if (new Set(ordered).size < ordered.length) return 'the order, which repeats an operation';
    if (returned.some(([index]) => !ordered.includes(index))) return 'the order, which lacks one';
  }
  return undefined;
}

const valuesOf = (entries: [number, Operation][]) => entries.map(([, operation]) => operation);

/** Asserts agreement; tells how many histories were not linearizable, for there must be both kinds. */
function expectAgreement(histories: fc.Arbitrary<[AnyModel, Operation[]]>): void {
  let [count, invalid] = [0, 0];
  fc.assert(
    fc.property(histories, ([model, operations]) => {
      count++;
      if (!isLinearizable(model, operations)) invalid++;
      expect(disagreement(model, operations)).toBeUndefined();
    }),
    bounds,
  );
  expect(invalid / count).toBeGreaterThan(0.03);
  expect(invalid / count).toBeLessThan(0.97);
}

describe('linearizability, against a search of all orders', () => {
  for (const [name, { model, inputs, answer }] of Object.entries(subjects)) {
    const sound = soundHistory(model, inputs, { answer, max: MAX_OPERATIONS });

    it(`should find sound histories of a ${name} sound`, () => {
      fc.assert(
        fc.property(sound, (operations) => {
          expect(checkLinearizability(model, operations, options).valid).toBe(true);
          expect(isLinearizable(model, operations)).toBe(true);
        }),
        bounds,
      );
    });

    it(`should agree on mutated histories of a ${name}`, () => {
      expect.hasAssertions();
      expectAgreement(mutated(sound).map((operations) => [model, operations]));
    });
  }

  it('should agree on any histories of any automaton', () => {
    expect.hasAssertions();
    const histories = anyHistory(fc.record({ input: fc.nat(3) }), MAX_OPERATIONS);
    const subject = automata.map(automaton);
    expectAgreement(fc.tuple(subject, histories));
  });
});
