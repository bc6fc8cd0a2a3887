import { describe, expect, it } from '@jest/globals';
import fc from '../../support/fast-check.ts';
import { registersSpec } from '../../../machines/lin-kv/lin-kv.ts';
import { applyEntry, nothingApplied } from '../../../machines/raft/state/applied.ts';
import { changeOf, remembered, snapshotOf } from '../../../machines/raft/state/records.ts';
import {
  append,
  compact,
  enterTerm,
  join,
  nothingStable,
  restart,
  type Stable,
  truncate,
  vote,
} from '../../../machines/raft/state/stable.ts';
import type { Kept } from '../../../src/kit/actors/disk-actor.ts';
import type { Json } from '../../../src/wire/message.ts';

const { service } = registersSpec;

/** What a step may do to a node whose terms only grow, as Raft's do. */
const changes = {
  enterTerm: (stable: Stable) => enterTerm(stable, stable.term + 1),
  vote: (stable: Stable) => vote(stable, 'n1'),
  join: (stable: Stable) => join(stable, { standing: 'member', starts: { n1: stable.term } }),
  append: (stable: Stable) => append(stable, [{ term: stable.term }, { term: stable.term }]),
  truncate: (stable: Stable) =>
    truncate(enterTerm(stable, stable.term + 1), Math.max(stable.log.base, stable.log.last - 3)),
  compact: (stable: Stable) => compact(stable, Math.min(stable.log.base + 2, stable.log.last)),
  restart: (stable: Stable) => restart(stable, stable.log.last + 5, stable.term),
};
type Change = keyof typeof changes;

const steps = fc.array(
  fc.array(fc.constantFrom(...(Object.keys(changes) as Change[])), { maxLength: 3 }),
  { maxLength: 30 },
);

const asJson = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

/** The disk of a node after some steps, and what the node remembers itself. */
function takeSteps(all: readonly Change[][]): { kept: Kept; stable: Stable } {
  let snapshot: Json | undefined;
  let records: Json[] = [];
  let stable = nothingStable;
  for (const names of all) {
    const before = stable;
    for (const name of names) stable = changes[name](stable);
    if (stable.log.base === before.log.base) {
      const change = changeOf(before, stable);
      if (change) records.push(asJson(change) as Json);
    } else {
      snapshot = asJson(snapshotOf(stable, nothingApplied(service), service));
      records = [];
    }
  }
  return { kept: { incarnation: 1, records, ...(snapshot !== undefined && { snapshot }) }, stable };
}

describe('what a node has on disk', () => {
  it('should be all that it must not forget, whatever it has been through', () => {
    fc.assert(
      fc.property(steps, (all) => {
        const { kept, stable } = takeSteps(all);
        expect(asJson(remembered(kept, service).stable)).toEqual(asJson(stable));
      }),
    );
  });

  it('should be no more than what has changed', () => {
    const before = append(enterTerm(nothingStable, 1), [{ term: 1 }, { term: 1 }]);
    const overruled = append(truncate(enterTerm(before, 2), 1), [{ term: 2 }]);
    expect(changeOf(before, before)).toBeUndefined();
    expect(changeOf(before, append(before, [{ term: 1 }]))).toEqual({
      after: 2,
      entries: [{ term: 1 }],
    });
    expect(changeOf(before, overruled)).toEqual({ term: 2, after: 1, entries: [{ term: 2 }] });
    expect(changeOf(before, vote(before, 'n1'))).toEqual({ votedFor: 'n1' });
  });

  it('should hold what has been applied, so that a command takes effect once', () => {
    const command = { type: 'write', key: 1, value: 2 };
    const entry = { term: 1, node: 'n1', start: 5, seq: 1, floor: 1, command };
    const { applied } = applyEntry(nothingApplied(service), entry, service);
    const stable = compact(append(enterTerm(nothingStable, 1), [entry]), 1);
    const snapshot = asJson(snapshotOf(stable, applied, service));
    const again = remembered({ incarnation: 1, snapshot, records: [] }, service);
    expect(asJson(again)).toEqual(asJson({ stable, applied }));
    expect(applyEntry(again.applied, entry, service).reply).toBeUndefined();
  });
});
