// The simple node, but that replies made in one turn of the event loop leave in one write.
import { createInterface } from 'node:readline';

const values = new Set();
let id;
let lastMsgId = 0;
let waiting = [];

function flush() {
  process.stdout.write(waiting.join(''));
  waiting = [];
}

function reply({ src, body }, parts) {
  if (waiting.length === 0) setImmediate(flush);
  const ids = { msg_id: ++lastMsgId, in_reply_to: body.msg_id };
  waiting.push(`${JSON.stringify({ src: id, dest: src, body: { ...parts, ...ids } })}\n`);
}

const handlers = {
  init(message) {
    id = message.body.node_id;
    reply(message, { type: 'init_ok' });
  },
  topology: (message) => reply(message, { type: 'topology_ok' }),
  broadcast(message) {
    values.add(message.body.message);
    reply(message, { type: 'broadcast_ok' });
  },
  read: (message) => reply(message, { type: 'read_ok', messages: [...values] }),
};

createInterface({ input: process.stdin }).on('line', (line) => {
  const message = JSON.parse(line);
  handlers[message.body.type]?.(message);
});
