import { describe, expect, it } from '@jest/globals';
import { judgeHistory } from '../../../support/histories/recorded.ts';
import { historyOf, type Step } from '../../../support/histories/history-of.ts';

const send = (key: string, message: number, offset: number): Step => [
  'send',
  [['send', key, message]],
  'ok',
  [['send', key, [offset, message]]],
];
const poll = (messages: Record<string, [number, number][]>): Step => [
  'poll',
  [['poll']],
  'ok',
  [['poll', messages]],
];

/** An `assign` of key 1, in which a node tells of committed offsets. */
const assign = (committed: Record<string, number>): Step => [
  'assign',
  ['1'],
  'ok',
  ['1'],
  undefined,
  { committed },
];

const judge = (steps: Step[]): Record<string, any> => judgeHistory('kafka', historyOf(steps)).log!;

const polledTwice = [
  send('1', 11, 0),
  send('1', 12, 1),
  poll({ 1: [[0, 11]] }),
  poll({ 1: [[1, 12]] }),
];

describe('committed offsets, at which Maelstrom does not look', () => {
  it('should believe a node that tells of the last commit, or of none where there is none', () => {
    const log = judge([assign({}), ...polledTwice, assign({ 1: 1 })]);
    expect(log).toMatchObject({
      'valid?': true,
      'invented-commit-count': 0,
      'stale-commit-count': 0,
    });
  });

  it('should find an offset wrong that nobody committed', () => {
    const log = judge([...polledTwice, assign({ 1: 2 })]);
    expect(log).toMatchObject({
      'valid?': false,
      'invented-commit': [{ key: '1', process: 0, index: 9, reported: 2, committed: 1 }],
    });
  });

  it.each([
    ['an offset', { 1: 0 }, 0],
    ['none', {}, null],
  ])('should report %s that is out of date, and not judge it', (_name, committed, reported) => {
    const log = judge([...polledTwice, assign(committed)]);
    expect(log).toMatchObject({
      'valid?': true,
      'stale-commit': [{ key: '1', reported, committed: 1 }],
    });
  });

  it('should not take for stale what a later client has put back', () => {
    const again = poll({ 1: [[0, 11]] });
    expect(judge([...polledTwice, again, assign({ 1: 0 })])['stale-commit-count']).toBe(0);
  });

  it('should say nothing of an offset that a poll may have committed whose end is open', () => {
    const open: Step = ['poll', [['poll']], 'info'];
    expect(judge([...polledTwice, open, assign({ 1: 5 })])['valid?']).toBe(true);
  });
});
