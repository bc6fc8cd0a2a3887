import { quote } from '../../../../wire/quote.ts';
import { isSame } from '../is-same.ts';
import { type Model, REFUSED } from '../model.ts';

/** What a register can be asked. Registers with different keys are different objects. */
export type RegisterInput =
  | { f: 'read'; key?: string | number }
  | { f: 'write'; key?: string | number; value: unknown }
  | { f: 'cas'; key?: string | number; from: unknown; to: unknown };

/**
 * A read's output is the value, null for a register that was never written. Writes have none, nor
 * have cas that took place; one that was refused claims that the register was `absent`, or held
 * something else than `from` (`mismatch`).
 */
export type RegisterOutput = unknown;

export interface RegisterModelOptions {
  /** Whether a read of null fits every state, as it does for Maelstrom's checker. */
  nullAlwaysFits?: boolean;
}

/** A register with read, write and compare-and-set, by key. It begins as null. */
export function createRegisterModel({ nullAlwaysFits = false }: RegisterModelOptions = {}): Model<
  unknown,
  RegisterInput,
  RegisterOutput
> {
  function read(state: unknown, output: RegisterOutput): unknown {
    if (output === undefined || (output === null && nullAlwaysFits)) return state;
    return isSame(state, output) ? state : REFUSED;
  }

  return {
    name: 'register',
    initial: null,
    step(state, input, output) {
      if (input.f === 'read') return read(state, output);
      if (input.f === 'write') return input.value;
      if (output === 'absent') return state === null ? state : REFUSED;
      const matches = isSame(state, input.from);
      if (output === 'mismatch') return matches ? REFUSED : state;
      return matches ? input.to : REFUSED;
    },
    partition: ({ key }) => key ?? '',
    describe: describeRegisterCall,
    describeState: quote,
  };
}

function describeRegisterCall(input: RegisterInput, output: RegisterOutput): string {
  if (input.f === 'write') return `write ${quote(input.value)}`;
  if (input.f === 'read') return output === undefined ? 'read' : `read → ${quote(output)}`;
  const asked = `cas ${quote(input.from)} to ${quote(input.to)}`;
  return typeof output === 'string' ? `${asked} → ${output}` : asked;
}
