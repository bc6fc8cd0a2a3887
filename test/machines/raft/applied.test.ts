import { describe, expect, it } from '@jest/globals';
import fc from '../../support/fast-check.ts';
import { applyEntry, nothingApplied } from '../../../machines/raft/state/applied.ts';
import type { Entry } from '../../../machines/raft/state/log.ts';
import type { Service } from '../../../machines/raft/service.ts';

/** A service that writes down what it is told. */
const diary: Service<readonly number[]> = {
  initial: [],
  kindOf: () => 'command',
  commandOf: ({ value }) => value as number,
  apply: (state, command) => ({
    state: [...state, command as number],
    reply: { ok: { count: state.length + 1 } },
  }),
  save: (state) => [...state],
  restore: (json) => json as number[],
};

const command = (start: number, seq: number, floor: number): Entry => ({
  term: 1,
  node: 'n1',
  start,
  seq,
  floor,
  command: start * 100 + seq,
});

function applyAll(entries: Entry[]) {
  let applied = nothingApplied(diary as Service);
  const replies = entries.map((entry) => {
    const step = applyEntry(applied, entry, diary as Service);
    applied = step.applied;
    return step.reply !== undefined;
  });
  return { applied, replies };
}

describe('applying entries', () => {
  it('should carry out each command once, in whatever order and however often it comes', () => {
    const order = fc.array(fc.integer({ min: 1, max: 8 }), { maxLength: 40 });
    fc.assert(
      fc.property(order, (seqs) => {
        const { applied } = applyAll(seqs.map((seq) => command(1, seq, 1)));
        expect(applied.state).toEqual([...new Set(seqs)].map((seq) => 100 + seq));
        expect(applied.index).toBe(seqs.length);
      }),
    );
  });

  it('should not carry out what its node has given up, nor what an earlier start had to say', () => {
    const { applied, replies } = applyAll([
      command(1, 2, 1),
      command(1, 5, 4), // 1 and 3 are given up
      command(1, 3, 1),
      command(2, 1, 1),
      command(1, 6, 4),
    ]);
    expect(applied.state).toEqual([102, 105, 201]);
    expect(replies).toEqual([true, true, false, true, false]);
  });

  it('should remember no more than what may be under way', () => {
    const { applied } = applyAll(
      Array.from({ length: 1000 }, (_, place) => command(1, place + 1, Math.max(1, place - 3))),
    );
    expect(applied.sessions).toEqual({ n1: { start: 1, floor: 1001, done: [] } });
  });
});
