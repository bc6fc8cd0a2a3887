import type { EndpointId } from '../../wire/message.ts';
import type { Nanoseconds } from '../time-and-chance/clock.ts';
import type { HistoryEvent } from '../history/history.ts';
import { isClient, type Journal, type Parcel } from '../network/network.ts';
import { CarriedValues } from './recorders/carried-values.ts';
import { InFlight } from './recorders/in-flight.ts';
import { MessageRecorder } from './recorders/message-recorder.ts';
import { OperationRecorder } from './recorders/operation-recorder.ts';
import type { Microseconds, ReportData } from './report-data.ts';
import { SpreadRecorder } from './recorders/spread-recorder.ts';
import { fromSeconds, toMicroseconds } from './recorders/time.ts';

/** How much of a run is kept. Raising a limit costs memory in the bench, and time in the browser. */
const recorderLimits = {
  /** Messages in the picture: about 100 bytes each in the page. */
  messages: 50_000,
  /** Values that they carry, counted where they were added. */
  carried: 1_000_000,
  /** Operations in the picture; all are counted in the rates. */
  operations: 50_000,
  /** Pairs of a value and a node: values beyond are not followed. */
  pairs: 500_000,
  /** Values on their way in messages that may yet arrive. */
  inFlight: 2_000_000,
};

export type RecorderLimits = typeof recorderLimits;

/** What a recorder has seen of a run. */
export type Recording = Omit<ReportData, 'run' | 'summary' | 'results' | 'pictures' | 'faults'> & {
  nodes: EndpointId[];
};

export interface RecorderOptions {
  /** Since when messages are kept for the picture, in seconds since the load began. */
  from?: number;
  limits?: RecorderLimits;
}

/**
 * Watches a run, as it happens or as it was saved, and keeps what its report shows. However long the
 * run is, it keeps no more than its limits say; what it leaves out it counts.
 */
export class ReportRecorder implements Journal {
  readonly #limits: RecorderLimits;
  readonly #from: Microseconds;
  readonly #operations: OperationRecorder;
  readonly #messages: MessageRecorder;
  readonly #inFlight: InFlight;
  /** From the first `init` on, which names the nodes. */
  #spread: { recorder: SpreadRecorder; carried: CarriedValues } | undefined;
  readonly #nodes = new Map<EndpointId, number>();
  readonly #initialised = new Set<EndpointId>();
  #loadBeganAt: Nanoseconds | undefined;
  #firstAt: Nanoseconds | undefined;
  #lastAt: Nanoseconds = 0;

  constructor({ from = -Infinity, limits = recorderLimits }: RecorderOptions = {}) {
    this.#limits = limits;
    this.#from = fromSeconds(from);
    this.#operations = new OperationRecorder(limits.operations);
    this.#messages = new MessageRecorder(limits);
    this.#inFlight = new InFlight(limits.inFlight);
  }

  loadBegan(time: Nanoseconds): void {
    this.#loadBeganAt = time;
  }

  addEvent(event: HistoryEvent): void {
    const at = toMicroseconds(event.time);
    this.#lastAt = Math.max(this.#lastAt, (this.#loadBeganAt ?? 0) + event.time);
    this.#operations.add(event, at);
    const { type, f, value } = event;
    if (f !== 'broadcast') return;
    if (type === 'invoke') this.#spread?.recorder.invoke(value, at);
    else this.#spread?.recorder.end(value, type, at);
  }

  sent(parcel: Parcel, time: Nanoseconds): void {
    this.#firstAt ??= time;
    this.#lastAt = time;
    if (parcel.body.type === 'init' && isClient(parcel.src)) this.#initialise(parcel, time);
    const carried = this.#spread?.carried.in(parcel) ?? { values: [], kept: 0 };
    if (this.#sinceLoad(time) < this.#from) this.#messages.skip();
    else this.#messages.sent(parcel, toMicroseconds(time), carried);
    const node = this.#nodes.get(parcel.dest);
    if (!this.#spread || node === undefined) return;
    const news = this.#spread.recorder.newsTo(node, carried.values);
    if (news.length > 0) this.#inFlight.add(parcel.id, { node, news });
  }

  received({ id }: Pick<Parcel, 'id'>, time: Nanoseconds): void {
    this.#lastAt = time;
    this.#messages.received(id, toMicroseconds(time));
    const delivery = this.#inFlight.take(id);
    if (delivery) this.#spread?.recorder.hear(delivery.node, delivery.news, this.#sinceLoad(time));
  }

  result(): Recording {
    return {
      nodes: [...this.#nodes.keys()],
      span: { from: this.#sinceLoad(this.#firstAt ?? 0), to: this.#sinceLoad(this.#lastAt) },
      operations: this.#operations.result(),
      messages: this.#messages.result(toMicroseconds(this.#loadBeganAt ?? 0)),
      ...this.#spread?.recorder.result(),
    };
  }

  /** A node that is initialised again has been restarted, with empty memory. */
  #initialise({ dest, body }: Parcel, time: Nanoseconds): void {
    if (!this.#spread) {
      for (const [index, id] of (body.node_ids as EndpointId[]).entries())
        this.#nodes.set(id, index);
      const recorder = new SpreadRecorder(this.#nodes.size, this.#limits.pairs);
      this.#spread = { recorder, carried: new CarriedValues(recorder.register) };
    }
    const node = this.#nodes.get(dest) as number;
    if (this.#initialised.has(dest)) this.#spread.recorder.forget(node, this.#sinceLoad(time));
    this.#initialised.add(dest);
  }

  #sinceLoad(time: Nanoseconds): Microseconds {
    return toMicroseconds(time - (this.#loadBeganAt ?? 0));
  }
}
