import { relative } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { replayCommand } from '../../../../src/lab/commands/options/replay-command.ts';

const executable = '/opt/maelstate/bin/lab';
const lab = relative(process.cwd(), executable);
const replay = (words: string, ...rest: [Record<string, string | number>, string[]?]) =>
  replayCommand([executable, ...words.split(' ')], ...rest);

describe('the command that repeats a run', () => {
  it.each([
    ['test -w echo', `${lab} test -w echo --simulate --seed 5`],
    ['test --simulate -w echo', `${lab} test -w echo --simulate --seed 5`],
    ['test --seed 7 -w echo', `${lab} test -w echo --simulate --seed 5`],
    ['test --seed=7 -w echo', `${lab} test -w echo --simulate --seed 5`],
    ['test -w echo -- --seed 7', `${lab} test -w echo --simulate --seed 5 -- --seed 7`],
    ['explore --runs 9 -w echo', `${lab} test -w echo --simulate --seed 5`],
  ])('should take the place of: %s', (words, command) => {
    expect(replay(words, { '--seed': 5 }, ['--runs'])).toBe(command);
  });

  it('should quote what a shell would take apart', () => {
    const words = [executable, 'test', '--bin', "/a b/it's", '--', '$HOME;ls'];
    expect(replayCommand(words, { '--schedule': 'store/x y.json' })).toBe(
      String.raw`${lab} test --bin '/a b/it'\''s' --simulate --schedule 'store/x y.json' -- '$HOME;ls'`,
    );
  });
});
