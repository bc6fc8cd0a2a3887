import { describe, expect, it } from '@jest/globals';
import fc from '../../support/fast-check.ts';
import { RaftLog } from '../../../machines/raft/state/log.ts';

type Change = { of: number; append: number[]; cut: number; compact: boolean };

const changes = fc.array(
  fc.record<Change>({
    of: fc.nat(9),
    append: fc.array(fc.integer({ min: 1, max: 5 }), { maxLength: 3 }),
    cut: fc.nat(3),
    compact: fc.boolean(),
  }),
  { maxLength: 30 },
);

/** A log as one would write it that has time: all terms, and how many of them are not kept. */
interface Twin {
  terms: number[];
  base: number;
}

function change({ terms, base }: Twin, { append, cut, compact }: Change): Twin {
  const last = Math.max(base, terms.length - cut);
  const changed = [...terms.slice(0, last), ...append];
  return { terms: changed, base: compact ? Math.min(base + 1, changed.length) : base };
}

function changeLog(log: RaftLog, { append, cut, compact }: Change): RaftLog {
  const changed = log
    .truncatedTo(Math.max(log.base, log.last - cut))
    .append(append.map((term) => ({ term })));
  return compact ? changed.compactedTo(Math.min(log.base + 1, changed.last)) : changed;
}

describe('RaftLog', () => {
  it('should be what it is, whatever is made of it', () => {
    fc.assert(
      fc.property(changes, (all) => {
        const logs = [RaftLog.empty];
        const twins: Twin[] = [{ terms: [], base: 0 }];
        for (const one of all) {
          const from = one.of % logs.length;
          logs.push(changeLog(logs[from] as RaftLog, one));
          twins.push(change(twins[from] as Twin, one));
        }
        logs.forEach((log, index) => {
          const { terms, base } = twins[index] as Twin;
          expect(log.last).toBe(terms.length);
          expect(log.lastTerm).toBe(terms.at(-1) ?? 0);
          expect(log.toJSON()).toEqual({
            base,
            baseTerm: terms[base - 1] ?? 0,
            entries: terms.slice(base).map((term) => ({ term })),
          });
          expect(log.at(base)).toBeUndefined();
          expect(log.from(base + 2, 1)).toEqual(
            terms.slice(base + 1, base + 2).map((term) => ({ term })),
          );
        });
      }),
    );
  });

  it('should say whether another is at least as new', () => {
    const log = RaftLog.empty.append([{ term: 1 }, { term: 3 }]);
    expect(log.isNoNewerThan(3, 2)).toBe(true);
    expect(log.isNoNewerThan(3, 1)).toBe(false);
    expect(log.isNoNewerThan(4, 1)).toBe(true);
    expect(log.isNoNewerThan(2, 9)).toBe(false);
  });
});
