import { describe, expect, it } from '@jest/globals';
import { Command } from 'commander';
import {
  givenOptions,
  refuseIdleOptions,
} from '../../../../src/lab/commands/options/idle-options.ts';
import { addTestFlags, type TestFlags } from '../../../../src/lab/commands/options/test-flags.ts';
import { toTestPlan } from '../../../../src/lab/commands/options/to-test-plan.ts';

/** Parses a command line, and refuses what would do nothing. */
function refuse(words: string, simulate = true): void {
  const command = addTestFlags(new Command('test')).exitOverride();
  command.parse(['-w', 'broadcast', '--bin', 'node', ...words.split(' ')], { from: 'user' });
  const flags = { ...command.opts<TestFlags>(), simulate };
  refuseIdleOptions(givenOptions(command), flags, toTestPlan(flags));
}

describe('options that would do nothing', () => {
  it.each([
    ['--loss 0.5', '--loss does nothing without --nemesis loss'],
    ['--nemesis kill --loss 0.5', '--loss does nothing without --nemesis loss'],
    ['--duplicate-delay 5', '--duplicate-delay does nothing without --nemesis duplicate'],
    ['--service-delay 5', '--service-delay does nothing without --nemesis service-slow'],
    ['--nemesis-interval 5', '--nemesis-interval does nothing without --nemesis'],
    ['--kill-when spread', '--kill-when does nothing without --nemesis kill'],
    ['-w g-set --nemesis kill --kill-when spread', 'does nothing as spread here: it follows'],
    ['--latency-dist uniform', '--latency-dist does nothing without --latency'],
    ['-w echo --topology line', '--topology does nothing here: nodes are offered no neighbours'],
    ['-w lin-kv --quiet-time 1', '--quiet-time does nothing here: lin-kv has no final operations'],
  ])('should be refused: %s', (words, reason) => {
    expect(() => refuse(words)).toThrow(reason);
  });

  it('should be refused on processes where they are for simulated time', () => {
    expect(() => refuse('--max-messages 5', false)).toThrow('does nothing without --simulate');
    expect(() => refuse('--max-messages 5')).not.toThrow();
    expect(() => refuse('--disk torn', false)).toThrow('--disk does nothing as torn without --sim');
    expect(() => refuse('--disk torn')).not.toThrow();
    expect(() => refuse('--disk keep', false)).not.toThrow();
  });

  it.each([
    '--nemesis loss --loss 0.5',
    '--nemesis partition,kill --kill-when spread --nemesis-interval 3',
    '--latency 5 --latency-dist uniform --topology line --quiet-time 1',
    '--rate 5 --seed 1',
  ])('should not be what does something: %s', (words) => {
    expect(() => refuse(words)).not.toThrow();
  });
});
