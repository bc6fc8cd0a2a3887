import { quote } from '../../wire/quote.ts';
import type { HistoryEvent } from '../history/history.ts';
import type { Checker, CheckResult } from './checker.ts';
import { jsonKey } from './parts/json-key.ts';

export interface EchoResult extends CheckResult {
  errors: string[];
}

/** Every answer must bring back what was sent. */
export class EchoChecker implements Checker<EchoResult> {
  readonly #errors: string[] = [];
  readonly #open = new Map<HistoryEvent['process'], unknown>();

  add({ type, process, f, value }: HistoryEvent): void {
    if (f !== 'echo') return;
    if (type === 'invoke') this.#open.set(process, value);
    if (type !== 'ok') return;
    const expected = this.#open.get(process);
    const { echo } = value as { echo: unknown };
    if (jsonKey(echo) === jsonKey(expected)) return;
    this.#errors.push(
      `expected a message with :echo ${quote(expected)}, but received ${quote(value)}`,
    );
  }

  result(): EchoResult {
    return { 'valid?': this.#errors.length === 0, errors: this.#errors };
  }
}
