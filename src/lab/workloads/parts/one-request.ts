import type { Body } from '../../../wire/message.ts';
import type { Operation, Session } from '../workload.ts';

/**
 * The session of a client that remembers nothing, each of whose operations takes one request.
 *
 * @param toRequest the request that carries an operation out
 * @param toValue what the history keeps of a good reply
 */
export function oneRequest(
  toRequest: (operation: Operation) => Body,
  toValue: (operation: Operation, reply: Body) => unknown,
): Session {
  return {
    *perform(operation) {
      return toValue(operation, yield toRequest(operation));
    },
  };
}
