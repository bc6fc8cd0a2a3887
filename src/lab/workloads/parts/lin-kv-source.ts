import type { HistoryEvent } from '../../history/history.ts';
import { counted } from '../../terminal/rows/rows.ts';
import type { Random } from '../../time-and-chance/random.ts';
import type { LoadContext, Operation, OperationSource } from '../workload.ts';

/** How many processes may ask of one key: searches take the longer the more of them are open. */
const MAX_PROCESSES = 20;
/** What is written is 0 … 4. */
const VALUES = 5;

/** Workers that ask of the same key at a time. */
interface Group {
  key: number;
  processes: Set<number>;
  maxProcesses: number;
}

/**
 * Half reads, a sixth writes, a third compare-and-sets, whoever asks. Workers go in groups of two a
 * node, each with one key at a time; when too many of its clients have given up, it takes another.
 */
export class LinKvSource implements OperationSource {
  readonly #random: Random;
  readonly #groupSize: number;
  readonly #workerCount: number;
  readonly #groups: Group[];
  #nextKey = 0;

  constructor({ random, nodeCount, workerCount }: LoadContext) {
    this.#random = random;
    this.#workerCount = workerCount;
    this.#groupSize = 2 * nodeCount;
    const groupCount = Math.ceil(workerCount / this.#groupSize);
    this.#groups = Array.from({ length: groupCount }, () => this.#createGroup());
  }

  next(worker: number): Operation {
    const { key } = this.#groups[Math.floor(worker / this.#groupSize)] as Group;
    const value = () => this.#random.index(VALUES);
    const drawn = this.#random.below(6);
    if (drawn < 3) return { f: 'read', value: [key, null] };
    if (drawn < 4) return { f: 'write', value: [key, value()] };
    return { f: 'cas', value: [key, [value(), value()]] };
  }

  describeDone(): string {
    return `on ${counted(this.#nextKey, 'key')}`;
  }

  observe({ type, process }: HistoryEvent): void {
    if (type !== 'info' || typeof process !== 'number') return;
    const index = Math.floor((process % this.#workerCount) / this.#groupSize);
    const group = this.#groups[index] as Group;
    group.processes.add(process);
    if (group.processes.size > group.maxProcesses) this.#groups[index] = this.#createGroup();
  }

  /** The processes that are seen are those that gave up: as many others are at work. */
  #createGroup(): Group {
    const maxProcesses = Math.max(1, MAX_PROCESSES - this.#groupSize);
    return { key: this.#nextKey++, processes: new Set(), maxProcesses };
  }
}
