import { type ChildProcess, spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseExact, stringifyExact } from '../../wire/exact-json.ts';
import { problemOfJson } from '../../wire/json-value.ts';
import type { EndpointId, Json } from '../../wire/message.ts';
import { LineFramer } from '../../runtime/line-framer.ts';
import type { Violation } from '../network/violation.ts';
import { guardGroup } from './group-guard.ts';
import type { Host, HostedNode, NodeCallbacks } from './host.ts';
import { adviceOnLogs } from './log-advice.ts';
import { openNodeLog } from './node-log.ts';

/** Maelstrom is known to take lines of 20 MB and to stumble over lines of 30 MB. */
const MAX_LINE_BYTES = 25_000_000;
/** What may wait for a node that does not read its input. */
const MAX_UNREAD_BYTES = 256 * 1024 * 1024;
/** How much of a node's stderr is quoted when it fails. */
const MAX_QUOTED_LOG_CHARACTERS = 2000;
/** What a node printed before it ended may arrive after the news that it has. */
const LAST_WORDS_MS = 100;

const ADVICE_ON_SIGNAL = 'Did somebody kill it, or the system, for want of memory?';
const ADVICE_ON_EXIT = 'Did it run to its end, with nothing left to wait for?';

export interface ProcessHostOptions {
  /** The node's executable, an absolute path. */
  bin: string;
  args: string[];
  /** Variables that nodes get beside those of this process. */
  environment?: Record<string, string>;
  /** Where each node's stderr goes, as `n0.log`, … */
  logFolder?: string;
  /** Told what nodes write to stderr. */
  onStderr?: (node: EndpointId, chunk: Buffer) => void;
  /** Where what nodes say is written down: while it is full, they are not listened to. */
  sink?: Sink;
}

/** Something that takes in only so much at a time. */
export interface Sink {
  readonly isFull: boolean;
  drained(): Promise<void>;
}

/** Runs each node as a process of its own, which speaks the protocol on stdin and stdout. */
export class ProcessHost implements Host {
  readonly #options: ProcessHostOptions;

  constructor(options: ProcessHostOptions) {
    this.#options = options;
  }

  launch(id: EndpointId, callbacks: NodeCallbacks): HostedNode {
    return new NodeProcess(id, this.#options, callbacks);
  }
}

class NodeProcess implements HostedNode {
  readonly #id: EndpointId;
  readonly #callbacks: NodeCallbacks;
  readonly #child: ChildProcess;
  readonly #framer: LineFramer;
  readonly #bin: string;
  #lastWords = '';
  #lineCount = 0;
  /** Nothing is heard of it any more. */
  #isOver = false;
  #hasExited = false;

  constructor(id: EndpointId, options: ProcessHostOptions, callbacks: NodeCallbacks) {
    this.#id = id;
    this.#bin = options.bin;
    this.#callbacks = callbacks;
    this.#framer = new LineFramer(() => this.#failOnLongLine(), MAX_LINE_BYTES);
    // In a process group of its own, Ctrl-C reaches the bench and not the node, and `kill` reaches
    // whatever the node has started.
    this.#child = spawn(options.bin, options.args, {
      cwd: tmpdir(),
      env: { ...process.env, ...options.environment },
      detached: true,
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    this.#child.once('error', (error: NodeJS.ErrnoException) => this.#failToStart(error));
    const endGuard = this.#child.pid === undefined ? () => {} : guardGroup(this.#child.pid);
    this.#child.once('exit', (code, signal) => {
      this.#signal('SIGKILL'); // whatever it has started goes with it
      this.#hasExited = true;
      endGuard();
      setTimeout(() => this.#failOnExit(code, signal), LAST_WORDS_MS);
    });
    this.#child.stdin?.on('error', () => {}); // the exit that follows tells more
    this.#child.stdout?.on('data', (chunk: Buffer) => {
      this.#takeLines(this.#framer.push(chunk));
      if (options.sink?.isFull) void this.#waitFor(options.sink);
    });
    this.#child.stdout?.once('end', () => this.#takeLines(this.#framer.end()));
    const log = options.logFolder && openNodeLog(join(options.logFolder, `${id}.log`));
    this.#child.stderr?.on('data', (chunk: Buffer) => {
      this.#lastWords = (this.#lastWords + chunk).slice(-MAX_QUOTED_LOG_CHARACTERS);
      options.onStderr?.(id, chunk);
      if (log) log(chunk);
    });
  }

  deliver(src: EndpointId, body: object): void {
    const { stdin } = this.#child;
    if (!stdin || this.#isOver) return;
    stdin.write(`${stringifyExact({ src, dest: this.#id, body })}\n`);
    if (stdin.writableLength > MAX_UNREAD_BYTES) {
      this.#fail({
        problem: `does not read its stdin: ${stdin.writableLength} bytes are waiting`,
        advice:
          'A node must go on reading while it works. Is it stuck in a loop, or in a deadlock?',
      });
    }
  }

  pause(): void {
    this.#signal('SIGSTOP');
  }

  resume(): void {
    this.#signal('SIGCONT');
  }

  kill(): void {
    this.#isOver = true;
    this.#signal('SIGKILL');
  }

  /** Signals the node and whatever it has started. */
  #signal(signal: NodeJS.Signals): void {
    const { pid } = this.#child;
    if (pid === undefined || this.#hasExited) return;
    try {
      process.kill(-pid, signal);
    } catch {
      // It has ended just now.
    }
  }

  async #waitFor(sink: Sink): Promise<void> {
    this.#child.stdout?.pause();
    await sink.drained();
    this.#child.stdout?.resume();
  }

  #takeLines(lines: Buffer | undefined): void {
    if (!lines) return;
    const texts = lines.toString().split('\n');
    if (texts.at(-1) === '') texts.pop();
    for (const text of texts) {
      if (this.#isOver) return;
      this.#takeLine(text);
    }
  }

  #takeLine(text: string): void {
    const line = { number: ++this.#lineCount, text };
    let message: unknown;
    try {
      message = parseExact(text);
    } catch (error) {
      this.#fail({
        problem: text.trim() === '' ? 'printed a blank line' : 'printed a line that is not JSON',
        line,
        advice:
          `stdout is the node's wire: one JSON object a line and nothing else (${(error as Error).message}). ` +
          `Was it a log, or JSON spread over several lines? ${adviceOnLogs(this.#bin)}`,
      });
      return;
    }
    const problem = problemOfJson(message as Json);
    if (problem) {
      this.#fail({
        problem: `printed a line that cannot be passed on: it ${problem}`,
        line,
        advice: 'What one program prints as JSON, others must be able to read and print again.',
      });
      return;
    }
    this.#callbacks.onMessage(message, line);
  }

  #failToStart(error: NodeJS.ErrnoException): void {
    this.#fail({
      problem: `could not be started: ${error.message}`,
      advice: `Is ${this.#bin} an executable file whose first line names its interpreter (#!/usr/bin/env node)?`,
    });
  }

  #failOnExit(code: number | null, signal: string | null): void {
    const log = this.#lastWords.trim();
    this.#fail({
      problem: `ended before its time, ${signal ? `by signal ${signal}` : `with exit status ${code}`}`,
      advice: log
        ? `The end of its stderr:\n${log}`
        : `It wrote nothing to stderr. ${signal ? ADVICE_ON_SIGNAL : ADVICE_ON_EXIT}`,
    });
  }

  #failOnLongLine(): void {
    this.#fail({
      problem: `printed a line of more than ${MAX_LINE_BYTES} bytes`,
      advice: 'Maelstrom stops listening to a node that does. Send less at a time.',
    });
  }

  #fail(violation: Omit<Violation, 'node'>): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#callbacks.onViolation({ node: this.#id, ...violation });
  }
}
