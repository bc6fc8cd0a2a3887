import type { DiskEvent, DiskRequest, Kept } from '../kit/actors/disk-actor.ts';
import type { EndpointId } from '../wire/message.ts';
import { Committer } from '../store/committer.ts';
import { type Store, StoreProblem } from '../store/store.ts';
import type { DiskEnd } from './wired-machine.ts';

/** What a node's disk is given by the node's host. */
export interface DiskSurroundings {
  store: Store;
  /** Does something at the end of this turn of the event loop. */
  soon(callback: () => void): void;
  /** The time by the host's clock, as `NodeActor.take` gets it. */
  now(): number;
  /** Told why the node has to end: it cannot keep what it would have to. */
  onFailure(problem: string): void;
}

/** A node's disk: it commits what the node's machine asks, and tells it how far that is done. */
export class NodeDisk implements DiskEnd {
  readonly #surroundings: DiskSurroundings;
  readonly #committer: Committer;
  #raise: (event: DiskEvent) => void = () => {};

  /** @param onFailed called after the machine was told that nothing can be kept any more */
  constructor(surroundings: DiskSurroundings, onFailed: () => void) {
    this.#surroundings = surroundings;
    const { store, soon, now, onFailure } = surroundings;
    this.#committer = new Committer({
      store,
      soon,
      onSynced: (upTo, incarnation) =>
        this.#raise({
          type: 'disk.synced',
          upTo,
          ...(incarnation !== undefined && { incarnation }),
          at: now(),
        }),
      onFailed: (problem) => {
        onFailure(problem);
        this.#raise({ type: 'disk.failed', problem, at: now() });
        onFailed();
      },
    });
  }

  get full(): boolean {
    return this.#committer.full;
  }

  /** What an earlier start of the node has kept; nothing, and the host is told why, if it cannot be had. */
  open(nodeId: EndpointId): Kept | undefined {
    try {
      return this.#surroundings.store.open(nodeId);
    } catch (error) {
      if (!(error instanceof StoreProblem)) throw error;
      this.#surroundings.onFailure(error.message);
      return undefined;
    }
  }

  plugIn(raise: (event: DiskEvent) => void): void {
    this.#raise = raise;
  }

  take(request: DiskRequest): void {
    this.#committer.take(request);
  }

  onceIdle(callback: () => void): void {
    this.#committer.onceIdle(callback);
  }

  onceRoom(callback: () => void): void {
    this.#committer.onceRoom(callback);
  }

  /** Nothing is written any more. */
  close(): void {
    this.#raise = () => {};
    this.#committer.onceIdle(() => this.#surroundings.store.close());
  }
}
