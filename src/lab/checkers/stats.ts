import type { HistoryEvent } from '../history/history.ts';
import { type Checker, type CheckResult, worstOf } from './checker.ts';

interface Counts extends CheckResult {
  count: number;
  'ok-count': number;
  'fail-count': number;
  'info-count': number;
}

export interface StatsResult extends Counts {
  'by-f': Record<string, Counts>;
}

/** A kind of operation that never succeeds, by its nature: in every workload, as in Jepsen. */
export const EXEMPT = 'crash';

/** Counts the operations that ended, by outcome. A kind none of which succeeded is not valid. */
export class StatsChecker implements Checker<StatsResult> {
  readonly #byF = new Map<string, { ok: number; fail: number; info: number }>();

  add({ type, process, f }: HistoryEvent): void {
    if (type === 'invoke' || process === 'nemesis') return;
    const counts = this.#byF.get(f) ?? { ok: 0, fail: 0, info: 0 };
    this.#byF.set(f, counts);
    counts[type]++;
  }

  result(): StatsResult {
    const sorted = [...this.#byF].toSorted(([f], [g]) => (f < g ? -1 : 1));
    const byF = Object.fromEntries(sorted.map(([f, counts]) => [f, toCounts(counts)]));
    const total = { ok: 0, fail: 0, info: 0 };
    for (const [, { ok, fail, info }] of sorted) {
      total.ok += ok;
      total.fail += fail;
      total.info += info;
    }
    return {
      ...toCounts(total),
      'valid?': worstOf(Object.entries(byF).map(([f, counts]) => f === EXEMPT || counts['valid?'])),
      'by-f': byF,
    };
  }
}

function toCounts({ ok, fail, info }: { ok: number; fail: number; info: number }): Counts {
  return {
    'valid?': ok > 0,
    count: ok + fail + info,
    'ok-count': ok,
    'fail-count': fail,
    'info-count': info,
  };
}
