import { describe, expect, it } from '@jest/globals';
import fc from '../support/fast-check.ts';
import { diskModes } from '../../src/lab/disks/disk-mode.ts';
import { SimulatedDisk } from '../../src/lab/disks/simulated-disk.ts';
import { Random } from '../../src/lab/time-and-chance/random.ts';
import { SimulatedClock } from '../../src/lab/time-and-chance/simulated-clock.ts';
import { Committer } from '../../src/store/committer.ts';
import { runs } from '../support/runs.ts';

/** What happens to a disk: so many records are appended, a snapshot is made, time passes, a kill. */
const happenings = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constant('append' as const), count: fc.integer({ min: 1, max: 4 }) }),
    fc.record({ kind: fc.constant('pass' as const), ms: fc.integer({ min: 0, max: 6 }) }),
    fc.constant({ kind: 'snapshot' as const }),
    fc.constant({ kind: 'kill' as const }),
  ),
  { maxLength: 40 },
);

/** Appends whole numbers; returns what was wrong with what is found after the kills, if anything. */
function findFlaw(
  mode: (typeof diskModes)[number],
  seed: number,
  events: readonly { kind: string; count?: number; ms?: number }[],
  isRash = false,
): string | undefined {
  const clock = new SimulatedClock();
  const disk = new SimulatedDisk('n0', { mode, clock, random: Random.fromSeed(seed) });
  let appended: number[] = [];
  let promised = 0;
  const start = () => {
    const store = disk.storeOfStart();
    const { snapshot, records } = store.open('n0');
    const found = [...((snapshot ?? []) as number[]), ...(records as number[])];
    const isPrefix = found.every((value, index) => value === appended[index]);
    const problem =
      (!isPrefix && `found ${found} where ${appended} was written`) ||
      (found.length < promised && `found ${found} where ${promised} were promised`);
    appended = found;
    const before = found.length;
    promised = before;
    const committer = new Committer({
      store,
      soon: (callback) => clock.setTimeout(callback, 0),
      onSynced: (upTo) => (promised = before + upTo),
      onFailed: () => {},
    });
    return { committer, problem: problem || undefined };
  };
  let { committer, problem } = start();
  for (const { kind, count = 0, ms = 0 } of [...events, { kind: 'kill' }]) {
    if (kind === 'pass') clock.advance(ms);
    if (kind === 'append') {
      const records = Array.from({ length: count }, (_, index) => appended.length + index);
      appended = [...appended, ...records];
      committer.take({ type: 'disk.append', records });
      if (isRash) promised = appended.length;
    }
    if (kind === 'snapshot') committer.take({ type: 'disk.snapshot', snapshot: appended });
    if (kind === 'kill') {
      disk.crash();
      ({ committer, problem } = start());
    }
    if (problem) return problem;
  }
  return undefined;
}

describe('a committer on a simulated disk', () => {
  it.each(diskModes)(
    'should keep what it has promised, and no gaps, when that is to %s',
    (mode) => {
      fc.assert(
        fc.property(happenings, fc.nat(), (events, seed) => {
          expect(findFlaw(mode, seed, events)).toBeUndefined();
        }),
        { numRuns: runs(200) },
      );
    },
  );

  it('should be found out when it promises before the sync', () => {
    const rash = fc.property(
      happenings,
      fc.nat(),
      (events, seed) => findFlaw('torn', seed, events, true) === undefined,
    );
    expect(fc.check(rash).failed).toBe(true);
  });
});
