import { counted } from '../terminal/rows/rows.ts';
import type { HistoryEvent } from './history.ts';

/** Looks at whether a history is one of a test that ran to its end. */
export class HistoryEnd {
  readonly #open = new Set<HistoryEvent['process']>();
  #hasFinalOperations = false;

  readonly add = (event: HistoryEvent): void => {
    const { type, process } = event;
    if (process === 'nemesis') return;
    if (type === 'invoke') this.#open.add(process);
    else this.#open.delete(process);
    if (event['final?']) this.#hasFinalOperations = true;
  };

  /**
   * What is missing; nothing when the history goes on to its end.
   *
   * @param expected whether the workload ends with final operations
   */
  missing(expected: { hasFinalOperations: boolean }): string | undefined {
    if (expected.hasFinalOperations && !this.#hasFinalOperations) {
      return 'the history ends before the final operations, which show what has come of all others';
    }
    if (this.#open.size === 0) return undefined;
    return `the history ends with ${counted(this.#open.size, 'operation')} under way`;
  }
}
