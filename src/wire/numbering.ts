import type { Message } from './message.ts';

/**
 * Makes the function that numbers a node's replies: each gets the node's next `msg_id`, from 1.
 *
 * A `msg_id` belongs to the wire as a port number does, so hosts number and machines do not. What is
 * no reply, gossip for instance, goes unnumbered: a `msg_id` asks for an answer.
 */
export function createNumbering(): (message: Message) => Message {
  let lastMsgId = 0;
  return (message) => {
    const { src, dest, body } = message;
    if (body.in_reply_to === undefined) return message;
    return { src, dest, body: { ...body, msg_id: ++lastMsgId } };
  };
}
