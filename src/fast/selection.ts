import type { Transition } from './xstate.ts';

/** Transitions that are enabled together, in order; each combination exists once in its configuration. */
export class Selection<Microstep> {
  readonly transitions: readonly Transition[];
  /** What taking them does, unless it depends on more than the configuration. */
  microstep: Microstep | undefined;
  readonly #longer = new Map<Transition, Selection<Microstep>>();

  constructor(transitions: readonly Transition[]) {
    this.transitions = transitions;
  }

  /** The same and one more. */
  and(transition: Transition): Selection<Microstep> {
    let longer = this.#longer.get(transition);
    if (!longer) {
      longer = new Selection<Microstep>([...this.transitions, transition]);
      this.#longer.set(transition, longer);
    }
    return longer;
  }
}
