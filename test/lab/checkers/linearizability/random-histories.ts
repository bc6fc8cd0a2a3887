import fc from '../../../support/fast-check.ts';
import {
  type Model,
  type Operation,
  REFUSED,
} from '../../../../src/lab/checkers/linearizability/model.ts';

export type AnyModel = Model<any, any, any>;

/** When something is called, takes effect and returns, in small whole numbers so that times meet. */
const spans = fc
  .tuple(fc.nat(14), fc.nat(5), fc.nat(5))
  .map(([call, until, after]) => ({ call, effect: call + until, return: call + until + after }));

/** Any operations at all, each by a process of its own. */
export function anyHistory(calls: fc.Arbitrary<{ input: unknown; output?: unknown }>, max: number) {
  const operations = fc.record({
    call: calls,
    span: spans,
    isOpen: fc.integer({ min: 0, max: 2 }).map((draw) => draw === 0),
  });
  return fc.array(operations, { maxLength: max }).map((drafts) =>
    drafts.map(({ call, span, isOpen }, process): Operation => {
      const { input, output } = call;
      return isOpen
        ? { process, call: span.call, return: null, input }
        : { process, call: span.call, return: span.return, input, output };
    }),
  );
}

/** What an object really did: the operations take effect one at a time, each within its span. */
export function soundHistory(
  model: AnyModel,
  inputs: fc.Arbitrary<unknown>,
  { answer, max }: { answer: (state: any, input: any) => unknown; max: number },
) {
  const drafts = fc.array(
    fc.record({
      input: inputs,
      span: spans,
      fate: fc.constantFrom('answered', 'answered', 'answered', 'answered', 'unheard', 'lost'),
    }),
    { minLength: 4, maxLength: max },
  );
  return drafts.map((all) => {
    const states = new Map<unknown, unknown>();
    const operations: (Operation | undefined)[] = all.map(() => undefined);
    const order = [...all.keys()].toSorted(
      (a, b) => (all[a]?.span.effect ?? 0) - (all[b]?.span.effect ?? 0) || a - b,
    );
    for (const process of order) {
      const { input, span, fate } = all[process] as (typeof all)[number];
      const open: Operation = { process, call: span.call, return: null, input };
      if (fate === 'lost') {
        operations[process] = open;
        continue;
      }
      const key = model.partition?.(input);
      const state = states.has(key) ? states.get(key) : model.initial;
      const output = answer(state, input);
      const next = model.step(state, input, output);
      if (next === REFUSED) continue; // refused, so that it is no part of the history
      states.set(key, next);
      operations[process] = fate === 'unheard' ? open : { ...open, return: span.return, output };
    }
    return operations.filter((operation) => operation !== undefined);
  });
}

/** A history with one operation's answer, question or times put in place of another's. */
export function mutated(histories: fc.Arbitrary<Operation[]>) {
  const mutation = fc.record({
    from: fc.nat(),
    to: fc.nat(),
    part: fc.constantFrom('output', 'input', 'span'),
  });
  return fc
    .tuple(histories, fc.array(mutation, { minLength: 1, maxLength: 3 }))
    .map(([operations, mutations]) => {
      const changed = [...operations];
      for (const { from, to, part } of mutations) {
        if (changed.length === 0) break;
        const giver = changed[from % changed.length] as Operation;
        const taker = changed[to % changed.length] as Operation;
        changed[to % changed.length] = mutate(giver, taker, part);
      }
      return changed;
    });
}

function mutate(giver: Operation, taker: Operation, part: string): Operation {
  if (part === 'span') return { ...taker, call: giver.call, return: giver.return };
  if (part === 'input') return { ...taker, input: giver.input, output: giver.output };
  const isAlike =
    (giver.input as { f?: unknown }).f === (taker.input as { f?: unknown }).f &&
    taker.return !== null;
  return isAlike ? { ...taker, output: giver.output } : taker;
}
