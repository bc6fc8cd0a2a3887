import { bytesOf, type Configuration, Front } from './configuration.ts';
import { canWait, leadUps } from './lead-ups.ts';
import type { Limits } from './limits.ts';
import type { Moves } from './moves.ts';

/** How a search ended: with an order of all operations, or at a return that no order can pass. */
export type SearchOutcome =
  | { found: Configuration }
  /** All ways to come to that return, none of which dominates another. */
  | { stuck: Configuration[]; level: number };

/** Something to be tried: the operation that returns alone, or with others before it. */
interface Task {
  configuration: Configuration;
  isThorough: boolean;
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
  /** By level; the last of each is tried first. */
  readonly #tasks: Task[][] = [];

  constructor(moves: Moves, limits: Limits) {
    this.#moves = moves;
    this.#limits = limits;
  }

  /** @throws LimitReached */
  run(): SearchOutcome {
    const begin = this.#moves.begin();
    if (this.#moves.isDone(begin)) return { found: begin };
    this.#add([begin]);
    for (;;) {
      while (this.#tasks.length > 0 && this.#tasks.at(-1)?.length === 0) this.#tasks.pop();
      const task = this.#tasks.at(-1)?.pop();
      if (!task) break;
      const found = this.#try(task);
      if (found) return { found };
    }
    const level = this.#fronts.length - 1;
    return { stuck: (this.#fronts[level] as Front).all(), level };
  }

  /** Goes on from a configuration; returns one that is done, if that leads to it. */
  #try({ configuration, isThorough }: Task): Configuration | undefined {
    if (configuration.isDominated) return undefined;
    this.#limits.step();
    const next = isThorough ? this.#passLedUp(configuration) : this.#passAlone(configuration);
    if (!isThorough) this.#tasks[configuration.level]?.push({ configuration, isThorough: true });
    const done = next.find((one) => this.#moves.isDone(one));
    if (!done) this.#add(next);
    return done;
  }

  /** Passes the next return with nothing before it. */
  #passAlone(from: Configuration): Configuration[] {
    const { operation } = this.#moves.levelOf(from);
    const next: Configuration[] = [];
    if (this.#moves.isSettled(from, operation)) next.push(this.#moves.pass(from));
    if (this.#moves.isAvailable(from, operation)) {
      const applied = this.#moves.apply(from, operation);
      if (applied) next.push(this.#moves.pass(applied));
    }
    return next;
  }

  /** Passes the next return after operations that make a difference to it. */
  #passLedUp(start: Configuration): Configuration[] {
    const { operation } = this.#moves.levelOf(start);
    if (!this.#moves.isAvailable(start, operation)) return [];
    const next: Configuration[] = [];
    for (const from of leadUps(this.#moves, start, this.#limits)) {
      const applied = from === start ? undefined : this.#moves.apply(from, operation);
      if (!applied || canWait(this.#moves, from, applied)) continue;
      next.push(this.#moves.pass(applied));
    }
    return next;
  }

  /** Remembers configurations of one level, to be tried in their order. */
  #add(configurations: Configuration[]): void {
    const added = configurations.filter((one) => {
      const front = (this.#fronts[one.level] ??= new Front());
      if (!front.add(one)) return false;
      this.#limits.keep(bytesOf(one));
      return true;
    });
    for (const configuration of added.toReversed()) {
      (this.#tasks[configuration.level] ??= []).push({ configuration, isThorough: false });
    }
  }
}
