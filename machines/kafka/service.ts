import type { Json } from 'maelstate';
import { partsOf, type Service } from '../raft/service.ts';
import { List } from '../values/list.ts';
import { VersionedMap } from '../values/versioned-map.ts';

/** Logs of messages by their keys, and how far consumers say that they have read each. */
export interface Logs {
  messages: VersionedMap<string, List<Json>>;
  committed: VersionedMap<string, number>;
}

export type Offsets = Readonly<Record<string, number>>;

export type Command =
  | { type: 'send'; key: string; msg: Json }
  | { type: 'poll'; offsets: Offsets }
  | { type: 'commit_offsets'; offsets: Offsets }
  | { type: 'list_committed_offsets'; keys: readonly string[] };

/** How many messages of a log one poll returns at most. */
const MAX_POLLED = 100;

/**
 * Append-only logs. What is sent, and how far it was read, all nodes agree on; polls may be late, and
 * are answered where they come.
 */
export const logs: Service<Logs> = {
  initial: { messages: VersionedMap.of(), committed: VersionedMap.of() },
  kindOf: ({ type }) => (type === 'send' || type === 'commit_offsets' ? 'command' : 'glance'),
  commandOf: partsOf,
  apply: (state, command) => carryOut(state, command as Command),
  save: ({ messages, committed }) => ({
    messages: messages.toJSON().map(([key, list]) => [key, list.toJSON()]),
    committed: committed.toJSON(),
  }),
  restore: (json) => {
    const saved = json as { messages: [string, Json[]][]; committed: [string, number][] };
    return {
      messages: VersionedMap.of(saved.messages.map(([key, list]) => [key, List.of(list)])),
      committed: VersionedMap.of(saved.committed),
    };
  },
};

function carryOut(state: Logs, command: Command): ReturnType<typeof logs.apply> {
  switch (command.type) {
    case 'send':
      return send(state, command.key, command.msg);
    case 'poll':
      return { state, reply: { ok: { msgs: poll(state, command.offsets) } } };
    case 'commit_offsets':
      return { state: commit(state, command.offsets), reply: { ok: {} } };
    case 'list_committed_offsets':
      return { state, reply: { ok: { offsets: committedOf(state, command.keys) } } };
  }
}

function send(state: Logs, key: string, msg: Json): ReturnType<typeof logs.apply> {
  const list = state.messages.get(key) ?? List.of<Json>();
  const messages = state.messages.set(key, list.append(msg));
  return { state: { ...state, messages }, reply: { ok: { offset: list.length } } };
}

/** By key, messages with their offsets, from an offset on. */
function poll({ messages }: Logs, offsets: Offsets): Record<string, [number, Json][]> {
  const polled = Object.entries(offsets).map(([key, first]) => {
    const found = messages.get(key)?.slice(first, MAX_POLLED) ?? [];
    return [key, found.map((msg, place): [number, Json] => [first + place, msg])] as const;
  });
  return Object.fromEntries(polled);
}

function commit(state: Logs, offsets: Offsets): Logs {
  const committed = Object.entries(offsets).reduce(
    (sofar, [key, offset]) => sofar.set(key, offset),
    state.committed,
  );
  return { ...state, committed };
}

function committedOf({ committed }: Logs, keys: readonly string[]): Offsets {
  return Object.fromEntries(
    keys.filter((key) => committed.has(key)).map((key) => [key, committed.get(key) as number]),
  );
}
