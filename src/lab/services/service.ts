import type { Body, EndpointId } from '../../wire/message.ts';
import type { Random } from '../time-and-chance/random.ts';

/** What a service does with a request: one of several that nodes may ask by name. */
export interface Service {
  /**
   * Serves one request.
   *
   * @returns the reply, without `in_reply_to`; nothing when it is no request of this service, which
   *   Maelstrom's services leave unanswered
   */
  serve(src: EndpointId, request: Body): Body | undefined;
}

/** Makes a service with everything in it empty. */
export type CreateService = (random: Random) => Service;

/** What a service says of a key that it does not have. */
export const noSuchKey: Body = { type: 'error', code: 20, text: 'key does not exist' };
