import { type Json, toCanonicalJson } from 'maelstate';
import { partsOf, type Service } from '../raft/service.ts';
import { VersionedMap } from '../values/versioned-map.ts';

/** The values of registers, by their keys. */
export type Registers = VersionedMap<string, Json>;

export type Command =
  | { type: 'read'; key: Json }
  | { type: 'write'; key: Json; value: Json }
  | { type: 'cas'; key: Json; from: Json; to: Json };

/** Registers that are read, written, and swapped if they have an expected value. */
export const registers: Service<Registers> = {
  initial: VersionedMap.of(),
  kindOf: ({ type }) => (type === 'read' ? 'read' : 'command'),
  commandOf: partsOf,
  apply: (state, command) => carryOut(state, command as Command),
  save: (state) => state.toJSON(),
  restore: (saved) => VersionedMap.of(saved as [string, Json][]),
};

function carryOut(state: Registers, command: Command): ReturnType<typeof registers.apply> {
  const key = toCanonicalJson(command.key);
  if (command.type === 'write') return { state: state.set(key, command.value), reply: { ok: {} } };
  const value = state.get(key);
  if (value === undefined) {
    return fail(state, 'key-does-not-exist', `there is no key ${key}`);
  }
  if (command.type === 'read') return { state, reply: { ok: { value } } };
  if (toCanonicalJson(value) !== toCanonicalJson(command.from)) {
    const expected = JSON.stringify(command.from);
    const text = `the value of ${key} is ${JSON.stringify(value)}, not ${expected}`;
    return fail(state, 'precondition-failed', text);
  }
  return { state: state.set(key, command.to), reply: { ok: {} } };
}

function fail(
  state: Registers,
  code: 'key-does-not-exist' | 'precondition-failed',
  text: string,
): ReturnType<typeof registers.apply> {
  return { state, reply: { error: { code, text } } };
}
