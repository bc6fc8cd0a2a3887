/**
 * The error codes of Maelstrom's protocol, by name.
 *
 * All but `timeout` and `crash` are definite: the operation did not happen and never will.
 */
export const errorCodes = {
  timeout: 0,
  'node-not-found': 1,
  'not-supported': 10,
  'temporarily-unavailable': 11,
  'malformed-request': 12,
  crash: 13,
  abort: 14,
  'key-does-not-exist': 20,
  'key-already-exists': 21,
  'precondition-failed': 22,
  'txn-conflict': 30,
} as const;

/** The body of a reply that says why a request was not served. */
export interface ErrorBody {
  type: 'error';
  in_reply_to: number;
  msg_id?: number;
  code: number;
  text: string;
}
