import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { ReadsChecker } from '../../../src/lab/checkers/reads.ts';
import { broadcast, finalRead, judge, read } from '../../support/histories/history-builder.ts';

const results = (...operations: Parameters<typeof judge>[1][]) =>
  judge(new ReadsChecker('broadcast'), operations.flat());

const conformance = join(import.meta.dirname, '../conformance');
const recorded = readdirSync(conformance).filter((name) =>
  existsSync(join(conformance, name, 'history.ndjson')),
);

/** What each recorded history is found guilty of; the others of nothing. */
const findings: Record<string, object> = {
  'drops-every-7th-value': { 'hidden-count': 65 },
  'one-node-forgets-now-and-then': { 'hidden-count': 6 },
  'reads-refused-by-one-node': { mute: [0] },
  'reads-repeat-values': { 'repeated-count': 64 },
  'reads-return-strings': { 'invented-count': 412, 'hidden-count': 33 },
  'reads-return-values-never-sent': { 'invented-count': 22 },
};

describe('reads, against what Maelstrom recorded', () => {
  it.each(recorded)('%s', (name) => {
    const checker = new ReadsChecker('broadcast');
    const text = readFileSync(join(conformance, name, 'history.ndjson'), 'utf8');
    for (const line of text.trimEnd().split('\n')) checker.add(JSON.parse(line));
    const counts = { 'repeated-count': 0, 'invented-count': 0, 'hidden-count': 0, 'mute-count': 0 };
    const { mute, ...expected } = { mute: [], ...findings[name] };
    expect(checker.result()).toMatchObject({
      'valid?': !(name in findings),
      ...counts,
      'mute-count': mute.length,
      mute,
      ...expected,
    });
  });
});

describe('reads', () => {
  it('should find nothing wrong with reads of what was broadcast', () => {
    expect(results(broadcast(1, [0, 10]), read([1], [20, 30]), finalRead([1], [90, 91]))).toEqual({
      'valid?': true,
      'repeated-count': 0,
      repeated: [],
      'invented-count': 0,
      invented: [],
      'hidden-count': 0,
      hidden: [],
      'mute-count': 0,
      mute: [],
      'went-back-count': 0,
      'went-back': [],
    });
  });

  it('should report reads that go back, by process, and not judge them', () => {
    const early = broadcast({ a: 1, b: 2 }, [0, 10], 101);
    const back = results(broadcast(1, [0, 10]), early, read([1], [20, 30]), read([], [40, 50]));
    expect(back).toMatchObject({
      'valid?': true,
      'went-back-count': 1,
      'went-back': [{ process: 0, value: 1 }],
    });
    const others = results(broadcast(1, [0, 10]), read([1], [20, 30]), read([], [40, 50], 1));
    expect(others).toMatchObject({ 'valid?': true, 'went-back-count': 0 });
  });

  it('should find a value that comes twice in one read, but not in two', () => {
    const broadcasts = [broadcast(1, [0, 10]), broadcast({ a: 1, b: 2 }, [0, 10], 101)];
    expect(results(...broadcasts, read([1], [20, 30]), read([1], [40, 50]))).toMatchObject({
      'valid?': true,
    });
    const twice = [1, { a: 1, b: 2 }, 1, { b: 2, a: 1 }, 1];
    expect(results(...broadcasts, read(twice, [20, 30]))).toMatchObject({
      'valid?': false,
      'repeated-count': 3,
      repeated: [
        { process: 0, value: 1 },
        { process: 0, value: { b: 2, a: 1 } },
        { process: 0, value: 1 },
      ],
    });
  });

  it('should find a value that nobody had broadcast by the time it was read', () => {
    const early = results(read([1], [0, 10]), broadcast(1, [20, 30]));
    expect(early).toMatchObject({ 'valid?': false, invented: [{ process: 0, value: 1 }] });
    const unanswered = results(broadcast(1, [0]), read([1], [20, 30]));
    expect(unanswered).toMatchObject({ 'valid?': true });
  });

  it('should find a known value that a final read lacks, of each worker', () => {
    const hidden = results(
      broadcast(1, [0, 10]),
      read([1], [20, 30]),
      finalRead([1], [90, 91], 0),
      finalRead([], [90, 92], 1),
    );
    expect(hidden).toMatchObject({ 'valid?': false, hidden: [{ process: 1, value: 1 }] });
  });

  it('should not call hidden what became known too late for the final reads', () => {
    const late = results(
      broadcast(1, [0, 95]),
      finalRead([], [90, 99]),
      finalRead([1], [90, 98], 1),
    );
    expect(late).toMatchObject({ 'valid?': true });
  });

  it('should find workers none of whose reads succeeded, whatever their processes', () => {
    const mute = results(
      read([], [0, 1], 0),
      read(undefined, [2, 3], 1),
      read(undefined, [4, 5], 0),
      finalRead(undefined, [90, 91], 2), // the worker of process 0, under its next number
      finalRead(undefined, [90, 91], 1),
    );
    expect(mute).toMatchObject({ 'valid?': false, 'mute-count': 1, mute: [1] });
  });

  it('should list no more than some findings, and count all', () => {
    const many = results(
      read(
        Array.from({ length: 50 }, (_, index) => index),
        [0, 1],
      ),
    );
    expect(many['invented-count']).toBe(50);
    expect(many.invented).toHaveLength(20);
  });

  it('should find nothing wrong with a history without final reads', () => {
    expect(results(broadcast(1, [0, 10]), read([], [20, 30]))).toMatchObject({ 'valid?': true });
    expect(results()).toMatchObject({ 'valid?': true });
  });
});
