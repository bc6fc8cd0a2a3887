import { type Body, type Json, toCanonicalJson } from 'maelstate';
import type { Service } from '../raft/service.ts';
import { List } from '../values/list.ts';
import { VersionedMap } from '../values/versioned-map.ts';

/** Lists by their keys. */
export type Lists = VersionedMap<string, List<Json>>;

/** Read a list, or add to its end; what was read takes the place of `null`. */
export type MicroOperation = ['r', Json, Json] | ['append', Json, Json];

/** Lists that are read and appended to in transactions, one transaction after the other. */
export const lists: Service<Lists> = {
  initial: VersionedMap.of(),
  kindOf: (request) =>
    transactionOf(request).every(([kind]) => kind === 'r') ? 'read' : 'command',
  commandOf: (request) => transactionOf(request) as Json,
  apply: (state, command) => carryOut(state, command as MicroOperation[]),
  save: (state) => state.toJSON().map(([key, list]) => [key, list.toJSON()]),
  restore: (saved) =>
    VersionedMap.of((saved as [string, Json[]][]).map(([key, list]) => [key, List.of(list)])),
};

function transactionOf({ txn }: Body): MicroOperation[] {
  return txn as MicroOperation[];
}

function carryOut(before: Lists, txn: MicroOperation[]): ReturnType<typeof lists.apply> {
  let state = before;
  const done = txn.map(([kind, of, value]): MicroOperation => {
    const key = toCanonicalJson(of);
    const list = state.get(key);
    if (kind === 'r') return [kind, of, list ? list.toJSON() : null];
    state = state.set(key, (list ?? List.of<Json>()).append(value));
    return [kind, of, value];
  });
  return { state, reply: { ok: { txn: done } } };
}
