import type { TransactionEvent } from '../../../../../src/lab/checkers/transactions/history/transaction-reader.ts';
import type { TransactionWorkloadName } from '../../../../../src/lab/checkers/transactions/transaction-checker.ts';

/**
 * How a transaction runs: all at once; on a snapshot, which fails it if somebody else has written
 * what it wrote; on a snapshot without that test; or each operation for itself.
 */
export type Isolation = 'serial' | 'snapshot' | 'snapshot without conflicts' | 'none';

export interface DatabaseOptions {
  workload: TransactionWorkloadName;
  isolation: Isolation;
  transactions: number;
  processes: number;
  /** Numbers from 0 up to 1, without it. */
  random: () => number;
  keys?: number;
  maxLength?: number;
  maxWritesPerKey?: number;
  /** The share of transactions that fail, and of those that are never answered. */
  failing?: number;
  unanswered?: number;
  /** Whether each transaction reads a key before it writes to it. */
  updatesOnly?: boolean;
}

type Operation = [f: string, key: number, value: unknown];

/** What a process has under way. */
interface Running {
  operations: Operation[];
  /** How far it is: for a snapshot, when it was taken. */
  position: number;
  snapshot?: number;
}

interface Version {
  time: number;
  value: unknown;
}

/** A history of an in-memory database, with the load that Maelstrom’s generator gives it. */
export function runDatabase(options: DatabaseOptions): TransactionEvent[] {
  return new Database(options).run();
}

class Database {
  readonly #options: Required<DatabaseOptions>;
  readonly #events: TransactionEvent[] = [];
  readonly #versions = new Map<number, Version[]>();
  readonly #writesTo = new Map<number, number>();
  readonly #pool: number[];
  #time = 0;

  constructor(options: DatabaseOptions) {
    const defaults = { keys: 10, maxLength: 4, maxWritesPerKey: 16, failing: 0, unanswered: 0 };
    this.#options = { ...defaults, updatesOnly: false, ...options };
    this.#pool = Array.from({ length: this.#options.keys }, (_, key) => key);
  }

  run(): TransactionEvent[] {
    const { transactions, processes, random } = this.#options;
    const workers = Array.from({ length: processes }, (_, process) => ({ process }) as Worker);
    let begun = 0;
    let done = 0;
    while (done < transactions) {
      const worker = workers[Math.floor(random() * processes)] as Worker;
      if (worker.running) {
        if (this.#advance(worker)) done++;
      } else if (begun < transactions) {
        begun++;
        worker.running = { operations: this.#draw(), position: 0 };
        this.#record('invoke', worker.process, worker.running.operations);
      }
    }
    return this.#events;
  }

  /** Takes a worker’s transaction a step further; tells whether it is over. */
  #advance(worker: Worker): boolean {
    const running = worker.running as Running;
    if (!this.#execute(running)) return false;
    const { failing, unanswered, random, processes } = this.#options;
    worker.running = undefined;
    const luck = random();
    if (running.position < 0 || luck < failing) {
      this.#record('fail', worker.process, running.operations.map(requested));
    } else if (luck < failing + unanswered) {
      this.#record('info', worker.process, running.operations.map(requested));
      worker.process += processes;
      if (random() < 0.5) this.#commit(running.operations);
    } else {
      this.#commit(running.operations);
      this.#record('ok', worker.process, running.operations);
    }
    return true;
  }

  /** Fills in what a transaction reads, one step at a time; tells whether it has run. */
  #execute(running: Running): boolean {
    const { isolation } = this.#options;
    const { operations } = running;
    if (isolation === 'serial') {
      // It all happens as it ends, or, as often, some steps earlier: what others do is not seen.
      this.#fill(operations, this.#time);
      return true;
    }
    if (isolation === 'none') {
      const operation = operations[running.position] as Operation;
      this.#fill([operation], this.#time);
      if (operation[0] !== 'r') this.#install([operation]);
      running.position++;
      return running.position === operations.length;
    }
    if (running.snapshot === undefined) {
      running.snapshot = this.#time;
      this.#fill(operations, running.snapshot);
      return false;
    }
    if (isolation === 'snapshot' && this.#conflicts(operations, running.snapshot)) {
      running.position = -1;
    }
    return true;
  }

  #conflicts(operations: readonly Operation[], snapshot: number): boolean {
    return operations.some(
      ([f, key]) => f !== 'r' && (this.#versions.get(key)?.at(-1)?.time ?? 0) > snapshot,
    );
  }

  /** What each read observes at a time, and of the operations before it. */
  #fill(operations: Operation[], time: number): void {
    const own = new Map<number, unknown>();
    for (const operation of operations) {
      const [f, key] = operation;
      const before = own.has(key) ? own.get(key) : this.#read(key, time);
      if (f === 'r') operation[2] = before ?? null;
      else own.set(key, this.#after(operation, before));
    }
  }

  #read(key: number, time: number): unknown {
    return this.#versions.get(key)?.findLast((version) => version.time <= time)?.value ?? null;
  }

  #after([f, , value]: Operation, before: unknown): unknown {
    return f === 'append' ? [...((before as unknown[] | null) ?? []), value] : value;
  }

  #commit(operations: readonly Operation[]): void {
    if (this.#options.isolation !== 'none') this.#install(operations);
  }

  #install(operations: readonly Operation[]): void {
    this.#time++;
    for (const operation of operations) {
      const [f, key] = operation;
      if (f === 'r') continue;
      const versions = this.#versions.get(key) ?? [];
      this.#versions.set(key, versions);
      const value = this.#after(operation, versions.at(-1)?.value ?? null);
      versions.push({ time: this.#time, value });
    }
  }

  #draw(): Operation[] {
    const { maxLength, random, updatesOnly } = this.#options;
    const length = 1 + Math.floor(random() * maxLength);
    const operations = Array.from({ length }, () => this.#drawOperation());
    if (!updatesOnly) return operations;
    return operations.flatMap((operation): Operation[] => [['r', operation[1], null], operation]);
  }

  #drawOperation(): Operation {
    const { workload, maxWritesPerKey, random } = this.#options;
    for (;;) {
      const share = random() * (2 ** this.#pool.length - 1);
      const place = Math.floor(Math.log2(share + 1));
      const key = this.#pool[place] as number;
      if (random() < 0.5) return ['r', key, null];
      const writes = (this.#writesTo.get(key) ?? 0) + 1;
      if (writes > maxWritesPerKey) {
        this.#pool[place] = Math.max(...this.#pool) + 1;
        continue;
      }
      this.#writesTo.set(key, writes);
      return [workload === 'txn-list-append' ? 'append' : 'w', key, writes];
    }
  }

  #record(type: TransactionEvent['type'], process: number, operations: Operation[]): void {
    const value = operations.map((operation) => [...operation]);
    this.#events.push({ index: this.#events.length, type, process, f: 'txn', value });
  }
}

interface Worker {
  process: number;
  running?: Running;
}

function requested([f, key, value]: Operation): Operation {
  return [f, key, f === 'r' ? null : value];
}
