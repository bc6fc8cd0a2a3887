import { quote } from '../../wire/quote.ts';
import type { Body } from '../../wire/message.ts';
import { jsonKey } from '../checkers/parts/json-key.ts';
import { noSuchKey } from './service.ts';

/** A value that a store has: any JSON, null included. */
export interface Held {
  value: unknown;
}

/** What a request comes to: the reply, and the value that the key is to have from now on, if another. */
export interface Outcome {
  reply: Body;
  change?: Held;
}

/** Whether a key-value service takes such a request; it leaves all others unanswered. */
export function isKeyValueRequest({ type, ...parts }: Body): boolean {
  if (type === 'read') return 'key' in parts;
  if (type === 'write') return 'key' in parts && 'value' in parts;
  return type === 'cas' && 'key' in parts && 'from' in parts && 'to' in parts;
}

/**
 * What a read, write or cas comes to where its key has a value, or none. Values are equal by content.
 */
export function decide(held: Held | undefined, request: Body): Outcome {
  const { type, value, from, to, create_if_not_exists: creates } = request;
  if (type === 'write') return { reply: { type: 'write_ok' }, ...changeTo(held, value) };
  if (type === 'read') return { reply: held ? { type: 'read_ok', value: held.value } : noSuchKey };
  if (!held && creates !== true) return { reply: noSuchKey };
  if (held && jsonKey(held.value) !== jsonKey(from)) {
    const text = `current value ${quote(held.value)} is not ${quote(from)}`;
    return { reply: { type: 'error', code: 22, text } };
  }
  return { reply: { type: 'cas_ok' }, ...changeTo(held, to) };
}

function changeTo(held: Held | undefined, value: unknown): { change?: Held } {
  return held && jsonKey(held.value) === jsonKey(value) ? {} : { change: { value } };
}
