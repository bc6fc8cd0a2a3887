#!/usr/bin/env node
// Registers that are replicated by Raft as a node by hand would do it, in one file and without a state
// machine, in the manner of Maelstrom's demo node `raft.rb`: every request is an entry of the log, and a
// follower asks the leader. What is sent in one turn of the event loop leaves in one write, and entries
// follow each other without waiting for answers. It is the control that our nodes are measured against,
// so it keeps all in memory, compacts nothing, and must not be killed.
import { createInterface } from 'node:readline';

const HEARTBEAT_MS = 100;
const ELECTION_MS = 600;
const MAX_ENTRIES = 500;
const MAX_IN_FLIGHT = 8;
const NOT_AVAILABLE = 11;
const KEY_DOES_NOT_EXIST = 20;
const PRECONDITION_FAILED = 22;

let self;
let peers = [];
let term = 0;
let votedFor;
let leader;
let role = 'follower';
/** Entries have their index for a place: the first stands for nothing. */
const log = [{ term: 0 }];
let commit = 0;
let applied = 0;
let votes = new Set();
/** A leader's: by peer, what is sent next, what it has, and how many messages are not answered. */
let progress = new Map();
/** A leader's: who is to be told what came of an entry, by its index. */
let asked = new Map();
/** A follower's: whose request it has passed on, by the number that it did so with. */
const passedOn = new Map();
let lastId = 0;
let deadline = Infinity;
let heardAt = new Map();
const registers = new Map();

// What is sent

let lines = [];
let isReplicating = false;

function atEndOfTurn() {
  if (isReplicating) for (const peer of peers) replicateTo(peer);
  isReplicating = false;
  process.stdout.write(lines.join(''));
  lines = [];
}

function soon() {
  if (lines.length === 0 && !isReplicating) setImmediate(atEndOfTurn);
}

function send(dest, body) {
  soon();
  lines.push(`${JSON.stringify({ src: self, dest, body })}\n`);
}

const reply = ({ src, body }, answer) => send(src, { ...answer, in_reply_to: body.msg_id });
const error = (code, text) => ({ type: 'error', code, text });

// The registers

const operations = {
  read({ key }) {
    const value = registers.get(key);
    if (value === undefined) return error(KEY_DOES_NOT_EXIST, 'there is no such key');
    return { type: 'read_ok', value };
  },
  write({ key, value }) {
    registers.set(key, value);
    return { type: 'write_ok' };
  },
  cas({ key, from, to }) {
    const value = registers.get(key);
    if (value === undefined) return error(KEY_DOES_NOT_EXIST, 'there is no such key');
    if (value !== from) return error(PRECONDITION_FAILED, `it is ${value}`);
    registers.set(key, to);
    return { type: 'cas_ok' };
  },
};

function advanceTo(index) {
  commit = index;
  while (applied < commit) {
    const answer = operations[log[++applied].body?.type]?.(log[applied].body);
    const message = asked.get(applied);
    asked.delete(applied);
    if (message) reply(message, answer);
  }
}

function request(message) {
  if (role === 'leader') {
    log.push({ term, body: message.body });
    asked.set(log.length - 1, message);
    replicate();
  } else if (leader === undefined || peers.includes(message.src)) {
    reply(message, error(NOT_AVAILABLE, 'there is no leader'));
  } else {
    const id = ++lastId;
    passedOn.set(id, message);
    send(leader, { ...message.body, msg_id: id });
  }
}

function answered({ body }) {
  const { in_reply_to, ...answer } = body;
  const message = passedOn.get(in_reply_to);
  passedOn.delete(in_reply_to);
  if (message) reply(message, answer);
}

// Elections

const now = () => performance.now();
const majority = () => Math.floor((peers.length + 1) / 2) + 1;
const lastTerm = () => log.at(-1).term;

function waitOn() {
  deadline = now() + ELECTION_MS * (1 + Math.random());
}

function follow(newTerm) {
  if (newTerm > term) votedFor = undefined;
  term = newTerm;
  role = 'follower';
  leader = undefined;
  asked = new Map(); // what comes of them nobody here can say
  waitOn();
}

function stand() {
  follow(term + 1);
  role = 'candidate';
  votedFor = self;
  votes = new Set([self]);
  for (const peer of peers) {
    send(peer, { type: 'request_vote', term, last: log.length - 1, lastTerm: lastTerm() });
  }
  countVotes();
}

function requestVote({ src, body }) {
  const isFree = body.term === term && (votedFor === undefined || votedFor === src);
  const isNoOlder =
    body.lastTerm > lastTerm() || (body.lastTerm === lastTerm() && body.last >= log.length - 1);
  const granted = isFree && isNoOlder;
  if (granted) {
    votedFor = src;
    waitOn();
  }
  send(src, { type: 'vote', term, granted });
}

function vote({ src, body }) {
  if (role !== 'candidate' || body.term !== term || !body.granted) return;
  votes.add(src);
  countVotes();
}

function countVotes() {
  if (votes.size < majority()) return;
  role = 'leader';
  leader = self;
  progress = new Map(peers.map((peer) => [peer, { next: log.length, match: 0, inFlight: 0 }]));
  heardAt = new Map(peers.map((peer) => [peer, now()]));
  log.push({ term });
  replicate();
}

// Replication

function replicate() {
  soon();
  isReplicating = true;
  commitWhatAMajorityHas();
}

function replicateTo(peer, isHeartbeat = false) {
  const sent = progress.get(peer);
  if (role !== 'leader') return;
  while (isHeartbeat || (sent.next < log.length && sent.inFlight < MAX_IN_FLIGHT)) {
    isHeartbeat = false;
    const prev = sent.next - 1;
    const entries = log.slice(sent.next, sent.next + MAX_ENTRIES);
    send(peer, { type: 'append', term, prev, prevTerm: log[prev].term, entries, commit });
    sent.next += entries.length;
    sent.inFlight++;
  }
}

function append({ src, body }) {
  if (body.term < term) return send(src, { type: 'appended', term, ok: false, match: 0 });
  if (role !== 'follower') follow(term);
  leader = src;
  waitOn();
  const { prev, prevTerm, entries } = body;
  if (log[prev]?.term !== prevTerm) {
    return send(src, { type: 'appended', term, ok: false, match: Math.min(prev, log.length) - 1 });
  }
  entries.forEach((entry, offset) => {
    const index = prev + 1 + offset;
    if (log[index] && log[index].term !== entry.term) log.length = index;
    log[index] ??= entry;
  });
  const match = prev + entries.length;
  advanceTo(Math.max(commit, Math.min(body.commit, match)));
  send(src, { type: 'appended', term, ok: true, match });
}

function appended({ src, body }) {
  if (role !== 'leader' || body.term !== term) return;
  const sent = progress.get(src);
  heardAt.set(src, now());
  sent.inFlight = Math.max(0, sent.inFlight - 1);
  if (body.ok) {
    sent.match = Math.max(sent.match, body.match);
    sent.next = Math.max(sent.next, sent.match + 1);
    commitWhatAMajorityHas();
  } else {
    sent.next = Math.max(sent.match, body.match) + 1;
    sent.inFlight = 0;
  }
  replicateTo(src);
}

function commitWhatAMajorityHas() {
  const matches = [...progress.values()].map(({ match }) => match);
  const index = [log.length - 1, ...matches].toSorted((a, b) => b - a)[majority() - 1];
  if (index > commit && log[index].term === term) advanceTo(index);
}

setInterval(() => {
  if (role !== 'leader' && now() > deadline) stand();
  if (role !== 'leader') return;
  for (const peer of peers) {
    const sent = progress.get(peer);
    // Who has been silent may have missed what was sent: it is sent again.
    if (now() - heardAt.get(peer) > 2 * HEARTBEAT_MS) {
      Object.assign(sent, { next: sent.match + 1, inFlight: 0 });
    }
    replicateTo(peer, true);
  }
  const heard = peers.filter((peer) => now() - heardAt.get(peer) < 2 * ELECTION_MS);
  if (heard.length + 1 < majority()) follow(term);
}, HEARTBEAT_MS);

// What comes in

const handlers = {
  init(message) {
    self = message.body.node_id;
    peers = message.body.node_ids.filter((id) => id !== self);
    reply(message, { type: 'init_ok' });
    // The first of them need not wait for a leader that there cannot be yet.
    if (self === message.body.node_ids[0]) deadline = now() + HEARTBEAT_MS;
    else waitOn();
  },
  read: request,
  write: request,
  cas: request,
  request_vote: requestVote,
  vote,
  append,
  appended,
};

createInterface({ input: process.stdin })
  .on('line', (line) => {
    const message = JSON.parse(line);
    const { body } = message;
    if (body.term > term) follow(body.term);
    if (body.in_reply_to === undefined) handlers[body.type](message);
    else answered(message);
  })
  .on('close', () => process.exit());
