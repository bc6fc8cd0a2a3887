import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus, xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';

type Generator = ReturnType<typeof xoroshiro128plus>;

/** A source of random numbers that a seed determines wholly. */
export class Random {
  readonly #generator: Generator;

  private constructor(generator: Generator) {
    this.#generator = generator;
  }

  /** @param seed a 32-bit whole number; neighbouring seeds make sources that have nothing in common */
  static fromSeed(seed: number): Random {
    return new Random(xoroshiro128plus(mix(seed)));
  }

  /** A source of its own, seeded by what this one draws next: forks of forks share nothing, either. */
  fork(): Random {
    const state = Array.from({ length: 4 }, () => this.#generator.next());
    return new Random(xoroshiro128plusFromState(state));
  }

  /** A source of its own, which takes nothing from this one: what this one draws stays the same. */
  aside(): Random {
    const generator = this.#generator.clone();
    generator.jump();
    return new Random(generator);
  }

  /** At least 0, below `limit`. */
  below(limit: number): number {
    return uniformFloat64(this.#generator) * limit;
  }

  /** A whole number from 0 to `count` - 1. */
  index(count: number): number {
    return uniformInt(this.#generator, 0, count - 1);
  }

  /** At least 0, exponentially distributed around `mean`. */
  exponential(mean: number): number {
    return -mean * Math.log(1 - uniformFloat64(this.#generator));
  }

  /** One of some items. */
  pick<T>(items: readonly T[]): T {
    return items[this.index(items.length)] as T;
  }

  /** The items in random order. */
  shuffle<T>(items: readonly T[]): T[] {
    const shuffled = [...items];
    for (let last = shuffled.length - 1; last > 0; last--) {
      const other = this.index(last + 1);
      [shuffled[last], shuffled[other]] = [shuffled[other] as T, shuffled[last] as T];
    }
    return shuffled;
  }
}

/** A seed that nobody chose. */
export function drawSeed(): number {
  return Math.floor(Math.random() * 2 ** 31);
}

/** The seed of one of many runs, each of which has one of its own: 32 bits, from the first on. */
export function seedAt(firstSeed: number, index: number): number {
  return (firstSeed + index) >>> 0;
}

/** Spreads a change of one bit over all 32: the finaliser of MurmurHash3. */
function mix(seed: number): number {
  let bits = seed | 0;
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return bits ^ (bits >>> 16);
}

/** The sources that a test draws from: for what is done to it, for its nodes, their disks, and all else. */
export function randomSources(
  seed: number,
): Record<'schedule' | 'run' | 'nodes' | 'disks', Random> {
  const random = Random.fromSeed(seed);
  return {
    schedule: random.fork(),
    run: random.fork(),
    nodes: random.fork(),
    disks: random.fork(),
  };
}
