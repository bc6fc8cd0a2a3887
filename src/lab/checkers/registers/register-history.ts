import type { HistoryEvent } from '../../history/history.ts';
import type { Operation } from '../linearizability/model.ts';
import type { RegisterInput, RegisterOutput } from '../linearizability/models/register-model.ts';

/** An operation on the register of a key, and what a client was told of it. */
export type RegisterOperation = Operation<RegisterInput, RegisterOutput>;

/** What an error says of the register, which only a judge that believes errors takes into account. */
const claims: Record<string, { read?: RegisterOutput; cas?: RegisterOutput }> = {
  'key-does-not-exist': { read: null, cas: 'absent' },
  'precondition-failed': { cas: 'mismatch' },
};

/** Collects the operations of a `lin-kv` history. */
export class RegisterHistory {
  readonly #operations: { operation: RegisterOperation; isClaim: boolean }[] = [];
  readonly #open = new Map<HistoryEvent['process'], HistoryEvent>();

  add(event: HistoryEvent): void {
    const { process, type } = event;
    if (process === 'nemesis') return;
    if (type === 'invoke') return void this.#open.set(process, event);
    const invocation = this.#open.get(process);
    this.#open.delete(process);
    if (invocation) this.#end(invocation, event);
  }

  /**
   * The operations that may have taken effect.
   *
   * @param believesErrors whether those are among them that only say what they found
   */
  operations(believesErrors: boolean): RegisterOperation[] {
    const ended = this.#operations.filter(({ isClaim }) => believesErrors || !isClaim);
    const open = [...this.#open.values()].map((invocation) => openOperation(invocation));
    return [...ended.map(({ operation }) => operation), ...open];
  }

  #end(invocation: HistoryEvent, { type, value, error, index }: HistoryEvent): void {
    const operation = openOperation(invocation);
    if (type === 'info') return void this.#operations.push({ operation, isClaim: false });
    operation.return = index;
    if (type === 'ok') {
      const [, output] = value as [unknown, unknown];
      if (operation.input.f === 'read') operation.output = output;
      this.#operations.push({ operation, isClaim: false });
      return;
    }
    const claim = Array.isArray(error) ? claims[String(error[0])] : undefined;
    const { f } = operation.input;
    const output = f === 'write' ? undefined : claim?.[f];
    if (output === undefined) return;
    this.#operations.push({ operation: { ...operation, output }, isClaim: true });
  }
}

/** Events are the clock: no two are at one time, and their order is what happened. */
function openOperation({ process, index, f, value }: HistoryEvent): RegisterOperation {
  const [key, argument] = value as [string | number, unknown];
  return {
    process: process as number,
    call: index,
    return: null,
    input: inputOf(f, key, argument),
  };
}

function inputOf(f: string, key: string | number, argument: unknown): RegisterInput {
  if (f === 'read') return { f, key };
  if (f === 'write') return { f, key, value: argument };
  const [from, to] = argument as [unknown, unknown];
  return { f: 'cas', key, from, to };
}
