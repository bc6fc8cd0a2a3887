import { DEPENDENCIES, type Dependency } from './dependency-graph.ts';

/** Adya's and Elle's classes of cycles, the worst first. */
export const CYCLE_KINDS = ['G0', 'G1c', 'G-single', 'G-nonadjacent', 'G2-item'] as const;
export type CycleKind = (typeof CYCLE_KINDS)[number];

/** A class of cycles: its kind, and whether time is needed for it. */
export interface CycleClass {
  kind: CycleKind;
  timed: boolean;
}

/** The classes in the order in which they are searched for. */
export const CYCLE_CLASSES: readonly CycleClass[] = [false, true].flatMap((timed) =>
  CYCLE_KINDS.map((kind) => ({ kind, timed })),
);

/**
 * Accepts the walks of one class that lead from a vertex back to it, edge by edge. States are small
 * numbers; a walk is in state `START` before its first edge.
 */
export interface WalkAutomaton {
  /** `next[state * DEPENDENCIES.length + type]`, or −1 where no such walk goes on. */
  next: Int8Array;
  /** Whether a walk that returns in this state is of the class. */
  accepts: readonly boolean[];
  /** Which types of edges such walks have. */
  allowed: readonly boolean[];
}

const TIMED = 1;
const AFTER_RW = 2;
const SEVERAL_RW = 4;
export const STATE_COUNT = 8;
export const START = STATE_COUNT;

/** What class a cycle is of, by the dependencies along it. */
export function classify(steps: readonly Dependency[]): CycleClass {
  const timed = steps.some(isTimed);
  const rw = steps.filter(isRw).length;
  const adjacent = steps.some((step, i) => isRw(step) && isRw(steps.at(i - 1) as Dependency));
  if (rw > 1) return { kind: adjacent ? 'G2-item' : 'G-nonadjacent', timed };
  if (rw === 1 || steps.includes('ww-inferred')) return { kind: 'G-single', timed };
  return { kind: steps.includes('wr') ? 'G1c' : 'G0', timed };
}

/** The automaton of a class; it may accept walks that pass a vertex twice, too. */
export function automatonOf({ kind, timed }: CycleClass): WalkAutomaton {
  const allowed = DEPENDENCIES.map((type) => isAllowed(kind, type) && (timed || !isTimed(type)));
  const next = new Int8Array((STATE_COUNT + 1) * DEPENDENCIES.length).fill(-1);
  for (let state = 0; state <= START; state++) {
    DEPENDENCIES.forEach((type, t) => {
      if (allowed[t] && maySucceed(kind, timed, state, type)) {
        next[state * DEPENDENCIES.length + t] = successor(kind, state, type);
      }
    });
  }
  const accepts = Array.from(
    { length: STATE_COUNT },
    (_, state) => (!timed || (state & TIMED) !== 0) && mayEnd(kind, state),
  );
  return { next, accepts, allowed };
}

/** The first edge is one that the class cannot do without, so that few vertices need be tried. */
function maySucceed(kind: CycleKind, timed: boolean, state: number, type: Dependency): boolean {
  if (state === START) {
    if (kind === 'G0') return !timed || isTimed(type);
    if (kind === 'G1c') return type === 'wr';
    return isRw(type) || (kind === 'G-single' && type === 'ww-inferred');
  }
  if (kind === 'G-single') return !isRw(type);
  return kind !== 'G-nonadjacent' || !isRw(type) || (state & AFTER_RW) === 0;
}

function successor(kind: CycleKind, state: number, type: Dependency): number {
  const before = state === START ? 0 : state;
  const time = (before & TIMED) | (isTimed(type) ? TIMED : 0);
  if (kind !== 'G-nonadjacent' && kind !== 'G2-item') return time;
  const several = kind === 'G-nonadjacent' && isRw(type) && state !== START ? SEVERAL_RW : 0;
  return time | (isRw(type) ? AFTER_RW : 0) | (before & SEVERAL_RW) | several;
}

/** The first edge of the last two kinds is an anti-dependency, so the last edge is next to it. */
function mayEnd(kind: CycleKind, state: number): boolean {
  if (kind === 'G-nonadjacent') return (state & SEVERAL_RW) !== 0 && (state & AFTER_RW) === 0;
  return kind !== 'G2-item' || (state & AFTER_RW) !== 0;
}

function isAllowed(kind: CycleKind, type: Dependency): boolean {
  if (kind !== 'G0' && kind !== 'G1c') return true;
  return !isRw(type) && type !== 'ww-inferred' && (kind === 'G1c' || type !== 'wr');
}

export function isRw(type: Dependency): boolean {
  return type === 'rw' || type === 'rw-timed';
}

export function isTimed(type: Dependency): boolean {
  return type === 'time' || type === 'ww-timed' || type === 'rw-timed';
}
