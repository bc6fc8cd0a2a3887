import { describe, expect, it } from '@jest/globals';
import {
  CONSISTENCY_MODEL_NAMES,
  forbiddenBy,
  parseConsistencyModels,
  ruledOutBy,
} from '../../../../../src/lab/checkers/transactions/models/consistency-models.ts';

describe('parseConsistencyModels', () => {
  it.each([
    ['a list', ['serializable', 'strict-serializable'], ['serializable', 'strong-serializable']],
    ['commas without blanks', 'PL-1,PL-2', ['read-uncommitted', 'read-committed']],
    ['commas with blanks', 'PL-2.99 , PL-SI', ['repeatable-read', 'snapshot-isolation']],
    ['one thing by two names', ['PL-3', 'conflict-serializable'], ['serializable']],
  ])('should take %s', (_, given, expected) => {
    expect(parseConsistencyModels(given)).toEqual(expected);
  });

  it('should refuse unknown names, and say which are known', () => {
    expect(() => parseConsistencyModels('serialisable, PL-2')).toThrow(
      /^no consistency model is called "serialisable"; there are strong-serializable, strict-serializable, /,
    );
  });

  it('should refuse to expect nothing at all', () => {
    expect(() => parseConsistencyModels(' , ')).toThrow('no consistency model is named');
  });

  it('should know every name of Maelstrom’s', () => {
    const names =
      'read-uncommitted PL-1 read-committed PL-2 monotonic-view PL-2L monotonic-atomic-view monotonic-snapshot-read PL-MSR cursor-stability PL-CS consistent-view PL-2+ forward-consistent-view PL-FCV update-serializable PL-3U repeatable-read PL-2.99 snapshot-isolation PL-SI serializable conflict-serializable PL-3 strong-session-snapshot-isolation strong-session-serializable strong-snapshot-isolation strict-serializable strong-serializable PL-SS read-atomic causal-cerone parallel-snapshot-isolation prefix ROLA linearizable sequential causal PRAM monotonic-reads monotonic-writes read-your-writes writes-follow-reads view-serializable 1SR session-serializable';
    expect(CONSISTENCY_MODEL_NAMES.toSorted()).toEqual(names.split(' ').toSorted());
  });
});

const UNCOMMITTED = ['G0', 'duplicate-elements', 'cyclic-versions'];
const COMMITTED = [...UNCOMMITTED, 'G1a', 'G1b', 'G1c', 'incompatible-order', 'dirty-update'];
const CURSOR = [...COMMITTED, 'lost-update'];
const SNAPSHOT = [...CURSOR, 'G-single', 'G-nonadjacent', 'internal'];
const SERIALIZABLE = [...SNAPSHOT, 'G2-item'];
const SESSION = ['G0', 'G1c', 'G2-item', 'G-single', 'G-nonadjacent'].map((g) => `${g}-process`);
const REAL_TIME = ['G0', 'G1c', 'G2-item', 'G-single', 'G-nonadjacent'].map((g) => `${g}-realtime`);
const SESSION_SNAPSHOT = [...SNAPSHOT, 'G-single-process', 'G-nonadjacent-process'];
const ATOMIC = ['internal', 'G1a', 'incompatible-order', 'dirty-update'];
const OURS = new Set(['thin-air-read', 'future-read', 'altered-reply']);

describe('forbiddenBy', () => {
  it.each([
    ['read-uncommitted', UNCOMMITTED],
    ['read-committed', COMMITTED],
    ['monotonic-view', COMMITTED],
    ['monotonic-atomic-view', COMMITTED],
    ['PL-MSR', COMMITTED],
    ['cursor-stability', CURSOR],
    ['consistent-view', [...CURSOR, 'G-single']],
    ['forward-consistent-view', [...CURSOR, 'G-single']],
    ['update-serializable', [...CURSOR, 'G-single']],
    ['repeatable-read', [...CURSOR, 'G2-item']],
    ['snapshot-isolation', SNAPSHOT],
    ['serializable', SERIALIZABLE],
    ['strong-session-snapshot-isolation', SESSION_SNAPSHOT],
    ['strong-session-serializable', [...SERIALIZABLE, ...SESSION]],
    [
      'strong-snapshot-isolation',
      [...SESSION_SNAPSHOT, 'G-single-realtime', 'G-nonadjacent-realtime'],
    ],
    ['strict-serializable', [...SERIALIZABLE, ...SESSION, ...REAL_TIME]],
    ['read-atomic', ATOMIC],
    ['causal-cerone', [...ATOMIC, 'lost-update']],
    ['parallel-snapshot-isolation', [...ATOMIC, 'lost-update']],
    ['prefix', [...ATOMIC, 'lost-update']],
    ['ROLA', [...ATOMIC, 'lost-update']],
    ['linearizable', []],
    ['PRAM', []],
    ['view-serializable', []],
    ['repeatable-read,read-atomic', [...CURSOR, 'G2-item', 'internal']],
  ])('%s', (names, expected) => {
    const forbidden = [...forbiddenBy(parseConsistencyModels(names))];
    const shared = forbidden.filter((type) => !OURS.has(type));
    expect(shared.toSorted()).toEqual([...new Set(expected)].toSorted());
  });
});

describe('ruledOutBy', () => {
  it('should tell the weakest models from the stronger ones', () => {
    expect(ruledOutBy(['G2-item'])).toEqual({
      not: ['repeatable-read'],
      'also-not': ['serializable', 'strong-serializable', 'strong-session-serializable'],
    });
    expect(ruledOutBy(['G-single-realtime'])).toEqual({
      not: ['strong-snapshot-isolation'],
      'also-not': ['strong-serializable'],
    });
    expect(ruledOutBy(['G0', 'G2-item', 'internal']).not).toEqual([
      'read-atomic',
      'read-uncommitted',
    ]);
    expect(ruledOutBy(['empty-transaction-graph'])).toEqual({ not: [], 'also-not': [] });
  });
});
