import type { Json } from '../../wire/message.ts';
import type { RpcInput } from './rpc.ts';

/** The names of Maelstrom's key–value services. */
export type KvService = 'lin-kv' | 'seq-kv' | 'lww-kv';

/**
 * Makes the requests to one of Maelstrom's key–value services, as input for the actor `rpc`.
 * https://github.com/jepsen-io/maelstrom/blob/main/doc/services.md
 */
export class KvClient {
  readonly service: KvService;

  constructor(service: KvService) {
    this.service = service;
  }

  /** Answered by `{ value }`, or by the error `key-does-not-exist`. */
  read(key: Json, timeoutMs?: number): RpcInput {
    return this.#ask({ type: 'read', key }, timeoutMs);
  }

  write(key: Json, value: Json, timeoutMs?: number): RpcInput {
    return this.#ask({ type: 'write', key, value }, timeoutMs);
  }

  /**
   * Writes `to` if the value is `from`; otherwise the error is `precondition-failed`.
   *
   * @param create whether a key that does not exist is made, whatever `from` is; otherwise the error
   *   is `key-does-not-exist`. `lww-kv` takes no notice of it.
   */
  cas(key: Json, from: Json, to: Json, create = false, timeoutMs?: number): RpcInput {
    const body = { type: 'cas', key, from, to, ...(create && { create_if_not_exists: true }) };
    return this.#ask(body, timeoutMs);
  }

  #ask(body: RpcInput['body'], timeoutMs: number | undefined): RpcInput {
    return { dest: this.service, body, ...(timeoutMs !== undefined && { timeoutMs }) };
  }
}

/** Linearizable: every read sees the latest write. */
export const linKv = new KvClient('lin-kv');
/** Sequentially consistent: a client may read old states, but never goes back. */
export const seqKv = new KvClient('seq-kv');
/** Last write wins: eventually consistent, and loses updates. */
export const lwwKv = new KvClient('lww-kv');

/** The timestamp service: each answer's `ts` is larger than all before. */
export const linTso = {
  next(timeoutMs?: number): RpcInput {
    return { dest: 'lin-tso', body: { type: 'ts' }, ...(timeoutMs !== undefined && { timeoutMs }) };
  },
};
