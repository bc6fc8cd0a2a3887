import { toCanonicalJson } from '../../wire/canonical-json.ts';
import { ExactNumber } from '../../wire/exact-json.ts';
import type { HistoryEvent } from '../history/history.ts';
import type { Checker, CheckResult } from './checker.ts';

/** How many ids that came more than once are listed. */
const MAX_LISTED = 48;

export interface UniqueIdsResult extends CheckResult {
  'attempted-count': number;
  'acknowledged-count': number;
  /** How many different ids came more than once. */
  'duplicated-count': number;
  /** Ids as JSON, and how often each came. */
  duplicated: Record<string, number>;
  /** The least and the greatest id; nulls when there is none, or when ids have no order. */
  range: [unknown, unknown];
}

/**
 * No id may be handed out twice. Maelstrom's checker gives up on ids that it cannot put in order;
 * whether an id came twice does not depend on that.
 */
export class UniqueIdsChecker implements Checker<UniqueIdsResult> {
  readonly #counts = new Map<string, { id: unknown; count: number }>();
  #attempted = 0;
  #acknowledged = 0;
  #least: unknown = null;
  #greatest: unknown = null;
  #isOrdered = true;

  add({ type, process, f, value }: HistoryEvent): void {
    if (f !== 'generate' || process === 'nemesis') return;
    if (type === 'invoke') this.#attempted++;
    if (type !== 'ok') return;
    this.#acknowledged++;
    this.#range(value);
    const key = toCanonicalJson(value);
    const seen = this.#counts.get(key);
    if (seen) seen.count++;
    else this.#counts.set(key, { id: value, count: 1 });
  }

  result(): UniqueIdsResult {
    const duplicated = [...this.#counts].filter(([, { count }]) => count > 1);
    const mostOften = duplicated.toSorted(([, a], [, b]) => b.count - a.count);
    return {
      'valid?': duplicated.length === 0,
      'attempted-count': this.#attempted,
      'acknowledged-count': this.#acknowledged,
      'duplicated-count': duplicated.length,
      duplicated: Object.fromEntries(
        mostOften.slice(0, MAX_LISTED).map(([key, { count }]) => [key, count]),
      ),
      range: this.#isOrdered ? [this.#least, this.#greatest] : [null, null],
    };
  }

  #range(id: unknown): void {
    if (this.#acknowledged === 1) {
      this.#least = id;
      this.#greatest = id;
    }
    const [low, high] = [compare(id, this.#least), compare(id, this.#greatest)];
    if (low === undefined || high === undefined) this.#isOrdered = false;
    if ((low ?? 0) < 0) this.#least = id;
    if ((high ?? 0) > 0) this.#greatest = id;
  }
}

function isNumber(value: unknown): value is number | ExactNumber {
  return typeof value === 'number' || value instanceof ExactNumber;
}

/** Below, above or 0 as sorting wants it; nothing for values of which none is the lesser. */
function compare(a: unknown, b: unknown): number | undefined {
  if (Array.isArray(a) && Array.isArray(b)) {
    if (a.length !== b.length) return a.length - b.length; // as Clojure orders its vectors
    for (const [index, part] of a.entries()) {
      const order = compare(part, b[index]);
      if (order !== 0) return order;
    }
    return 0;
  }
  if (isNumber(a) && isNumber(b)) return Number(a) - Number(b);
  if (typeof a !== typeof b) return undefined;
  if (typeof a === 'string') return a === b ? 0 : a < (b as string) ? -1 : 1;
  if (typeof a === 'boolean') return Number(a) - Number(b);
  return undefined;
}
