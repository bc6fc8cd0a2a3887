/** What takes an older map back from the next newer one: one entry as it was. */
interface Step<K extends string | number, V> {
  key: K;
  had: boolean;
  old: V | undefined;
  newer: VersionedMap<K, V>;
}

/**
 * A map as an immutable value: `set` and `delete` return a new map and leave the old one as it was.
 *
 * The map that was used last holds the entries; every other one knows in what it differs from its
 * neighbour, and takes the entries over when it is asked (Baker, "Shallow binding makes functional
 * arrays fast", 1991). So the newest map is as fast as any, and one that nobody holds costs nothing.
 */
export class VersionedMap<K extends string | number, V> {
  #entries: Map<K, V> | undefined;
  #step: Step<K, V> | undefined;

  private constructor(entries: Map<K, V>) {
    this.#entries = entries;
  }

  /** A map of its own that holds these entries. */
  static of<K extends string | number, V>(entries: Iterable<readonly [K, V]> = []) {
    return new VersionedMap<K, V>(new Map(entries));
  }

  get size(): number {
    return this.#own().size;
  }

  get(key: K): V | undefined {
    return this.#own().get(key);
  }

  has(key: K): boolean {
    return this.#own().has(key);
  }

  set(key: K, value: V): VersionedMap<K, V> {
    const entries = this.#own();
    // Of an empty one, such as many begin with, every line of history is one of its own: two that went
    // on in turn would take the entries from each other all the time.
    if (entries.size === 0) return VersionedMap.of([[key, value]]);
    const newer = this.#succeed(key, entries);
    entries.set(key, value);
    return newer;
  }

  delete(key: K): VersionedMap<K, V> {
    const entries = this.#own();
    if (!entries.has(key)) return this;
    const newer = this.#succeed(key, entries);
    entries.delete(key);
    return newer;
  }

  /** The entries, by key in order: the map's canonical form. */
  toJSON(): [K, V][] {
    return [...this.#own()].toSorted(([a], [b]) => (a < b ? -1 : 1));
  }

  #succeed(key: K, entries: Map<K, V>): VersionedMap<K, V> {
    const newer = new VersionedMap<K, V>(entries);
    this.#step = { key, had: entries.has(key), old: entries.get(key), newer };
    this.#entries = undefined;
    return newer;
  }

  /** Takes the entries over from whichever map holds them. */
  #own(): Map<K, V> {
    if (this.#entries) return this.#entries;
    const between = VersionedMap.#towardsHolder(this);
    const nearest = between[between.length - 1] as VersionedMap<K, V>;
    const holder = (nearest.#step as Step<K, V>).newer;
    const entries = holder.#entries as Map<K, V>;
    for (const older of between.toReversed()) older.#takeOver(entries);
    return entries;
  }

  /** A map and the newer ones, up to the one before that which holds the entries. */
  static #towardsHolder<K extends string | number, V>(
    map: VersionedMap<K, V>,
  ): VersionedMap<K, V>[] {
    const between: VersionedMap<K, V>[] = [];
    for (let next = map; next.#step; next = next.#step.newer) between.push(next);
    return between;
  }

  /** Takes the entries over from the next newer map, which holds them. */
  #takeOver(entries: Map<K, V>): void {
    const { key, had, old, newer } = this.#step as Step<K, V>;
    newer.#step = { key, had: entries.has(key), old: entries.get(key), newer: this };
    newer.#entries = undefined;
    if (had) entries.set(key, old as V);
    else entries.delete(key);
    this.#step = undefined;
    this.#entries = entries;
  }
}
