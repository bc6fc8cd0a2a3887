import { type Bits, includesAll } from './bits.ts';

/**
 * What one order of operations, up to some return, leaves for the rest of the history. The
 * operations pending at that return are known by their slots.
 */
export interface Configuration {
  /** The number of the state that the object is in. */
  state: number;
  /** The pending operations that may still be applied. */
  available: Bits;
  /**
   * The pending operations that need not be applied any more: they have been, or they fit in
   * somewhere earlier without a trace. Those that are available as well may do either.
   */
  settled: Bits;
  /** How many open operations of each kind have been applied. */
  used: readonly number[];
  /** How many returns lie behind. */
  level: number;
  /** The step that led here from `parent`: an operation, an open one (`openStep`), or none. */
  step: number | undefined;
  parent: Configuration | undefined;
  /** Whether another one, found later, can do all that this one can. */
  isDominated: boolean;
}

/** With its bits, by estimate; each open kind's count comes on top. */
const BYTES_PER_CONFIGURATION = 400;
const BYTES_PER_COUNT = 8;

/** What a configuration takes up, by estimate. */
export function bytesOf({ used }: Configuration): number {
  return BYTES_PER_CONFIGURATION + BYTES_PER_COUNT * used.length;
}

/** Whether all that can follow one configuration can follow another of the same state and level. */
export function dominates(better: Configuration, worse: Configuration): boolean {
  return (
    includesAll(better.available, worse.available) &&
    includesAll(better.settled, worse.settled) &&
    (better.used === worse.used ||
      better.used.every((count, kind) => count <= (worse.used[kind] as number)))
  );
}

/** Configurations of one level, none of which dominates another. */
export class Front {
  readonly #byState = new Map<number, Configuration[]>();

  /** Adds a configuration, unless there is one that makes it superfluous. */
  add(added: Configuration): boolean {
    const rivals = this.#byState.get(added.state);
    if (!rivals) {
      this.#byState.set(added.state, [added]);
      return true;
    }
    if (rivals.some((rival) => dominates(rival, added))) return false;
    let kept = 0;
    for (const rival of rivals) {
      rival.isDominated = dominates(added, rival);
      if (!rival.isDominated) rivals[kept++] = rival;
    }
    rivals.length = kept;
    rivals.push(added);
    return true;
  }

  /** All that were added and are not dominated. */
  all(): Configuration[] {
    return [...this.#byState.values()].flat();
  }
}
