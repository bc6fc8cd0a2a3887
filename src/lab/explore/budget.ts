/** Thrown by what would go beyond a budget. */
export class BudgetSpent extends Error {}

/** What a search may cost: so many runs, and so much time. */
export class Budget {
  readonly #deadline: number;
  #runsLeft: number;

  /** The time runs from now on. */
  constructor({ runs, seconds }: { runs: number; seconds: number }) {
    this.#runsLeft = runs;
    this.#deadline = performance.now() + seconds * 1000;
  }

  /**
   * Takes one run off.
   *
   * @throws BudgetSpent when there is none left
   */
  spendRun(): void {
    if (this.#runsLeft <= 0) throw new BudgetSpent();
    this.lookUp();
    this.#runsLeft--;
  }

  /**
   * Looks at the clock, in the middle of a run, too: one run may take long.
   *
   * @throws BudgetSpent when time is up
   */
  readonly lookUp = (): void => {
    if (performance.now() >= this.#deadline) throw new BudgetSpent();
  };
}
