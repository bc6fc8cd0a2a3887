import type { Configuration } from './search/configuration.ts';
import { leadUps } from './search/lead-ups.ts';
import { LimitReached, type Limits } from './search/limits.ts';
import { type Operation, REFUSED } from './model.ts';
import type { Moves } from './search/moves.ts';
import { orderOf, statesAlong } from './search/order.ts';
import type { OperationIndex } from './search/timeline.ts';

/** Why operations are not linearizable. All operations are named by their places in the list. */
export interface Explanation {
  /** The operation whose return makes the shortest prefix of the history that has no order. */
  misfit: OperationIndex;
  /** All operations called before that return, in the order of their calls. */
  prefix: OperationIndex[];
  /** Of these, the ones that had not returned by then, other than the misfit. */
  pending: OperationIndex[];
  /** A longest order of the others found, and what each leaves. */
  order: { operation: OperationIndex; state: string }[];
  /** What the object could be when the misfit returned, by any order; the first `MAX_STATES`. */
  states: string[];
  /** Where in `order` (after how many) the misfit would have fitted last, if anywhere. */
  fitsAfter?: number;
  /** The same in sentences. */
  words: string[];
}

/** How many possible states are listed. */
const MAX_STATES = 20;

/** How many orders are compared in search of the longest. */
const MAX_ORDERS = 100;

/** What a search leaves behind. */
interface Findings {
  moves: Moves;
  operations: readonly Operation[];
  inAll(index: OperationIndex): OperationIndex;
  limits: Limits;
}

/** @param stuck all configurations that came to the return that none can pass */
export function explain(findings: Findings, stuck: readonly Configuration[]): Explanation {
  const { moves, operations, inAll } = findings;
  const { operation: misfit, pending } = moves.levelOf(stuck[0] as Configuration);
  const end = (operations[misfit] as Operation).return as number;
  const isCalled = (index: OperationIndex) => (operations[index] as Operation).call <= end;
  const prefix = [...operations.keys()].filter(isCalled).toSorted(byCall(operations));
  const underWay = new Set([...pending, ...moves.timeline.open].filter(isCalled));
  underWay.delete(misfit);
  const order = longestOrder(moves, stuck);
  const states = statesAlong(moves.transitions.model, operations, order);
  const fitsAfter = lastFit(findings, misfit, states);
  const explanation = {
    misfit: inAll(misfit),
    prefix: prefix.map(inAll),
    pending: prefix.filter((index) => underWay.has(index)).map(inAll),
    order: order.map((index, place) => ({
      operation: inAll(index),
      state: describeState(moves, states[place]),
    })),
    states: possibleStates(findings, stuck),
    ...(fitsAfter !== undefined && { fitsAfter }),
  };
  const next = fitsAfter === undefined ? undefined : order[fitsAfter];
  return { ...explanation, words: describe(findings, { misfit, next, explanation }) };
}

function byCall(operations: readonly Operation[]) {
  const callOf = (index: OperationIndex) => (operations[index] as Operation).call;
  return (a: OperationIndex, b: OperationIndex) => callOf(a) - callOf(b) || a - b;
}

function longestOrder(moves: Moves, stuck: readonly Configuration[]): OperationIndex[] {
  const orders = stuck.slice(0, MAX_ORDERS).map((configuration) => orderOf(moves, configuration));
  return orders.reduce((longest, order) => (order.length > longest.length ? order : longest));
}

function describeState({ transitions }: Moves, state: unknown): string {
  return transitions.model.describeState?.(state) ?? JSON.stringify(state);
}

/** The states when the misfit returned, with any of the operations under way done or not. */
function possibleStates({ moves, limits }: Findings, stuck: readonly Configuration[]): string[] {
  const states = new Set<number>(stuck.map(({ state }) => state));
  try {
    for (const configuration of stuck) {
      for (const { state } of leadUps(moves, configuration, limits)) states.add(state);
      if (states.size >= MAX_STATES) break;
    }
  } catch (error) {
    if (!(error instanceof LimitReached)) throw error; // the states so far will do
  }
  return [...states]
    .slice(0, MAX_STATES)
    .map((state) => describeState(moves, moves.transitions.stateOf(state)));
}

function lastFit(
  { moves, operations }: Findings,
  misfit: OperationIndex,
  states: readonly unknown[],
): number | undefined {
  const { model } = moves.transitions;
  const { input, output } = operations[misfit] as Operation;
  const place = [model.initial, ...states].findLastIndex(
    (state) => model.step(state, input, output) !== REFUSED,
  );
  return place === -1 ? undefined : place;
}

interface Subject {
  misfit: OperationIndex;
  /** The operation after which the misfit fits no more. */
  next: OperationIndex | undefined;
  explanation: Omit<Explanation, 'words'>;
}

function describe(findings: Findings, { misfit, next, explanation }: Subject): string[] {
  const { operations, moves, inAll } = findings;
  const { model } = moves.transitions;
  const name = (index: OperationIndex) => {
    const { process, input, output, label } = operations[index] as Operation;
    const place = label ?? `operation ${inAll(index)}`;
    return `${model.describe(input, output)} (${place}, process ${process})`;
  };
  const { states, pending, order } = explanation;
  const possible = [states.slice(0, -1).join(', '), states.at(-1)].filter(Boolean).join(' or ');
  const words = [
    `${name(misfit)} fits nowhere.`,
    `When it returned, the ${model.name} could only be ${possible}${whether(pending.length)}.`,
  ];
  if (explanation.fitsAfter === undefined) {
    words.push(
      order.length === 0
        ? 'Nothing came before it.'
        : `In the longest order found, of ${order.length} of the operations so far, it fits at no time.`,
    );
  } else if (next !== undefined) {
    words.push(
      `It would have fitted last before ${name(next)}, but ${obstacle(findings, misfit, next)}.`,
    );
  }
  return words;
}

function whether(pendingCount: number): string {
  if (pendingCount === 0) return '';
  return pendingCount === 1
    ? ', whether or not the one other operation under way had taken effect'
    : `, whichever of the ${pendingCount} other operations under way had taken effect`;
}

function obstacle({ operations }: Findings, misfit: OperationIndex, next: OperationIndex): string {
  const { return: end } = operations[next] as Operation;
  return end !== null && end < (operations[misfit] as Operation).call
    ? 'that had returned before it was called'
    : 'what returned before it was called cannot be put in any order that allows this';
}
