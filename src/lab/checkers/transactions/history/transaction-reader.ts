import type { MicroOperation, Outcome, Scalar, Transaction } from './transaction.ts';

/** An event of a history, as in `history.ndjson`. */
export interface TransactionEvent {
  /** Counts up from 0, with the events of the nemesis. */
  index: number;
  type: 'invoke' | Outcome;
  /** A number for a client; events of anything else are overlooked. */
  process: unknown;
  f: string;
  /** The micro-operations, `[f, key, value]` each. */
  value?: unknown;
}

/** How one workload writes its micro-operations down. */
export interface MicroOperationFormat<R> {
  /** The name of its writes on the wire. */
  write: string;
  /** What its reads may observe, for an error's text. */
  observes: string;
  isObservation(value: unknown): boolean;
  /** Nothing observed: what a read is before its transaction completed. */
  nothing: R;
}

const READ = 'r';

/** A history that no checker of transactions can judge: which event is wrong, and how. */
export class UnreadableHistory extends Error {
  readonly index: number;

  constructor(index: number, problem: string) {
    super(`event ${index} of the history: ${problem}`);
    this.name = 'UnreadableHistory';
    this.index = index;
  }
}

/** Puts the events of a history together into transactions. */
export class TransactionReader<R> {
  readonly #format: MicroOperationFormat<R>;
  readonly #transactions: Transaction<R>[] = [];
  readonly #open = new Map<number, Transaction<R>>();
  readonly #crashed = new Map<number, number>();
  #lastIndex = -1;

  constructor(format: MicroOperationFormat<R>) {
    this.#format = format;
  }

  /**
   * Takes the next event of the history.
   *
   * @throws UnreadableHistory naming the event when it is malformed or out of place
   */
  add(event: TransactionEvent): void {
    const { index, process } = event;
    if (!Number.isSafeInteger(index) || index < 0) {
      const place = this.#lastIndex + 1;
      throw new UnreadableHistory(place, `its index is ${show(index)}, not a whole number from 0`);
    }
    if (index <= this.#lastIndex) {
      const problem = `it comes after event ${this.#lastIndex}; events must be in the order of index`;
      throw new UnreadableHistory(index, problem);
    }
    this.#lastIndex = index;
    if (typeof process !== 'number') return;
    if (event.f !== 'txn') {
      throw new UnreadableHistory(index, `f is ${show(event.f)}, but clients only do "txn"`);
    }
    if (event.type === 'invoke') this.#invoke(event, process);
    else this.#complete(event, process);
  }

  /** All transactions, in the order of their invocations; those still open are `info`. */
  transactions(): Transaction<R>[] {
    return this.#transactions;
  }

  #invoke({ index, value }: TransactionEvent, process: number): void {
    const open = this.#open.get(process);
    if (open) {
      const problem = `process ${process} invokes a transaction, but the one that it invoked in event ${open.invoked} is not completed`;
      throw new UnreadableHistory(index, problem);
    }
    const crash = this.#crashed.get(process);
    if (crash !== undefined) {
      const problem = `process ${process} goes on, but crashed in event ${crash}; its worker must go on under a new number`;
      throw new UnreadableHistory(index, problem);
    }
    const transaction: Transaction<R> = {
      id: this.#transactions.length,
      outcome: 'info',
      process,
      invoked: index,
      completed: Infinity,
      operations: this.#parse(index, value, false),
    };
    this.#transactions.push(transaction);
    this.#open.set(process, transaction);
  }

  #complete({ index, type, value }: TransactionEvent, process: number): void {
    if (type !== 'ok' && type !== 'fail' && type !== 'info') {
      throw new UnreadableHistory(index, `type is ${show(type)}, not invoke, ok, fail or info`);
    }
    const transaction = this.#open.get(process);
    if (!transaction) {
      const problem = `process ${process} completes a transaction (${type}), but has none open`;
      throw new UnreadableHistory(index, problem);
    }
    this.#open.delete(process);
    if (type === 'info') this.#crashed.set(process, index);
    transaction.outcome = type;
    transaction.completed = index;
    if (type !== 'ok') return;
    const requested = transaction.operations;
    transaction.operations = this.#parse(index, value, true);
    if (!isAnswerTo(transaction.operations, requested)) transaction.requested = requested;
  }

  #parse(index: number, value: unknown, observed: boolean): MicroOperation<R>[] {
    if (!Array.isArray(value)) {
      throw new UnreadableHistory(index, `value is ${show(value)}, not a list of micro-operations`);
    }
    return value.map((operation, i) => {
      try {
        return this.#parseOperation(operation, observed);
      } catch (error) {
        const where = `micro-operation ${i}, ${show(operation)}`;
        throw new UnreadableHistory(index, `${where}: ${(error as Error).message}`);
      }
    });
  }

  #parseOperation(operation: unknown, observed: boolean): MicroOperation<R> {
    const { write, observes, isObservation, nothing } = this.#format;
    if (!Array.isArray(operation) || operation.length !== 3) {
      throw new Error('it must be a list of three: what to do, a key and a value');
    }
    const [f, key, value] = operation as [unknown, unknown, unknown];
    if (f !== READ && f !== write) {
      throw new Error(`${show(f)} is neither ${show(READ)} nor ${show(write)}`);
    }
    if (!isScalar(key)) throw new Error('its key must be a number or a string');
    if (f === write) {
      if (!isScalar(value)) throw new Error(`${write} must have a value: a number or a string`);
      return { f: 'write', key, value };
    }
    if (!observed) return { f: 'read', key, value: nothing };
    if (!isObservation(value)) throw new Error(`a read must observe ${observes}`);
    return { f: 'read', key, value: value as R };
  }
}

/** Whether something can be a key, or a value that is written. */
export function isScalar(value: unknown): value is Scalar {
  return typeof value === 'number' || typeof value === 'string' || typeof value === 'boolean';
}

/** Whether one list of micro-operations is another, with its reads filled in. */
function isAnswerTo<R>(answer: MicroOperation<R>[], request: MicroOperation<R>[]): boolean {
  if (answer.length !== request.length) return false;
  return answer.every(({ f, key, value }, i) => {
    const asked = request[i] as MicroOperation<R>;
    return f === asked.f && key === asked.key && (f === 'read' || value === asked.value);
  });
}

function show(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
