import { describe, expect, it } from '@jest/globals';
import { replayCommand } from '../../../../src/lab/commands/options/replay-command.ts';

const replay = (words: string, replaced: Record<string, string | number>, isSimulated = true) =>
  replayCommand(words.split(' '), { replaced, dropped: ['--runs'], isSimulated }, 'bin/lab');

describe('the command that repeats a run', () => {
  it.each([
    ['test -w echo', 'bin/lab test -w echo --simulate --seed 5'],
    ['test --simulate -w echo', 'bin/lab test -w echo --simulate --seed 5'],
    ['test --seed 7 -w echo', 'bin/lab test -w echo --simulate --seed 5'],
    ['test --seed=7 -w echo', 'bin/lab test -w echo --simulate --seed 5'],
    ['test -w echo -- --seed 7', 'bin/lab test -w echo --simulate --seed 5 -- --seed 7'],
    ['explore --runs 9 -w echo', 'bin/lab test -w echo --simulate --seed 5'],
  ])('should take the place of: %s', (words, command) => {
    expect(replay(words, { '--seed': 5 })).toBe(command);
  });

  it('should run processes where processes were run', () => {
    expect(replay('test -w echo', { '--seed': 5 }, false)).toBe('bin/lab test -w echo --seed 5');
  });

  it('should leave out what the schedule and the operations take the place of', () => {
    const words =
      'test -w echo --nemesis loss --loss 0.5 --nemesis-interval=2 --rate 9 --node-count 3';
    expect(replay(words, { '--schedule': 's.json', '--operations': 'o.json' })).toBe(
      'bin/lab test -w echo --node-count 3 --simulate --schedule s.json --operations o.json',
    );
  });

  it('should quote what a shell would take apart', () => {
    const words = ['test', '--bin', "/a b/it's", '--', '$HOME;ls'];
    const replaced = { '--schedule': 'store/x y.json' };
    expect(replayCommand(words, { replaced, isSimulated: true }, 'bin/lab')).toBe(
      String.raw`bin/lab test --bin '/a b/it'\''s' --simulate --schedule 'store/x y.json' -- '$HOME;ls'`,
    );
  });
});
