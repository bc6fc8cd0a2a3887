import { bytesOf, type Configuration, dominates, Front } from './configuration.ts';
import type { Limits } from './limits.ts';
import { type Moves, openStep } from './moves.ts';
import type { OperationIndex } from './timeline.ts';
import { NOWHERE } from './transitions.ts';

/**
 * The configurations that pending and open operations lead to from one, all at its level, with the
 * fewest operations first, itself included; none is dominated by an earlier one. Of as many
 * operations, those come first that let the level's own operation happen.
 */
export function* leadUps(
  moves: Moves,
  start: Configuration,
  limits: Limits,
): Generator<Configuration> {
  const front = new Front();
  front.add(start);
  yield start;
  const queue = [start];
  try {
    // The queue grows as it is read, up to the limits.
    for (const from of queue) {
      if (from.isDominated && from !== start) continue;
      for (const step of [...candidates(moves, from)].toSorted(byPromise(moves, from))) {
        limits.step();
        const to = moves.apply(from, step) as Configuration;
        if (!front.add(to)) continue;
        queue.push(to);
        limits.keep(bytesOf(to));
        yield to;
      }
    }
  } finally {
    for (const configuration of queue) {
      if (configuration !== start) limits.drop(bytesOf(configuration));
    }
  }
}

/** Puts first what lets the level's own operation happen. */
function byPromise(moves: Moves, from: Configuration) {
  const target = moves.kinds[moves.levelOf(from).operation] as number;
  const failsAfter = (step: number) =>
    moves.transitions.step(moves.stateAfter(from, step), target) === NOWHERE;
  return (a: number, b: number) => Number(failsAfter(a)) - Number(failsAfter(b));
}

/**
 * Steps that make a difference, may come before the level's own operation, and are no worse than
 * others like them.
 */
function* candidates(moves: Moves, from: Configuration): Generator<number> {
  const { operation, pending } = moves.levelOf(from);
  const target = moves.kinds[operation] as number;
  const alike = new Map<number, OperationIndex>();
  const isOfUse = (step: number) => {
    const state = moves.stateAfter(from, step);
    if (state === NOWHERE || state === from.state) return false;
    return !moves.transitions.rulesOut(moves.kindOf(step), target);
  };
  for (const other of pending) {
    if (!moves.isAvailable(from, other)) continue;
    const kind = moves.kinds[other] as number;
    const sooner = alike.get(kind);
    if (sooner === undefined) alike.set(kind, other);
    // Of two that do the same, the one that must return sooner goes first.
    else if (!moves.isSettled(from, sooner) || moves.isSettled(from, other)) continue;
    if (other !== operation && isOfUse(other)) yield other;
  }
  for (const [place, { kind }] of moves.openKinds.entries()) {
    if (alike.has(kind) || !moves.hasOpen(from, place)) continue;
    if (isOfUse(openStep(place))) yield openStep(place);
  }
}

/**
 * Whether the last step before the level's operation may as well come after it: then it waits, for
 * it may not be needed at all.
 */
export function canWait(moves: Moves, last: Configuration, applied: Configuration): boolean {
  const { parent, step } = last;
  if (!parent || step === undefined || parent.level !== last.level) return false;
  const { operation } = moves.levelOf(last);
  const swapped = moves.stateAfter(parent, operation);
  if (swapped === NOWHERE) return false;
  if (moves.transitions.step(swapped, moves.kindOf(step)) !== applied.state) return false;
  const first = moves.apply(parent, operation);
  const second = first && moves.apply(first, step);
  return second !== undefined && dominates(second, applied);
}
