import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { TransactionEvent } from '../../../../src/lab/checkers/transactions/history/transaction-reader.ts';
import {
  TransactionChecker,
  type TransactionWorkloadName,
} from '../../../../src/lab/checkers/transactions/transaction-checker.ts';

const folder = join(import.meta.dirname, '../../conformance');
const WORKLOADS: TransactionWorkloadName[] = ['txn-list-append', 'txn-rw-register'];
const cases = WORKLOADS.flatMap((workload) =>
  readdirSync(join(folder, workload)).map((name) => ({ workload, name })),
);
const SOUND = new Set(['sound', 'aborts-and-unanswered', 'missing-read-as-empty-list']);
const CYCLE = /^G(0|1c|-single|-nonadjacent|2-item)/;

/** How our types differ from the recorded ones under a model, and why ours are truer. */
interface Difference {
  extra?: string[];
  missing?: string[];
  why: string;
}

const SEARCHED = 'there are such cycles, but the recorded search missed them or ran out of time';
const TIE =
  'two longest states of a list differ, either may be its order, and we take the other one';
const WALK =
  'the recorded cycle passes a transaction twice: it is two of G-single; of all cycles of these components that pass none twice, none is a G-nonadjacent';

const DIFFERENCES: Record<string, Record<string, Difference>> = {
  'txn-list-append/intermediate-states-read': {
    'strong-session-serializable': { extra: ['G-single-process'], why: SEARCHED },
  },
  'txn-list-append/lost-updates': Object.fromEntries(
    [
      'serializable',
      'snapshot-isolation',
      'strict-serializable',
      'strong-session-serializable',
    ].map((model) => [model, { missing: ['G-nonadjacent'], why: WALK }]),
  ),
  'txn-list-append/overwrites-concurrent-appends': {
    serializable: { extra: ['G2-item'], why: SEARCHED },
    'strict-serializable': {
      extra: ['G-nonadjacent-realtime', 'G1c-realtime', 'G2-item-realtime'],
      why: SEARCHED,
    },
    'strong-session-serializable': {
      extra: ['G-nonadjacent-process', 'G2-item-process'],
      why: SEARCHED,
    },
  },
  'txn-list-append/stale-snapshots': {
    'strong-session-serializable': { extra: ['G2-item-process'], why: SEARCHED },
  },
  'txn-list-append/two-orders': {
    'read-committed': { extra: ['G1c'], why: TIE },
    'repeatable-read': { extra: ['G1c'], why: TIE },
    serializable: { extra: ['G1c'], why: TIE },
    'snapshot-isolation': { extra: ['G1c'], why: TIE },
    'strict-serializable': {
      extra: ['G0-realtime', 'G1c', 'G1c-realtime', 'G2-item-realtime'],
      why: TIE,
    },
    'strong-session-serializable': {
      extra: ['G-nonadjacent-process', 'G0-process', 'G1c', 'G1c-process', 'G2-item-process'],
      why: TIE,
    },
  },
  'txn-rw-register/stale-snapshots': {
    'strong-session-serializable': { extra: ['G2-item-process'], why: SEARCHED },
  },
};

interface Recorded {
  'valid?': unknown;
  'anomaly-types'?: string[];
  'anomaly-counts'?: Record<string, number>;
  not?: string[];
  'also-not'?: string[];
  error?: string;
}

function readCase(workload: string, name: string) {
  const read = (file: string) => readFileSync(join(folder, workload, name, file), 'utf8');
  const results = JSON.parse(read('results.json'));
  const events: TransactionEvent[] = read('history.ndjson')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  // Where the analysis threw, all that was recorded is the test's own verdict.
  const byModel: Record<string, Recorded> = {
    ...results['by-model'],
    'strict-serializable': results.workload ?? results,
  };
  return { events, byModel };
}

function judge(workload: TransactionWorkloadName, events: TransactionEvent[], model: string) {
  const checker = new TransactionChecker(workload, [model]);
  for (const event of events) checker.add(event);
  return { maelstroms: checker.result(), ours: checker.stricterResult() };
}

/** The recorded types, as a complete search over the same order would have found them. */
function expectedTypes(types: string[], { extra = [], missing = [] }: Partial<Difference>) {
  return [...types.filter((type) => type !== 'cycle-search-timeout'), ...extra]
    .filter((type) => !missing.includes(type))
    .toSorted();
}

describe('transactions that Maelstrom recorded and judged', () => {
  it('should be there', () => expect(cases).toHaveLength(30));

  it.each(cases)('$workload, $name', ({ workload, name }) => {
    const { events, byModel } = readCase(workload, name);
    for (const [model, recorded] of Object.entries(byModel)) {
      const { maelstroms } = judge(workload, events, model);
      expect({ model, valid: maelstroms['valid?'] }).toEqual({ model, valid: recorded['valid?'] });
      if (recorded.error) continue;
      const { not, 'also-not': alsoNot } = maelstroms;
      expect({ model, not, alsoNot }).toEqual({
        model,
        not: recorded.not,
        alsoNot: recorded['also-not'],
      });
      const difference = DIFFERENCES[`${workload}/${name}`]?.[model] ?? {};
      expect({ model, types: maelstroms['anomaly-types'] ?? [] }).toEqual({
        model,
        types: expectedTypes(recorded['anomaly-types'] ?? [], difference),
      });
      for (const [type, count] of Object.entries(recorded['anomaly-counts'] ?? {})) {
        if (CYCLE.test(type) || type === 'cycle-search-timeout') continue;
        expect({ type, count: maelstroms['anomaly-counts']?.[type] }).toEqual({ type, count });
      }
    }
  });

  it.each(cases)('our own verdict is not milder on $workload, $name', ({ workload, name }) => {
    const { events, byModel } = readCase(workload, name);
    for (const model of Object.keys(byModel)) {
      const { maelstroms, ours } = judge(workload, events, model);
      const severity = [true, 'unknown', false];
      const milder = severity.indexOf(ours['valid?']) < severity.indexOf(maelstroms['valid?']);
      const isSound = SOUND.has(name);
      expect({ model, milder, ours: isSound ? ours : undefined }).toEqual({
        model,
        milder: false,
        ours: isSound ? { 'valid?': true } : undefined,
      });
    }
  });

  it('our own verdict notices what Maelstrom’s lets pass', () => {
    const found = (workload: TransactionWorkloadName, name: string, model: string) =>
      judge(workload, readCase(workload, name).events, model).ours['anomaly-types'];
    expect(found('txn-rw-register', 'values-never-written', 'read-uncommitted')).toEqual([
      'thin-air-read',
    ]);
    expect(found('txn-list-append', 'elements-never-appended', 'read-committed')).toEqual([
      'incompatible-order',
      'thin-air-read',
    ]);
    expect(found('txn-rw-register', 'snapshot-isolation', 'strict-serializable')).toEqual([
      'G2-item-realtime',
    ]);
    expect(found('txn-rw-register', 'snapshot-isolation', 'strong-snapshot-isolation')).toBe(
      undefined,
    );
    expect(found('txn-rw-register', 'read-committed', 'snapshot-isolation')).toEqual([
      'G-nonadjacent',
      'G-single',
      'lost-update',
    ]);
  });
});
