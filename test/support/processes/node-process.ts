import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Body, Message } from '../../../src/wire/message.ts';

export const broadcastBin = join(import.meta.dirname, '../../../bin/broadcast');

/** How long a node may take for anything, before a test gives up on it. */
const PATIENCE_MS = 30_000;

/** A real node process, as a client that sits at its other end sees it. */
export class NodeProcess {
  readonly child: ChildProcessWithoutNullStreams;
  readonly messages: Message[] = [];
  stderr = '';
  #lastMsgId = 0;
  #onMessage: (message: Message) => void = () => {};
  readonly #exit: Promise<{ code: number | null; signal: string | null }>;

  constructor(args: string[] = [], env: Record<string, string> = {}, bin = broadcastBin) {
    this.child = spawn(bin, args, { cwd: tmpdir(), env: { ...process.env, ...env } });
    this.child.stderr.on('data', (chunk) => (this.stderr += chunk));
    this.child.stdin.on('error', () => {}); // a node may end before it has read everything
    createInterface({ input: this.child.stdout }).on('line', (line) => {
      const message = JSON.parse(line);
      this.messages.push(message);
      this.#onMessage(message);
    });
    this.#exit = new Promise((resolve) => {
      this.child.once('close', (code, signal) => resolve({ code, signal }));
    });
  }

  /** Writes a message from client `c1`, and gives back the msg_id it bears. */
  send(body: object): number {
    const msg_id = ++this.#lastMsgId;
    this.write(`${JSON.stringify({ src: 'c1', dest: 'n0', body: { msg_id, ...body } })}\n`);
    return msg_id;
  }

  write(bytes: string | Buffer): void {
    this.child.stdin.write(bytes);
  }

  /** Sends a request and waits for the reply. */
  async ask(body: object): Promise<Body> {
    const msgId = this.send(body);
    const isReply = (message: Message) => message.body.in_reply_to === msgId;
    return (await this.waitFor(isReply, `the reply to ${JSON.stringify(body)}`)).body;
  }

  /** Initialises the node as `n0` of a pair. */
  async init(): Promise<Body> {
    return this.ask({ type: 'init', node_id: 'n0', node_ids: ['n0', 'n1'] });
  }

  /** Waits for a message like this, past or to come. */
  waitFor(isIt: (message: Message) => boolean, what = 'a message'): Promise<Message> {
    return this.#within(
      new Promise((resolve) => {
        const past = this.messages.find(isIt);
        if (past) resolve(past);
        this.#onMessage = (message) => {
          if (isIt(message)) resolve(message);
        };
      }),
      what,
    );
  }

  /** Waits until the process has ended and everything it printed has been read. */
  exit(): Promise<{ code: number | null; signal: string | null }> {
    return this.#within(this.#exit, 'the end of the process');
  }

  kill(): void {
    this.child.kill('SIGKILL');
  }

  async #within<T>(promise: Promise<T>, what: string): Promise<T> {
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        reject(new Error(`waited ${PATIENCE_MS} ms for ${what}; stderr:\n${this.stderr}`));
      }, PATIENCE_MS);
    });
    try {
      return await Promise.race([promise, patience]);
    } finally {
      clearTimeout(timer);
    }
  }
}
