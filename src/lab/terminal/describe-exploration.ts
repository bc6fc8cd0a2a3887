import type { Exploration, Extreme } from '../explore/exploration.ts';
import { counted, type Row } from './rows/rows.ts';

/** How many seeds of one kind a summary lists. */
const MAX_LISTED_SEEDS = 10;

/** What many runs have shown, for people. */
export function explorationRows(exploration: Exploration, seconds?: number): Row[] {
  const { runs, verdicts, failedSeeds, unknownSeeds } = exploration;
  const speed = seconds === undefined ? '' : `, ${((runs / seconds) * 60).toFixed(0)} a minute`;
  const rows: Row[] = [
    [
      'runs',
      `${runs}${speed}: ${verdicts.valid} valid, ${verdicts.invalid} invalid, ${verdicts.unknown} unknown`,
    ],
    ['slowest', describeExtreme(exploration.worstLatencyMs, 'ms until a value was everywhere')],
    [
      'most sent',
      describeExtreme(
        exploration.worstMessagesPerOperation,
        'messages between nodes per operation',
      ),
    ],
  ];
  if (failedSeeds.length > 0) rows.push(['failed', describeSeeds(failedSeeds), 'bad']);
  if (unknownSeeds.length > 0) rows.push(['untested', describeSeeds(unknownSeeds), 'doubt']);
  return rows;
}

/** Why an exploration has no verdict, or a bad one, in a few words; null when it has a good one. */
export function reasonOf({ verdicts, runs }: Exploration, missing = 0): string | null {
  if (verdicts.invalid > 0) return `${counted(verdicts.invalid, 'run')} of ${runs} failed`;
  if (missing > 0) return `stopped before ${counted(missing, 'more run')}`;
  if (runs === 0) return 'there was no run';
  return verdicts.valid > 0 ? null : 'no run proves anything';
}

function describeSeeds(seeds: number[]): string {
  const rest = seeds.length - MAX_LISTED_SEEDS;
  const listed = seeds.slice(0, MAX_LISTED_SEEDS).join(', ');
  return `seeds ${listed}${rest > 0 ? ` and ${rest} more` : ''}`;
}

function describeExtreme(extreme: Extreme | null, unit: string): string {
  if (!extreme) return 'none was seen';
  return `${Math.round(extreme.value * 100) / 100} ${unit}, with seed ${extreme.seed}`;
}
