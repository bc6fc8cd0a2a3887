#!/usr/bin/env node
// Logs as a node keeps them that leaves everything to the service `lin-kv`: one register for each log,
// and one for how far it was read. What replicated logs are measured against.
import { createInterface } from 'node:readline';

const SERVICE = 'lin-kv';
const PRECONDITION_FAILED = 22;
const waiting = new Map();
let self;
let lastId = 0;

const send = (dest, body) => process.stdout.write(`${JSON.stringify({ src: self, dest, body })}\n`);

/** Asks the service, and gives back its reply, be it an error. */
function ask(body) {
  const msg_id = ++lastId;
  send(SERVICE, { ...body, msg_id });
  return new Promise((resolve) => waiting.set(msg_id, resolve));
}

const read = async (key) => (await ask({ type: 'read', key })).value;

/** Changes what a register holds; if another was quicker, tries again. */
async function change(key, update) {
  for (;;) {
    const from = await read(key);
    const to = update(from);
    const cas = { type: 'cas', key, from: from ?? null, to, create_if_not_exists: true };
    const { code } = await ask(cas);
    if (code !== PRECONDITION_FAILED) return to;
  }
}

const handlers = {
  init({ node_id }) {
    self = node_id;
    return { type: 'init_ok' };
  },
  async send({ key, msg }) {
    const list = await change(`log ${key}`, (before = []) => [...before, msg]);
    return { type: 'send_ok', offset: list.length - 1 };
  },
  async poll({ offsets }) {
    const msgs = {};
    for (const [key, first] of Object.entries(offsets)) {
      const list = (await read(`log ${key}`)) ?? [];
      msgs[key] = list.map((msg, offset) => [offset, msg]).slice(first);
    }
    return { type: 'poll_ok', msgs };
  },
  async commit_offsets({ offsets }) {
    for (const [key, offset] of Object.entries(offsets)) {
      await change(`read ${key}`, (before = 0) => Math.max(before, offset));
    }
    return { type: 'commit_offsets_ok' };
  },
  async list_committed_offsets({ keys }) {
    const found = await Promise.all(keys.map(async (key) => [key, await read(`read ${key}`)]));
    const offsets = Object.fromEntries(found.filter(([, offset]) => offset !== undefined));
    return { type: 'list_committed_offsets_ok', offsets };
  },
};

createInterface({ input: process.stdin }).on('line', async (line) => {
  const { src, body } = JSON.parse(line);
  const { msg_id, in_reply_to, ...request } = body;
  if (in_reply_to !== undefined) {
    waiting.get(in_reply_to)?.(body);
    waiting.delete(in_reply_to);
    return;
  }
  const reply = await handlers[body.type](request);
  send(src, { ...reply, in_reply_to: msg_id });
});
