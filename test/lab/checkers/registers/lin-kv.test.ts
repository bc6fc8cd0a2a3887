import { describe, expect, it } from '@jest/globals';
import { judgeHistory } from '../../../support/histories/recorded.ts';
import { historyOf, type Step } from '../../../support/histories/history-of.ts';

/** What the judges of lin-kv say of what processes do, one after the other. */
function judge(steps: Step[], settings = {}): Record<string, any> {
  return judgeHistory('lin-kv', historyOf(steps), settings);
}

const wrote = (key: number, value: unknown): Step => ['write', [key, value], 'ok', [key, value]];
const read = (key: number, value: unknown): Step => ['read', [key, null], 'ok', [key, value]];

describe('registers, where Maelstrom is blind', () => {
  it('should take null for what a register holds before its first write', () => {
    const { workload, registers } = judge([read(0, null), wrote(0, 1), read(0, null)]);
    expect(workload).toMatchObject({ 'valid?': true, failures: [] });
    expect(registers).toMatchObject({ 'valid?': false, failures: [0] });
    expect(registers.results[0].why.join(' ')).toContain('read → null (event 4, process 0)');
  });

  it.each([
    ['key-does-not-exist', 'read', [0, null]],
    ['key-does-not-exist', 'cas', [0, [1, 2]]],
    ['precondition-failed', 'cas', [0, [1, 2]]],
  ])('should hold a node to its %s to a %s', (error, f, value) => {
    const refused: Step = [f, value, 'fail', value, [error, 'so it says']];
    const { workload, registers } = judge([wrote(0, 1), refused]);
    expect(workload['valid?']).toBe(true);
    expect(registers).toMatchObject({ 'valid?': false, failures: [0] });
  });

  it('should believe errors that are true, and those that say nothing of the register', () => {
    const { registers } = judge([
      ['read', [0, null], 'fail', [0, null], ['key-does-not-exist', '']],
      wrote(0, 1),
      ['cas', [0, [2, 3]], 'fail', [0, [2, 3]], ['precondition-failed', '']],
      ['cas', [0, [1, 3]], 'fail', [0, [1, 3]], ['temporarily-unavailable', '']],
      read(0, 1),
    ]);
    expect(registers['valid?']).toBe(true);
  });

  it('should tell invented values from those whose writes were refused', () => {
    const { registers } = judge([
      ['write', [0, 1], 'fail', [0, 1], ['temporarily-unavailable', '']],
      read(0, 1),
      read(0, 7),
    ]);
    expect(registers).toMatchObject({
      'valid?': false,
      invented: [{ key: 0, value: 7, process: 0, event: 4 }],
      refused: [{ key: 0, value: 1, process: 0, event: 2 }],
    });
  });

  it('should say of which keys nobody read', () => {
    const { registers } = judge([wrote(0, 1), read(0, 1), wrote(1, 1), wrote(2, 1)]);
    expect(registers).toMatchObject({ 'valid?': true, 'unread-count': 2, unread: [1, 2] });
  });
});

describe('the limits of the search', () => {
  it('should call undecided what takes longer than it may', () => {
    // Writes that overlap all others, and reads that no order explains: every order is tried.
    const open = Array.from({ length: 24 }, (_, value): Step => ['write', [0, value], 'info']);
    const { workload, registers } = judge(
      [
        ...open,
        ...open.flatMap((_, value) => [read(0, value), read(0, (value * 7) % 24)]),
        read(0, 99),
      ],
      { checkerTimeLimit: 0.001 },
    );
    expect(workload).toMatchObject({ 'valid?': 'unknown', failures: [] });
    expect(workload.results[0].why).toEqual([expect.stringContaining('undecided after 0.0 s')]);
    expect(registers['valid?']).toBe(false); // a value that nobody wrote needs no search
  });
});
