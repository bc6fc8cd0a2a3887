import type { Kept } from '../../../src/kit/actors/disk-actor.ts';
import type { Batch, Store } from '../../../src/store/store.ts';

/** A disk that has what it was asked to keep when it is told so; a kill loses all the rest. */
export class PlayedDisk implements Store {
  #kept: Kept = { incarnation: 0, records: [] };
  #unsynced: { batch: Batch; done: (problem?: string) => void } | undefined;

  open(): Kept {
    this.#unsynced = undefined;
    return this.#kept;
  }

  write(batch: Batch, done: (problem?: string) => void): void {
    this.#unsynced = { batch, done };
  }

  close(): void {}

  /** Brings all that waits to the disk. */
  sync(): void {
    for (let next = this.#unsynced; next; next = this.#unsynced) {
      this.#unsynced = undefined;
      this.#keep(next.batch);
      next.done();
    }
  }

  /** Fails to keep what waits. */
  fail(): void {
    this.#unsynced?.done('there is no space left on the disk');
  }

  #keep({ incarnation, snapshot, records }: Batch): void {
    const before = snapshot === undefined ? this.#kept : { records: [] };
    this.#kept = {
      ...before,
      ...(snapshot !== undefined && { snapshot: JSON.parse(snapshot) }),
      incarnation: incarnation ?? this.#kept.incarnation,
      records: [...before.records, ...records.map((text) => JSON.parse(text))],
    };
  }
}
