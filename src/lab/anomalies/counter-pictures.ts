import type { CounterReadsResult } from '../checkers/counters/counter-reads.ts';
import type { CounterResult } from '../checkers/counters/counter.ts';
import type { Picture } from './picture.ts';

/** How many runs of acceptable sums are named. */
const MAX_RUNS = 8;

/** How many are drawn. */
const MAX_DRAWN = 200;

/** What the counter could be, and what was read of it, if some read is odd. */
export function counterPictures({
  workload: { acceptable, errors },
  reads,
}: {
  workload: CounterResult;
  reads: CounterReadsResult;
}): Picture[] {
  const { bounds, reads: shown, more } = reads.course;
  const isOdd = errors !== null || reads['out-of-range-count'] + reads['went-back-count'] > 0;
  if (!isOdd) return [];
  const wrong = new Set(errors?.map(({ index }) => index));
  const runs = acceptable.map(([low, high]) => (low === high ? `${low}` : `${low} to ${high}`));
  const rest = runs.length > MAX_RUNS ? ', …' : '';
  return [
    {
      kind: 'range',
      title: errors ? 'Final reads are wrong' : 'Reads are odd',
      words: [
        `In the end the sum could be ${runs.slice(0, MAX_RUNS).join(' or ')}${rest}: all that was acknowledged, and any of what was left open.`,
        'Before, a read may lack any adds; the band is what some of those begun by then can make.',
      ],
      bounds: [...bounds],
      acceptable: acceptable.slice(0, MAX_DRAWN),
      reads: shown
        .toSorted((a, b) => a.at - b.at)
        .map(({ at, value, process, index, isOdd: odd }) => ({
          at,
          value,
          process: Number(process),
          isWrong: odd || wrong.has(index),
        })),
      more,
    },
  ];
}
