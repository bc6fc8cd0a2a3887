import { clearBit, hasBit, noBits, setBit } from './bits.ts';
import type { Configuration } from './configuration.ts';
import type { Level, OperationIndex, Timeline } from './timeline.ts';
import { NOWHERE, type Transitions } from './transitions.ts';

/** A step that applies an open operation of a kind (a place in `openKinds`). */
export const openStep = (kind: number) => -1 - kind;
export const openKindOf = (step: number) => -1 - step;

/**
 * Is told which operations fit in without a trace: right before the step, which covers them up, or
 * right after it.
 */
export type Listener = (settled: OperationIndex, isCovered: boolean) => void;

/** The open operations that ask the same, in the order of their calls. */
interface OpenKind {
  kind: number;
  operations: OperationIndex[];
  /** Their places among all open operations. */
  places: number[];
}

const ignore: Listener = () => {};

/** How one configuration leads to another. */
export class Moves {
  readonly timeline: Timeline;
  readonly transitions: Transitions;
  /** By operation. */
  readonly kinds: readonly number[];
  readonly openKinds: readonly OpenKind[];

  constructor(timeline: Timeline, kinds: readonly number[], transitions: Transitions) {
    this.timeline = timeline;
    this.transitions = transitions;
    this.kinds = kinds;
    this.openKinds = sortOpen(timeline, kinds);
  }

  /** Before anything has happened. */
  begin(listener = ignore): Configuration {
    const { slotCount } = this.timeline;
    const configuration: Configuration = {
      state: this.transitions.initial,
      available: noBits(slotCount),
      settled: noBits(slotCount),
      used: this.openKinds.map(() => 0),
      level: 0,
      step: undefined,
      parent: undefined,
      isDominated: false,
    };
    this.#call(configuration, listener);
    return configuration;
  }

  levelOf({ level }: Configuration): Level {
    return this.timeline.levels[level] as Level;
  }

  isAvailable({ available }: Configuration, operation: OperationIndex): boolean {
    return hasBit(available, this.timeline.slots[operation] as number);
  }

  isSettled({ settled }: Configuration, operation: OperationIndex): boolean {
    return hasBit(settled, this.timeline.slots[operation] as number);
  }

  /** Whether an open operation of a kind has been called and not applied. Earlier ones go first. */
  hasOpen(configuration: Configuration, openKind: number): boolean {
    const { places } = this.openKinds[openKind] as OpenKind;
    const next = places[configuration.used[openKind] as number];
    return next !== undefined && next < this.levelOf(configuration).openCount;
  }

  kindOf(step: number): number {
    return step >= 0
      ? (this.kinds[step] as number)
      : (this.openKinds[openKindOf(step)] as OpenKind).kind;
  }

  /** The state's number after a step, or `NOWHERE`. */
  stateAfter({ state }: Configuration, step: number): number {
    return this.transitions.step(state, this.kindOf(step));
  }

  /**
   * Applies an operation that is pending, or an open one.
   *
   * @returns undefined if it is refused
   */
  apply(from: Configuration, step: number, listener = ignore): Configuration | undefined {
    const state = this.stateAfter(from, step);
    if (state === NOWHERE) return undefined;
    const settled = [...from.settled];
    let { available, used } = from;
    if (step >= 0) {
      const slot = this.timeline.slots[step] as number;
      available = [...available];
      clearBit(available as number[], slot);
      setBit(settled, slot);
    } else {
      used = used.with(openKindOf(step), (used[openKindOf(step)] as number) + 1);
    }
    const { level } = from;
    const to = { state, available, settled, used, level, step, parent: from, isDominated: false };
    if (state !== from.state) {
      this.#settleCovered(from.state, to, listener);
      this.#settleIdle(to, listener);
    }
    return to;
  }

  /** Puts the return of the level's operation behind, which has been applied or is settled. */
  pass(from: Configuration, listener = ignore): Configuration {
    const slot = this.timeline.slots[this.levelOf(from).operation] as number;
    const available = [...from.available];
    const settled = [...from.settled];
    clearBit(available, slot);
    clearBit(settled, slot);
    const { state, used } = from;
    const level = from.level + 1;
    const step = undefined;
    const to = { state, available, settled, used, level, step, parent: from, isDominated: false };
    this.#call(to, listener);
    return to;
  }

  /** Whether all returns lie behind. */
  isDone({ level }: Configuration): boolean {
    return level === this.timeline.levels.length;
  }

  #call(configuration: Configuration, listener: Listener): void {
    if (this.isDone(configuration)) return;
    for (const operation of this.levelOf(configuration).called) {
      setBit(configuration.available as number[], this.timeline.slots[operation] as number);
    }
    this.#settleIdle(configuration, listener);
  }

  #settle({ settled }: Configuration, operation: OperationIndex): void {
    setBit(settled as number[], this.timeline.slots[operation] as number);
  }

  /** What changes nothing in this state fits in here, whatever else it may do later. */
  #settleIdle(configuration: Configuration, listener: Listener): void {
    const { state } = configuration;
    for (const operation of this.levelOf(configuration).pending) {
      if (this.isSettled(configuration, operation)) continue;
      if (this.transitions.step(state, this.kinds[operation] as number) !== state) continue;
      this.#settle(configuration, operation);
      listener(operation, false);
    }
  }

  /**
   * What the step just made would cover up fits in right before it, such as a write before another.
   * Any of those that are settled here may be applied elsewhere after all, so that every selection
   * of them must fit, in this order: `states` are all that a selection can lead to.
   */
  #settleCovered(before: number, to: Configuration, listener: Listener): void {
    const states = [before];
    const kind = this.kindOf(to.step as number);
    for (const operation of this.levelOf(to).pending) {
      if (this.isSettled(to, operation)) continue;
      const other = this.kinds[operation] as number;
      const isCovered = (state: number) => {
        const next = this.transitions.step(state, other);
        return next !== NOWHERE && this.transitions.step(next, kind) === to.state;
      };
      if (!states.every(isCovered)) continue;
      for (const state of states.map((one) => this.transitions.step(one, other))) {
        if (!states.includes(state)) states.push(state);
      }
      this.#settle(to, operation);
      listener(operation, true);
    }
  }
}

function sortOpen({ open }: Timeline, kinds: readonly number[]): OpenKind[] {
  const openKinds = new Map<number, OpenKind>();
  for (const [place, operation] of open.entries()) {
    const kind = kinds[operation] as number;
    const alike = openKinds.get(kind) ?? { kind, operations: [], places: [] };
    openKinds.set(kind, alike);
    alike.operations.push(operation);
    alike.places.push(place);
  }
  return [...openKinds.values()];
}
