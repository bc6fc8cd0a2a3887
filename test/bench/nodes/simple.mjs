// A broadcast node as such nodes are usually written: the control that the statechart is measured
// against. One line in, one console.log out.
/* eslint-disable no-console -- this is how such nodes are written */
import { createInterface } from 'node:readline';

const values = new Set();
let id;
let lastMsgId = 0;

function reply({ src, body }, parts) {
  const ids = { msg_id: ++lastMsgId, in_reply_to: body.msg_id };
  console.log(JSON.stringify({ src: id, dest: src, body: { ...parts, ...ids } }));
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
