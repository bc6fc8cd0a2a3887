import type { EndpointId } from '../../../wire/message.ts';
import type { Parcel } from '../../network/network.ts';
import type { Carried } from './carried-values.ts';
import { cutText, outline } from './outline.ts';
import type { MessageColumns, Microseconds } from '../report-data.ts';

/** How much of a body is shown. */
const BODY_LIMITS = { items: 10, text: 100 };
const MAX_BODY_TEXT = 400;

/** How many types of messages are told apart. */
const MAX_TYPES = 40;
const MAX_TYPE_TEXT = 40;
const OTHER_TYPES = 'other types';

export interface MessageLimits {
  /** How many messages are kept. */
  messages: number;
  /** How many values they may carry in all, counted where they were added. */
  carried: number;
}

/** Collects messages for the picture, up to a limit. Times are by the clock until the end. */
export class MessageRecorder {
  readonly #limits: MessageLimits;
  readonly #endpoints = new Numbering();
  readonly #types = new Numbering();
  readonly #bodies: string[] = [];
  /** By sender, for nodes often send the same to one after the other. */
  readonly #lastBody = new Map<EndpointId, number>();
  readonly #indexById = new Map<number, number>();
  readonly #lastOfChain = new Map<object, number>();
  readonly #columns = emptyColumns();
  readonly #carried: MessageColumns['carried'] = { back: [], more: [], messages: 0 };
  readonly #sentAt: Microseconds[] = [];
  #carriedTotal = 0;
  #lastId = 0;
  #before = 0;
  #after = 0;

  constructor(limits: MessageLimits) {
    this.#limits = limits;
  }

  /** A message was sent before those that are wanted. */
  skip(): void {
    this.#before++;
  }

  sent({ id, src, dest, body }: Parcel, at: Microseconds, carried: Carried): void {
    const index = this.#sentAt.length;
    if (index >= this.#limits.messages) return void this.#after++;
    const columns = this.#columns;
    columns.idStep.push(id - this.#lastId);
    columns.sentStep.push(at - (this.#sentAt[index - 1] ?? 0));
    columns.src.push(this.#endpoints.of(src));
    columns.dest.push(this.#endpoints.of(dest));
    columns.type.push(this.#typeOf(body.type));
    columns.body.push(this.#bodyOf(src, textOf(body)));
    columns.travel.push(null);
    this.#addCarried(index, carried);
    this.#indexById.set(id, index);
    this.#sentAt.push(at);
    this.#lastId = id;
  }

  received(id: number, at: Microseconds): void {
    const index = this.#indexById.get(id);
    if (index === undefined) return;
    const { travel, again } = this.#columns;
    const travelled = at - (this.#sentAt[index] as number);
    if (travel[index] === null) travel[index] = travelled;
    else again.push([index, travelled]);
  }

  /** @param zero the clock's time from which the report counts */
  result(zero: Microseconds): MessageColumns {
    const { sentStep, ...columns } = this.#columns;
    const [first = 0, ...steps] = sentStep;
    return {
      endpoints: this.#endpoints.names,
      types: this.#types.names,
      bodies: this.#bodies,
      ...columns,
      sentStep: this.#sentAt.length === 0 ? [] : [first - zero, ...steps],
      carried: this.#carried,
      before: this.#before,
      after: this.#after,
    };
  }

  #bodyOf(src: EndpointId, text: string): number {
    const last = this.#lastBody.get(src);
    if (last !== undefined && this.#bodies[last] === text) return last;
    const index = this.#bodies.push(text) - 1;
    this.#lastBody.set(src, index);
    return index;
  }

  #typeOf(type: string): number {
    const name = cutText(type, MAX_TYPE_TEXT);
    const isTooMany = !this.#types.has(name) && this.#types.names.length >= MAX_TYPES - 1;
    return this.#types.of(isTooMany ? OTHER_TYPES : name);
  }

  #addCarried(index: number, { values, chain, kept }: Carried): void {
    const { back, more, messages } = this.#carried;
    if (messages < index) return; // there was too much already
    const base = chain && kept > 0 ? this.#lastOfChain.get(chain) : undefined;
    const added = base === undefined ? values : values.slice(kept);
    if (chain) this.#lastOfChain.set(chain, index);
    this.#carriedTotal += added.length;
    if (this.#carriedTotal > this.#limits.carried) return;
    back.push(base === undefined ? 0 : index - base);
    more.push([...added]);
    this.#carried.messages++;
  }
}

/** Numbers names in the order in which they come. */
class Numbering {
  readonly names: string[] = [];
  readonly #numbers = new Map<string, number>();

  has(name: string): boolean {
    return this.#numbers.has(name);
  }

  of(name: string): number {
    const known = this.#numbers.get(name);
    if (known !== undefined) return known;
    this.#numbers.set(name, this.names.length);
    return this.names.push(name) - 1;
  }
}

function emptyColumns() {
  const list = (): number[] => [];
  return {
    idStep: list(),
    src: list(),
    dest: list(),
    type: list(),
    sentStep: list(),
    body: list(),
    travel: [] as MessageColumns['travel'],
    again: [] as MessageColumns['again'],
  };
}

function textOf(body: object): string {
  const text = outline(body, BODY_LIMITS);
  return text.length > MAX_BODY_TEXT ? `${text.slice(0, MAX_BODY_TEXT)}…` : text;
}
