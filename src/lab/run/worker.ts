import { errorCodes, type ErrorBody } from '../../wire/error-codes.ts';
import type { Body, EndpointId } from '../../wire/message.ts';
import type { Client } from './client.ts';
import type { History } from '../history/history.ts';
import type { Operation, Workload } from '../workloads/workload.ts';

/** How long a client waits for a reply, as Maelstrom's do. */
export const REPLY_TIMEOUT_MS = 5000;

const nameOfCode = new Map<number, string>(
  Object.entries(errorCodes).map(([name, code]) => [code, name]),
);
const indefiniteCodes = new Set<number>([errorCodes.timeout, errorCodes.crash]);

export interface WorkerOptions {
  /** The number of its first process. */
  process: number;
  node: EndpointId;
  workload: Workload;
  history: History;
  createClient: () => Client;
  /** The process that goes on in the place of one that must not go on. */
  nextProcess: (process: number) => number;
}

/** Performs operations against one node, one at a time, and writes them up in the history. */
export class Worker {
  readonly node: EndpointId;
  readonly #options: WorkerOptions;
  #process: number;
  #client: Client;
  busy = false;

  constructor(options: WorkerOptions) {
    this.node = options.node;
    this.#options = options;
    this.#process = options.process;
    this.#client = options.createClient();
  }

  /** Asks for something that is not part of the history, such as the set-up. */
  ask(body: Body, settle: (reply: Body | undefined) => void): void {
    this.#client.request(this.node, body, REPLY_TIMEOUT_MS, settle);
  }

  perform(operation: Operation, isFinal: boolean, done: () => void): void {
    const { history, workload } = this.#options;
    const { f } = operation;
    const common = { process: this.#process, f, ...(isFinal && { 'final?': true as const }) };
    this.busy = true;
    history.record({ type: 'invoke', value: operation.value, ...common });
    this.ask(workload.toRequest(operation), (reply) => {
      const { type, ...outcome } = this.#judge(operation, reply);
      history.record({ type, value: operation.value, ...common, ...outcome });
      if (type === 'info') this.#goOnAnew();
      this.busy = false;
      done();
    });
  }

  #judge(
    operation: Operation,
    reply: Body | undefined,
  ): { type: 'ok' | 'fail' | 'info'; value?: unknown; error?: unknown } {
    const { workload } = this.#options;
    const indefinite = workload.harmless.has(operation.f) ? 'fail' : 'info';
    if (!reply) return { type: indefinite, error: 'net-timeout' };
    if (reply.type !== 'error') return { type: 'ok', value: workload.toValue(operation, reply) };
    const { code, text } = reply as unknown as ErrorBody;
    const isDefinite = nameOfCode.has(code) && !indefiniteCodes.has(code);
    return { type: isDefinite ? 'fail' : indefinite, error: [nameOfCode.get(code) ?? code, text] };
  }

  /** An operation whose outcome is open keeps its process busy for ever: another takes its place. */
  #goOnAnew(): void {
    this.#client.leave();
    this.#client = this.#options.createClient();
    this.#process = this.#options.nextProcess(this.#process);
  }
}
