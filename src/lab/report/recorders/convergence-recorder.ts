import type { ConvergenceCurve, Microseconds } from '../report-data.ts';

/** How many points a curve may have, and how far apart they are at first. */
const MAX_POINTS = 1200;
const FIRST_STEP: Microseconds = 1000;

/**
 * Keeps a curve of how many pairs there are of an acknowledged value and a node, and in how many of
 * them the node has the value. When there are too many points, every other one is dropped.
 */
export class ConvergenceRecorder {
  #step = FIRST_STEP;
  #due: number[] = [];
  #known: number[] = [];
  #dueNow = 0;
  #knownNow = 0;

  /** The numbers change, at a time that is no earlier than any before. */
  change(at: Microseconds, due: number, known: number): void {
    this.#advance(at);
    this.#dueNow += due;
    this.#knownNow += known;
  }

  /** Undefined when nothing was acknowledged. */
  result(): ConvergenceCurve | undefined {
    if (this.#dueNow === 0) return undefined;
    const due = [...this.#due, this.#dueNow];
    return {
      at: due.map((_, index) => (index + 1) * this.#step),
      due,
      known: [...this.#known, this.#knownNow],
    };
  }

  /** Sets the points up to a time. */
  #advance(at: Microseconds): void {
    while ((this.#due.length + 1) * this.#step <= at) {
      this.#due.push(this.#dueNow);
      this.#known.push(this.#knownNow);
      if (this.#due.length < MAX_POINTS) continue;
      this.#due = this.#due.filter((_, index) => index % 2 === 1);
      this.#known = this.#known.filter((_, index) => index % 2 === 1);
      this.#step *= 2;
    }
  }
}
