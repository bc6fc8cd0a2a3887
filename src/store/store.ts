import type { Kept } from '../kit/actors/disk-actor.ts';

/** What is written at once: JSON texts, so that nothing in them changes any more. */
export interface Batch {
  /** The incarnation of a start, if one is to be kept. */
  incarnation?: number;
  /** What takes the place of all that was written before, if anything does. */
  snapshot?: string;
  /** What was appended: after the snapshot, if there is one. */
  records: readonly string[];
}

/** Where a node keeps what must outlive it: files, or a simulated disk. */
export interface Store {
  /**
   * Opens what a node has kept; called once, before anything is written.
   *
   * @throws StoreProblem when it cannot be used
   */
  open(nodeId: string): Kept;
  /**
   * Writes a batch, whole and behind all others; not called again before it has called back.
   *
   * @param done called, never at once, when the batch is on disk to stay; or with what is wrong: then
   *   nothing is known of the batch, and nothing can be written any more
   */
  write(batch: Batch, done: (problem?: string) => void): void;
  /** Lets others open it. */
  close(): void;
}

/** Why a store cannot be used: what was tried, where, why that failed, and what can be done. */
export class StoreProblem extends Error {
  override readonly name = 'StoreProblem';
}
