import type { HistoryEvent } from './history.ts';

/** Holds the events of a history against each other: what one alone cannot tell is wrong with it. */
export class HistoryOrder {
  /** The invocation that each process has not seen the end of. */
  readonly #open = new Map<number, HistoryEvent>();
  /** By process, the event that left the outcome of its operation open: it must be its last. */
  readonly #gone = new Map<number, number>();
  #lastIndex = -1;

  /** @throws Error that says why an event cannot follow those before it */
  add(event: HistoryEvent): void {
    const { index, process, type } = event;
    if (index <= this.#lastIndex) {
      throw new Error(`event ${index} comes after event ${this.#lastIndex}: indices must count up`);
    }
    this.#lastIndex = index;
    if (process === 'nemesis') return;
    if (type === 'invoke') this.#invoke(event, process);
    else this.#end(event, process);
  }

  #invoke(event: HistoryEvent, process: number): void {
    const open = this.#open.get(process);
    if (open) {
      throw new Error(
        `process ${process} begins a ${event.f}, but its ${open.f} of event ${open.index} has not ended: a process does one thing at a time`,
      );
    }
    const gone = this.#gone.get(process);
    if (gone !== undefined) {
      throw new Error(
        `process ${process} goes on, but event ${gone} left open what came of its operation: its worker must go on as another process`,
      );
    }
    this.#open.set(process, event);
  }

  #end({ f, type, index }: HistoryEvent, process: number): void {
    const open = this.#open.get(process);
    if (!open) throw new Error(`process ${process} ends a ${f} (${type}) that it never began`);
    if (open.f !== f) {
      throw new Error(
        `process ${process} ends a ${f}, but began a ${open.f} in event ${open.index}`,
      );
    }
    this.#open.delete(process);
    if (type === 'info') this.#gone.set(process, index);
  }
}
