import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { stringifyExact } from '../../../src/wire/exact-json.ts';
import { judgeHistory, readRecorded, recordedCases } from '../../support/histories/recorded.ts';

const folder = join(import.meta.dirname, '../conformance');
const broadcastCases = readdirSync(folder).filter((name) =>
  existsSync(join(folder, name, 'history.ndjson')),
);

/** What our checkers find in a recorded test, and what Maelstrom found. */
function compare(workload: string, name: string) {
  const { results, history } = readRecorded(workload, name);
  return { recorded: results, ours: judgeHistory(workload, history, {}, goalOf(results)) };
}

function goalOf({ test }: Record<string, any>): number | 'total' | undefined {
  return test?.availability ?? undefined;
}

describe('broadcast and echo, against what Maelstrom recorded', () => {
  it('should have cases', () => expect(broadcastCases).toHaveLength(10));

  it.each(broadcastCases)('%s', (name) => {
    const kind = name === 'echo' ? 'echo' : 'broadcast';
    const { recorded, ours } = compare(kind, name);
    const { stats, availability, workload } = ours;
    expect(recorded).toMatchObject({ stats, availability, workload });
  });
});

/** Where ours say more than Maelstrom's, and why. */
const truer: Record<string, unknown> = {
  // Ids of which none is the lesser make Maelstrom's checker throw: they are as unique as others.
  'mixed-types': expect.objectContaining({ 'valid?': true, range: [null, null] }),
};

/** Ids as the keys of an object are JSON texts: those that were recorded have blanks after commas. */
function tightened({ duplicated, ...workload }: Record<string, any>) {
  if (!duplicated) return workload;
  const entries = Object.entries(duplicated).map(([id, count]) => [
    id.replaceAll(', ', ','),
    count,
  ]);
  return { ...workload, duplicated: Object.fromEntries(entries) };
}

describe('lin-kv, against what Maelstrom recorded', () => {
  it.each(recordedCases('lin-kv'))('%s', (name) => {
    const { recorded, ours } = compare('lin-kv', name);
    const { stats, availability, workload } = ours as Record<string, any>;
    expect(stats).toEqual(recorded.stats);
    expect(availability).toEqual(recorded.availability);
    const byKey = Object.entries<any>(workload.results).map(([key, result]) => [
      key,
      result['valid?'],
    ]);
    expect({ ...workload, results: Object.fromEntries(byKey) }).toEqual(recorded.workload);
  });
});

// What the transactions themselves are found to be is compared in `transactions/recorded.test.ts`.
describe.each(['txn-list-append', 'txn-rw-register'])(
  '%s, against what Maelstrom recorded',
  (name) => {
    it.each(recordedCases(name))('%s', (recordedCase) => {
      const { recorded, ours } = compare(name, recordedCase);
      const { stats, availability } = ours;
      // Where an assertion of Maelstrom's failed, nothing but `unknown` was recorded.
      expect({ stats, availability, ...recorded }).toMatchObject({ stats, availability });
      const { workload: verdict = recorded } = recorded;
      expect(ours.workload?.['valid?']).toBe(verdict['valid?']);
    });
  },
);

describe('kafka, against what Maelstrom recorded', () => {
  const judged = recordedCases('kafka').filter((name) => name !== 'messages-never-sent');

  it('messages-never-sent: a message that nobody sent should be as wrong as others', () => {
    const { recorded, ours } = compare('kafka', 'messages-never-sent');
    expect(recorded.workload['valid?']).toBe('unknown'); // Maelstrom's checker throws
    expect(ours.workload).toMatchObject({
      'valid?': false,
      'bad-error-types': expect.arrayContaining(['invented-message']),
    });
  });

  it.each(judged)('%s', (name) => {
    const { recorded, ours } = compare('kafka', name);
    const { stats, availability, workload } = ours as Record<string, any>;
    expect(stats).toEqual(recorded.stats);
    expect(availability).toEqual(recorded.availability);
    const { counts, unseen, 'worst-realtime-lag': lag, ...verdict } = recorded.workload;
    expect(workload).toMatchObject(verdict);
    const found = verdict['bad-error-types'].filter((type: string) => type !== 'unseen');
    const count = (type: string) => [type, workload[type].count];
    expect(Object.fromEntries(found.map(count))).toEqual(counts);
    expect(workload.unseen?.unseen).toEqual(unseen);
    expect(workload['worst-realtime-lag'].lag).toBeCloseTo(lag.lag, 6);
  });
});

describe.each(['unique-ids', 'g-set', 'g-counter', 'pn-counter'])(
  '%s, against what Maelstrom recorded',
  (workload) => {
    it.each(recordedCases(workload))('%s', (name) => {
      const { recorded, ours } = compare(workload, name);
      const { stats, availability } = ours;
      expect({ stats, availability }).toEqual({
        stats: recorded.stats,
        availability: recorded.availability,
      });
      expect(JSON.parse(stringifyExact(ours.workload))).toEqual(
        truer[name] ?? tightened(recorded.workload),
      );
    });
  },
);
