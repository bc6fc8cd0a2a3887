import type { DeltaBody } from '../../../machines/gossip/link/delta.ts';
import type { Fault } from '../../../src/lab/faults/fault.ts';
import type { Journal, Parcel } from '../../../src/lab/network/network.ts';

/** Milliseconds since the load began. */
type Time = number;

/** A stretch of time in which nothing is done to a cluster. */
interface Calm {
  from: Time;
  to: Time;
}

/** How an entry first came to a node. */
interface Arrival {
  sentAt: Time;
  at: Time;
}

/** Takes down when every node gets every entry, be it an element of a set or a sum of a counter. */
export class HealingJournal implements Journal {
  readonly #nodeIds: readonly string[];
  readonly #standsForEarlier: boolean;
  readonly #sentAt = new Map<number, number>();
  /** By node: when it was handed its entries. */
  readonly #bornAt = new Map<string, Time[]>();
  /** By entry, and by the node that it came to. */
  readonly #arrivals = new Map<string, Map<string, Arrival>>();
  /** By receiver and origin: up to which entry of a counter it has all. */
  readonly #upTo = new Map<string, number>();
  #zero = 0;

  /** @param standsForEarlier whether an entry stands for those before it, as a counter's does */
  constructor(nodeCount: number, standsForEarlier: boolean) {
    this.#nodeIds = Array.from({ length: nodeCount }, (_, index) => `n${index}`);
    this.#standsForEarlier = standsForEarlier;
  }

  loadBegan(time: number): void {
    this.#zero = time;
  }

  sent({ id }: Parcel, time: number): void {
    this.#sentAt.set(id, time);
  }

  received({ id, dest, body }: Parcel, time: number): void {
    const at = this.#since(time);
    if (body.type === 'add') this.#bornAt.set(dest, [...(this.#bornAt.get(dest) ?? []), at]);
    if (body.type !== 'delta') return;
    const sentAt = this.#since(this.#sentAt.get(id) as number);
    for (const { origin, first, values } of (body as unknown as DeltaBody).news ?? []) {
      const node = origin.slice(0, origin.indexOf(':'));
      const last = first + values.length - 1;
      for (let no = this.#firstNew(dest, node, first, last); no <= last; no++) {
        this.#note(`${node} ${no}`, dest, { sentAt, at });
      }
    }
  }

  /**
   * The longest that an entry took to be everywhere since it came to a node, or since the last fault
   * ended, whichever was later, in milliseconds. What is still missing somewhere when the next fault
   * begins counts as if it came then.
   *
   * @returns `sinceHealing`, and `withoutHeldUp`, for which what came by a message that the fault has
   *   held up until after its end counts from that message
   */
  latest(schedule: readonly Fault[]): { sinceHealing: number; withoutHeldUp: number } {
    const calms = calmsOf(schedule);
    let [sinceHealing, withoutHeldUp] = [0, 0];
    for (const [node, times] of this.#bornAt) {
      for (const [index, bornAt] of times.entries()) {
        const arrivals = this.#arrivals.get(`${node} ${index + 1}`) ?? new Map<string, Arrival>();
        for (const { from, to } of calms.filter((calm) => bornAt < calm.to)) {
          const others = this.#nodeIds.filter((id) => id !== node);
          const last = Math.max(...others.map((id) => arrivals.get(id)?.at ?? Infinity));
          if (last <= from) continue;
          const heldUp = [...arrivals.values()].filter(
            ({ sentAt, at }) => sentAt < from && at > from,
          );
          const came = Math.max(from, ...heldUp.map(({ at }) => at));
          sinceHealing = Math.max(sinceHealing, Math.min(last, to) - Math.max(bornAt, from));
          withoutHeldUp = Math.max(withoutHeldUp, Math.min(last, to) - Math.max(bornAt, came));
        }
      }
    }
    return { sinceHealing, withoutHeldUp };
  }

  #since(time: number): Time {
    return (time - this.#zero) / 1e6;
  }

  #firstNew(dest: string, node: string, first: number, last: number): number {
    if (!this.#standsForEarlier) return first;
    const pair = `${dest} ${node}`;
    const known = this.#upTo.get(pair) ?? 0;
    this.#upTo.set(pair, Math.max(known, last));
    return known + 1;
  }

  #note(entry: string, dest: string, arrival: Arrival): void {
    const arrivals = this.#arrivals.get(entry) ?? new Map<string, Arrival>();
    this.#arrivals.set(entry, arrivals);
    if (!arrivals.has(dest)) arrivals.set(dest, arrival);
  }
}

/** When nothing is done to a cluster. */
function calmsOf(schedule: readonly Fault[]): Calm[] {
  const calms: Calm[] = [];
  let from = 0;
  for (const fault of schedule.toSorted((a, b) => a.from - b.from)) {
    if (fault.from * 1000 > from) calms.push({ from, to: fault.from * 1000 });
    from = Math.max(from, fault.to * 1000);
  }
  return [...calms, { from, to: Infinity }];
}
