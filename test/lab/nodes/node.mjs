// What plain nodes without a state machine have in common: lines in, lines out, requests to others.
import { createInterface } from 'node:readline';

/** What the node is to do wrong: its first argument. */
export const fault = process.argv[2] ?? 'none';

/** Who the node is, and all the nodes, once it has been told. */
export const self = { id: '', nodes: [] };

/** Thrown by a handler to answer with an error, and by `ask` when it is answered with one. */
export class Refusal extends Error {
  constructor(code, text) {
    super(text);
    this.code = code;
  }
}

const waiting = new Map();
let lastMsgId = 0;

export function send(dest, body) {
  process.stdout.write(`${JSON.stringify({ src: self.id, dest, body })}\n`);
}

/** Asks another node or a service; rejects with a `Refusal` when it says no. */
export function ask(dest, body) {
  const msgId = ++lastMsgId;
  const answer = new Promise((resolve, reject) => waiting.set(msgId, { resolve, reject }));
  send(dest, { ...body, msg_id: msgId });
  return answer;
}

/** The others. */
export const peers = () => self.nodes.filter((id) => id !== self.id);

/** Gives what a promise gives, or something else instead of an error of that code. */
export const unless = (promise, code, otherwise) =>
  promise.catch((error) => {
    if (error.code === code) return otherwise;
    throw error;
  });

/**
 * Answers requests.
 *
 * @param handlers for each type of request, what makes the reply's parts (or nothing, to stay silent)
 */
export function serve(handlers) {
  const all = {
    init({ node_id, node_ids }) {
      self.id = node_id;
      self.nodes = node_ids;
      return {};
    },
    ...handlers,
  };
  createInterface({ input: process.stdin }).on('line', async (line) => {
    const { src, body } = JSON.parse(line);
    const asked = waiting.get(body.in_reply_to);
    if (asked) {
      waiting.delete(body.in_reply_to);
      if (body.type === 'error') asked.reject(new Refusal(body.code, body.text));
      else asked.resolve(body);
      return;
    }
    try {
      const parts = await all[body.type]?.(body, src);
      if (parts && body.msg_id !== undefined) {
        send(src, { type: `${body.type}_ok`, in_reply_to: body.msg_id, ...parts });
      }
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      send(src, { type: 'error', in_reply_to: body.msg_id, code: error.code, text: error.message });
    }
  });
}
