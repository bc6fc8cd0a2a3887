import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { adviceOnLogs } from '../../../src/lab/hosts/log-advice.ts';

const folder = mkdtempSync(join(tmpdir(), 'advice-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('where a node is told to write its logs', () => {
  it.each([
    ['#!/usr/bin/env node', 'console.error, not console.log'],
    ['#!/usr/bin/env -S python3 -u', 'print(…, file=sys.stderr), not print(…)'],
    ['#!/usr/bin/python3.12', 'print(…, file=sys.stderr), not print(…)'],
    ['#!/usr/bin/ruby', 'warn or $stderr.puts, not puts'],
    ['#!/bin/sh', 'echo … >&2, not echo …'],
    ['#!/usr/bin/env bash', 'echo … >&2, not echo …'],
  ])('%s', (shebang, advice) => {
    const bin = join(folder, 'node');
    writeFileSync(bin, `${shebang}\nrest\n`);
    expect(adviceOnLogs(bin)).toBe(`Logs belong on stderr: ${advice}.`);
  });

  it.each(['\u007fELF\0', '', '#!/opt/own/shepherd\n'])('should be plain for %j', (head) => {
    const bin = join(folder, 'node');
    writeFileSync(bin, head);
    expect(adviceOnLogs(bin)).toBe('Logs belong on stderr.');
  });

  it('should be in the words of Node.js for a module, which Node.js runs', () => {
    expect(adviceOnLogs(process.execPath)).toMatch(/console\.error/);
  });
});
