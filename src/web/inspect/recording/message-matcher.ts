import type { Message } from '../../../wire/message.ts';
import type { MessageTable, Seconds } from '../../shared/space-time/message-table.ts';

/** A message that takes longer is taken for lost. */
const MAX_TRAVEL_SECONDS = 5;
/** How much a single message counts when the travel time is estimated. */
const WEIGHT = 0.2;
/** Of two nodes' clocks, one may be ahead of the other by so much. */
const MAX_SKEW_SECONDS = 0.1;

/** What has been sent from one node to another and not been seen to arrive, or the reverse. */
interface Link {
  sent: number[];
  early: { at: Seconds; arrived: (message: number) => void }[];
  last: number | undefined;
}

/**
 * Finds for what a node receives the message that another sent: nodes number their messages no more
 * than the wire does. When the same text was sent several times, it is the message that would have
 * travelled as long as others do.
 */
export class MessageMatcher {
  readonly #table: MessageTable;
  readonly #links = new Map<string, Link>();
  #usualTravel = 0;

  constructor(table: MessageTable) {
    this.#table = table;
  }

  /** A node has sent a message; gives back its place in the table. */
  sent(message: Message, at: Seconds): number {
    const body = JSON.stringify(message.body);
    const index = this.#append(message, body, at);
    const link = this.#linkOf(message, body);
    const early = link.early.shift();
    if (early && at - early.at <= MAX_SKEW_SECONDS) {
      this.#table.arrive(index, at);
      early.arrived(index);
    } else {
      link.sent.push(index);
    }
    link.last = index;
    return index;
  }

  /**
   * A node has received a message.
   *
   * @param isSenderSeen whether what its sender sends is told, too
   * @param arrived called with the message's place in the table, now or when it is known
   */
  received(
    message: Message,
    at: Seconds,
    isSenderSeen: boolean,
    arrived: (message: number) => void,
  ): void {
    const body = JSON.stringify(message.body);
    const link = this.#linkOf(message, body);
    const index = this.#takeLikeliest(link, at) ?? this.#recent(link, at);
    if (index !== undefined) {
      this.#table.arrive(index, at);
      arrived(index);
    } else if (isSenderSeen) {
      link.early.push({ at, arrived });
    } else {
      const own = this.#append(message, body, at);
      this.#table.arrive(own, at);
      arrived(own);
    }
  }

  #append({ src, dest, body }: Message, text: string, at: Seconds): number {
    const id = this.#table.length;
    const sentAt = Math.max(at, this.#table.sentAt[id - 1] ?? at);
    const { type = 'no type' } = body as Partial<typeof body>;
    return this.#table.append({ id, src, dest, type, sentAt, body: text });
  }

  #takeLikeliest(link: Link, at: Seconds): number | undefined {
    const travel = (index: number) => at - (this.#table.sentAt[index] as Seconds);
    link.sent = link.sent.filter((index) => travel(index) <= MAX_TRAVEL_SECONDS);
    const oddness = (index: number) => Math.abs(travel(index) - this.#usualTravel);
    const likeliest = link.sent.reduce<number | undefined>(
      (best, index) => (best === undefined || oddness(index) < oddness(best) ? index : best),
      undefined,
    );
    if (likeliest === undefined) return undefined;
    if (link.sent.length === 1)
      this.#usualTravel += WEIGHT * (travel(likeliest) - this.#usualTravel);
    link.sent.splice(link.sent.indexOf(likeliest), 1);
    return likeliest;
  }

  /** The message that has arrived already, when it has come twice. */
  #recent({ last }: Link, at: Seconds): number | undefined {
    if (last === undefined) return undefined;
    return at - (this.#table.sentAt[last] as Seconds) <= MAX_TRAVEL_SECONDS ? last : undefined;
  }

  #linkOf({ src, dest }: Message, body: string): Link {
    const key = `${src} ${dest} ${body}`;
    const known = this.#links.get(key);
    if (known) return known;
    const link = { sent: [], early: [], last: undefined };
    this.#links.set(key, link);
    return link;
  }
}
