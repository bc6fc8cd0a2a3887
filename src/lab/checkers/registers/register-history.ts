import type { Nanoseconds } from '../../time-and-chance/clock.ts';
import type { HistoryEvent } from '../../history/history.ts';
import type { Operation } from '../linearizability/model.ts';
import type { RegisterInput, RegisterOutput } from '../linearizability/models/register-model.ts';

export type RegisterKey = string | number;

/**
 * An operation on the register of a key, and what a client was told of it. Its `call` and `return`
 * are indices of events: no two are the same, and their order is what happened.
 */
export interface RegisterOperation extends Operation<RegisterInput, RegisterOutput> {
  process: number;
  key: RegisterKey;
  /** How it ended; it may have taken effect after `info`, and if it is still `open`. */
  end: 'ok' | 'fail' | 'info' | 'open';
  /** The name of the error that it ended with. */
  error?: string;
  calledAt: Nanoseconds;
  /** Null unless its outcome is known. */
  returnedAt: Nanoseconds | null;
}

/** What an error says of the register. */
const claims: Record<string, { read?: RegisterOutput; cas?: RegisterOutput }> = {
  'key-does-not-exist': { read: null, cas: 'absent' },
  'precondition-failed': { cas: 'mismatch' },
};

/** Pairs up the events of a `lin-kv` history. */
export class RegisterHistory {
  readonly #operations: RegisterOperation[] = [];
  readonly #open = new Map<HistoryEvent['process'], RegisterOperation>();

  add(event: HistoryEvent): void {
    const { process, type } = event;
    if (process === 'nemesis') return;
    if (type === 'invoke') {
      const operation = openOperation(event, process);
      this.#open.set(process, operation);
      this.#operations.push(operation);
      return;
    }
    const operation = this.#open.get(process);
    this.#open.delete(process);
    if (operation) end(operation, event);
  }

  /** All operations, in the order of their calls, whatever became of them. */
  all(): readonly RegisterOperation[] {
    return this.#operations;
  }

  /** The operations that may have taken effect: Maelstrom looks at no others. */
  effective(): RegisterOperation[] {
    return this.#operations.filter(({ end: how }) => how !== 'fail');
  }

  /** These, and the failed ones whose error says something of the register, with it as output. */
  telling(): RegisterOperation[] {
    return this.#operations.flatMap((operation) => {
      if (operation.end !== 'fail') return [operation];
      const output = claimOf(operation);
      return output === undefined ? [] : [{ ...operation, output }];
    });
  }
}

function openOperation({ index, time, f, value }: HistoryEvent, process: number) {
  const [key, argument] = value as [RegisterKey, unknown];
  const operation: RegisterOperation = {
    process,
    call: index,
    return: null,
    input: inputOf(f, key, argument),
    label: `event ${index}`,
    key,
    end: 'open',
    calledAt: time,
    returnedAt: null,
  };
  return operation;
}

function end(operation: RegisterOperation, { type, index, time, value, error }: HistoryEvent) {
  operation.end = type as Exclude<HistoryEvent['type'], 'invoke'>;
  if (Array.isArray(error)) operation.error = String(error[0]);
  if (type === 'info') return;
  operation.return = index;
  operation.returnedAt = time;
  if (type === 'ok' && operation.input.f === 'read') {
    [, operation.output] = value as [unknown, unknown];
  }
}

function claimOf({ input: { f }, error }: RegisterOperation): RegisterOutput | undefined {
  return f === 'write' || error === undefined ? undefined : claims[error]?.[f];
}

function inputOf(f: string, key: RegisterKey, argument: unknown): RegisterInput {
  if (f === 'read') return { f, key };
  if (f === 'write') return { f, key, value: argument };
  const [from, to] = argument as [unknown, unknown];
  return { f: 'cas', key, from, to };
}
