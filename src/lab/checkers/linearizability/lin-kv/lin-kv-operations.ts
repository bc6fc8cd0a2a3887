import { quote } from '../../../../wire/quote.ts';
import type { Operation } from '../model.ts';
import type { RegisterInput, RegisterOutput } from '../models/register-model.ts';

/** One line of a lin-kv history; the value is `[key, value]`, of cas `[key, [from, to]]`. */
export interface LinKvEvent {
  index: number;
  /** Nanoseconds. */
  time: number;
  type: 'invoke' | 'ok' | 'fail' | 'info';
  process: number | 'nemesis';
  f: string;
  value: unknown;
  /** `[name, text]` when an error was the reply. */
  error?: unknown;
}

/** Its times are those of the events' indices, for no two of these are the same. */
export interface LinKvOperation extends Operation<RegisterInput, RegisterOutput> {
  key: string | number;
  /** How it ended; `open` if it never did. An `info` and an open one may have taken effect. */
  end: 'ok' | 'fail' | 'info' | 'open';
  /** The name of the error that it ended with. */
  error?: string;
  /** Nanoseconds; null while it is open. */
  calledAt: number;
  returnedAt: number | null;
}

/** Pairs up the events of a lin-kv history, of Maelstrom's or of this bench's. */
export class LinKvOperations {
  readonly #operations: LinKvOperation[] = [];
  readonly #underWay = new Map<number, { operation: LinKvOperation; event: LinKvEvent }>();

  /** @throws Error that names the event, when it cannot belong to such a history */
  add(event: LinKvEvent): void {
    if (event.process === 'nemesis') return;
    const { process, type } = event;
    if (type === 'invoke') this.#call(event, process);
    else this.#return(event, process);
  }

  /** All operations so far, in the order of their calls, whatever became of them. */
  all(): readonly LinKvOperation[] {
    return this.#operations;
  }

  #call(event: LinKvEvent, process: number): void {
    const before = this.#underWay.get(process);
    if (before) {
      refuse(
        event,
        `process ${process} has not ended what it began in event ${before.event.index}`,
      );
    }
    const { key, input } = readRequest(event);
    const operation: LinKvOperation = {
      process,
      call: event.index,
      return: null,
      input,
      label: `event ${event.index}`,
      key,
      end: 'open',
      calledAt: event.time,
      returnedAt: null,
    };
    this.#operations.push(operation);
    this.#underWay.set(process, { operation, event });
  }

  #return(event: LinKvEvent, process: number): void {
    const before = this.#underWay.get(process);
    if (!before) refuse(event, `process ${process} ends what it never began`);
    const { operation, event: request } = before;
    if (event.f !== request.f) {
      refuse(event, `process ${process} ends a ${event.f}, but began a ${request.f}`);
    }
    const [key, value] = readPair(event);
    if (key !== operation.key) {
      refuse(event, `the key is ${quote(key)}, but ${quote(operation.key)} was asked for`);
    }
    this.#underWay.delete(process);
    if (event.type === 'invoke') return;
    operation.end = event.type;
    const error = Array.isArray(event.error) ? event.error[0] : event.error;
    if (typeof error === 'string') operation.error = error;
    if (event.type === 'info') return;
    operation.return = event.index;
    operation.returnedAt = event.time;
    if (event.type === 'ok' && event.f === 'read') operation.output = value ?? null;
  }
}

function readRequest(event: LinKvEvent): { key: string | number; input: RegisterInput } {
  const [key, value] = readPair(event);
  switch (event.f) {
    case 'read':
      return { key, input: { f: 'read', key } };
    case 'write':
      return { key, input: { f: 'write', key, value } };
    case 'cas':
      if (Array.isArray(value) && value.length === 2) {
        return { key, input: { f: 'cas', key, from: value[0], to: value[1] } };
      }
      return refuse(event, `expected [key, [from, to]] as the value, found ${quote(event.value)}`);
    default:
      return refuse(event, `expected read, write or cas as f, found ${quote(event.f)}`);
  }
}

function readPair(event: LinKvEvent): [key: string | number, value: unknown] {
  const { value } = event;
  const [key, part] = Array.isArray(value) ? value : [];
  if ((typeof key === 'number' || typeof key === 'string') && (value as unknown[]).length === 2) {
    return [key, part];
  }
  return refuse(event, `expected [key, value] as the value, found ${quote(value)}`);
}

function refuse({ index, type, f }: LinKvEvent, problem: string): never {
  throw new Error(`event ${index} (${type} ${f}) of the lin-kv history: ${problem}`);
}
