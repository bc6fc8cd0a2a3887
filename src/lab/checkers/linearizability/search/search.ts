import { bytesOf, type Configuration, Front } from './configuration.ts';
import { canWait, leadUps } from './lead-ups.ts';
import type { Limits } from './limits.ts';
import type { Moves } from './moves.ts';

/** How a search ended: with an order of all operations, or at a return that no order can pass. */
export type SearchOutcome =
  | { found: Configuration }
  /** All ways to come to that return, none of which dominates another. */
  | { stuck: Configuration[]; level: number };

/** A configuration, and the ways past the next return that have not been tried yet. */
interface Task {
  configuration: Configuration;
  ways: Generator<Configuration, undefined>;
}

/**
 * Looks for an order of operations that a model accepts and that agrees with real time.
 *
 * It goes from return to return and applies what is pending only when that is needed (Lowe, "Testing
 * for linearizability", 2017: just-in-time linearization), depth first. What a return was passed
 * with is remembered (Wing and Gong 1993; Lowe), together with all that is no better: of two
 * configurations in the same state the one with more choice will do. So open operations, which are
 * pending for ever, cost little unless many are needed.
 */
export class Search {
  readonly #moves: Moves;
  readonly #limits: Limits;
  readonly #fronts: Front[] = [];
  /** One for each level reached; the last goes on. */
  readonly #tasks: Task[] = [];

  constructor(moves: Moves, limits: Limits) {
    this.#moves = moves;
    this.#limits = limits;
  }

  /** @throws LimitReached */
  run(): SearchOutcome {
    const begin = this.#moves.begin();
    if (this.#moves.isDone(begin)) return { found: begin };
    this.#add(begin);
    for (let task = this.#tasks.at(-1); task; task = this.#tasks.at(-1)) {
      this.#limits.step();
      const { configuration, ways } = task;
      const way = (configuration.isDominated ? ways.return(undefined) : ways.next()).value;
      if (!way) this.#tasks.pop();
      else if (this.#moves.isDone(way)) return { found: way };
      else this.#add(way);
    }
    const level = this.#fronts.length - 1;
    return { stuck: (this.#fronts[level] as Front).all(), level };
  }

  /** Remembers a configuration and goes on from it, unless there was one that is no worse. */
  #add(configuration: Configuration): void {
    const front = (this.#fronts[configuration.level] ??= new Front());
    if (!front.add(configuration)) return;
    this.#limits.keep(bytesOf(configuration));
    this.#tasks.push({ configuration, ways: this.#ways(configuration) });
  }

  /** All ways past the next return: with nothing before it, then with more and more. */
  *#ways(start: Configuration): Generator<Configuration, undefined> {
    const { operation } = this.#moves.levelOf(start);
    if (this.#moves.isSettled(start, operation)) yield this.#moves.pass(start);
    if (!this.#moves.isAvailable(start, operation)) return undefined;
    for (const from of leadUps(this.#moves, start, this.#limits)) {
      const applied = this.#moves.apply(from, operation);
      if (!applied || canWait(this.#moves, from, applied)) continue;
      yield this.#moves.pass(applied);
    }
    return undefined;
  }
}
