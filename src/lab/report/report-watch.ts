import type { Nanoseconds } from '../time-and-chance/clock.ts';
import type { HistoryEvent } from '../history/history.ts';
import type { Journal, Parcel } from '../network/network.ts';
import { type Recording, ReportRecorder } from './report-recorder.ts';

/**
 * Lets a recorder watch a run. Should that fail, the run goes on as if nothing had been, and only
 * its report is lost.
 */
export class ReportWatch implements Journal {
  readonly #recorder: ReportRecorder;
  #failure: Error | undefined;

  constructor(recorder = new ReportRecorder()) {
    this.#recorder = recorder;
  }

  addEvent(event: HistoryEvent): void {
    this.#try(() => this.#recorder.addEvent(event));
  }

  sent(parcel: Parcel, time: Nanoseconds): void {
    this.#try(() => this.#recorder.sent(parcel, time));
  }

  received(parcel: Parcel, time: Nanoseconds): void {
    this.#try(() => this.#recorder.received(parcel, time));
  }

  loadBegan(time: Nanoseconds): void {
    this.#try(() => this.#recorder.loadBegan(time));
  }

  /** @throws what went wrong first while it watched */
  result(): Recording {
    if (this.#failure) throw this.#failure;
    return this.#recorder.result();
  }

  #try(act: () => void): void {
    if (this.#failure) return;
    try {
      act();
    } catch (error) {
      this.#failure = error as Error;
    }
  }
}
