import { describe, expect, it } from '@jest/globals';
import { typedAs } from '../../../src/lab/terminal/command-name.ts';

describe('how the command that was used is typed', () => {
  it.each([
    ['/home/me/project/node_modules/.bin/maelstate', 'npx maelstate'],
    ['/usr/local/bin/maelstate', 'maelstate'],
    ['/home/me/project/bin/lab', 'bin/lab'],
    ['/home/me/lab', '../lab'],
    ['/home/me/project/lab', './lab'],
  ])('%s: %s', (executable, typed) => {
    const path = '/home/me/project/node_modules/.bin:/usr/local/bin:/usr/bin';
    expect(typedAs(executable, '/home/me/project', path)).toBe(typed);
  });
});
