// Registers as one node alone would keep them, without a state machine and without agreeing with
// anybody: the control that replicated registers are measured against.
import { createInterface } from 'node:readline';

const registers = new Map();
let waiting = [];

function reply({ dest, src, body }, parts) {
  if (waiting.length === 0) {
    setImmediate(() => {
      process.stdout.write(waiting.join(''));
      waiting = [];
    });
  }
  const answer = { src: dest, dest: src, body: { ...parts, in_reply_to: body.msg_id } };
  waiting.push(`${JSON.stringify(answer)}\n`);
}

const handlers = {
  init: (message) => reply(message, { type: 'init_ok' }),
  read: (message) => reply(message, { type: 'read_ok', value: registers.get(message.body.key) }),
  write(message) {
    registers.set(message.body.key, message.body.value);
    reply(message, { type: 'write_ok' });
  },
};

createInterface({ input: process.stdin }).on('line', (line) => {
  const message = JSON.parse(line);
  handlers[message.body.type]?.(message);
});
