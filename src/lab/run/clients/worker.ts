import { errorCodes, type ErrorBody } from '../../../wire/error-codes.ts';
import type { Body, EndpointId } from '../../../wire/message.ts';
import type { Client } from './client.ts';
import { quote } from '../../../wire/quote.ts';
import { UsageError } from '../../usage-error.ts';
import type { History, HistoryEvent } from '../../history/history.ts';
import type { Operation, Session, Workload } from '../../workloads/workload.ts';

/** How long a client waits for a reply, as Maelstrom's do, unless the workload says otherwise. */
export const REPLY_TIMEOUT_MS = 5000;

const nameOfCode = new Map<number, string>(
  Object.entries(errorCodes).map(([name, code]) => [code, name]),
);
const indefiniteCodes = new Set<number>([errorCodes.timeout, errorCodes.crash]);

/** The name of an error code, which those that nodes make up have not. */
function nameOf(code: number): string {
  return nameOfCode.get(code) ?? 'unknown';
}

/** How an operation ended, and what the history keeps of it. */
interface Ending {
  type: 'ok' | 'fail' | 'info';
  value?: unknown;
  error?: unknown;
  committed?: HistoryEvent['committed'];
}

export interface WorkerOptions {
  /** The number of its first process. */
  process: number;
  node: EndpointId;
  workload: Workload;
  /** How long it waits for a reply, in milliseconds. */
  patienceMs: number;
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
  #session: Session;
  busy = false;

  constructor(options: WorkerOptions) {
    this.node = options.node;
    this.#options = options;
    this.#process = options.process;
    this.#client = options.createClient();
    this.#session = options.workload.createSession();
  }

  /** Asks for something that is not part of the history, such as the set-up. */
  ask(body: Body, settle: (reply: Body | undefined) => void): void {
    this.#client.request(this.node, body, REPLY_TIMEOUT_MS, settle);
  }

  perform(operation: Operation, isFinal: boolean, done: () => void): void {
    const { history, workload } = this.#options;
    const { f, value, 'seek-to-beginning?': seeks } = operation;
    const isDeparture = workload.departures?.has(f) ?? false;
    const common = {
      process: this.#process,
      f,
      value,
      ...(seeks && { 'seek-to-beginning?': seeks }),
      ...(isFinal && { 'final?': true as const }),
    };
    this.busy = true;
    history.record({ type: 'invoke', ...common });
    const end = ({ type, ...outcome }: Ending) => {
      history.record({ type, ...common, ...outcome });
      if (type === 'info') this.#goOnAnew(isDeparture || !workload.keepsClients);
      this.busy = false;
      done();
    };
    if (isDeparture) return end({ type: 'info' });
    const steps = this.#session.perform(operation);
    const advance = (step: IteratorResult<Body, unknown>) => {
      if (step.done) return end({ type: 'ok', value: step.value, ...this.#session.remark?.() });
      this.#refuseUnknown(step.value);
      this.#client.request(this.node, step.value, this.#options.patienceMs, (reply) => {
        const failure = this.#failureOf(operation, reply);
        if (failure) end(failure);
        else advance(steps.next(reply as Body));
      });
    };
    advance(steps.next());
  }

  /** What a good reply is must be known: a module's workload may have forgotten to say. */
  #refuseUnknown({ type }: Body): void {
    const { name, replies } = this.#options.workload;
    if (Object.hasOwn(replies, type)) return;
    throw new UsageError(
      `the workload ${name} asks ${quote(type)}, and does not say what a good reply is: its replies are those to ${Object.keys(replies).join(', ')}`,
    );
  }

  /** What keeps a reply from being a good one, if anything. */
  #failureOf({ f }: Operation, reply: Body | undefined): Ending | undefined {
    const { idempotent, distrustsErrors } = this.#options.workload;
    const indefinite = idempotent?.has(f) ? 'fail' : 'info';
    if (!reply) return { type: indefinite, error: 'net-timeout' };
    if (reply.type !== 'error') return undefined;
    const { code, text } = reply as unknown as ErrorBody;
    const isDefinite = !distrustsErrors && nameOfCode.has(code) && !indefiniteCodes.has(code);
    return { type: isDefinite ? 'fail' : indefinite, error: [nameOf(code), text] };
  }

  /** An operation whose outcome is open keeps its process busy for ever: another takes its place. */
  #goOnAnew(withNewClient: boolean): void {
    this.#process = this.#options.nextProcess(this.#process);
    if (!withNewClient) return;
    this.#client.leave();
    this.#client = this.#options.createClient();
    this.#session = this.#options.workload.createSession();
  }
}
