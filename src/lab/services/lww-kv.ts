import { jsonKey } from '../checkers/parts/json-key.ts';
import { decide, type Held, isKeyValueRequest } from './key-value.ts';
import type { CreateService } from './service.ts';

/** How many replicas there are: Maelstrom's documentation says five, its program has two. */
const REPLICAS = 2;

interface Stamped extends Held {
  stamp: number;
}

/** One copy of everything, with its Lamport clock. */
class Replica {
  readonly entries = new Map<unknown, Stamped>();
  /** Keys that have changed since another replica last took in what this one has. */
  readonly #news = new Map<Replica, Set<unknown>>();
  #clock = 0;

  /** Takes in what another has; of two values that were stamped alike, the other's. */
  merge(other: Replica): void {
    for (const key of other.#newsFor(this)) {
      const entry = other.entries.get(key) as Stamped;
      if (entry.stamp >= (this.entries.get(key)?.stamp ?? -1)) this.#set(key, entry);
    }
    other.#newsFor(this).clear();
    this.#clock = Math.max(this.#clock, other.#clock);
  }

  write(key: unknown, value: unknown): void {
    this.#set(key, { value, stamp: this.#clock++ });
  }

  #set(key: unknown, entry: Stamped): void {
    this.entries.set(key, entry);
    for (const keys of this.#news.values()) keys.add(key);
  }

  /** At first everything is news. */
  #newsFor(other: Replica): Set<unknown> {
    const keys = this.#news.get(other) ?? new Set(this.entries.keys());
    this.#news.set(other, keys);
    return keys;
  }
}

/**
 * An eventually consistent key-value store in which the last write wins, by the Lamport clocks of its
 * replicas. Before each request a random replica takes in what another has; then a random one serves
 * it. So reads are stale, keys come and go, and writes are lost.
 */
export const createLwwKv: CreateService = (random) => {
  const replicas = Array.from({ length: REPLICAS }, () => new Replica());
  return {
    serve: (_src, request) => {
      if (!isKeyValueRequest(request)) return undefined;
      const [source, target] = [random.pick(replicas), random.pick(replicas)];
      if (source !== target) target.merge(source);
      const server = random.pick(replicas);
      const key = jsonKey(request.key);
      const { reply } = decide(server.entries.get(key), {
        ...request,
        create_if_not_exists: false,
      });
      // What was there already is stamped anew, too.
      if (reply.type === 'write_ok') server.write(key, request.value);
      if (reply.type === 'cas_ok') server.write(key, request.to);
      return reply;
    },
  };
};
