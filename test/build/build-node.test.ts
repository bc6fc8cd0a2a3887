import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { labBin } from '../support/processes/lab-process.ts';
import { machinesFolder } from '../support/charts/own-machines.ts';

const folder = mkdtempSync(join(tmpdir(), 'build-'));
afterAll(() => rmSync(folder, { recursive: true }));

const echo = join(machinesFolder, 'echo/echo.ts');
const init = { type: 'init', msg_id: 1, node_id: 'n0', node_ids: ['n0'] };
const line = `${JSON.stringify({ src: 'c1', dest: 'n0', body: init })}\n`;

const build = (file: string, ...args: string[]) =>
  spawnSync(labBin, ['build', file, ...args], { cwd: folder, encoding: 'utf8' });

describe('lab build', () => {
  it.each([
    ['no package.json', undefined],
    ['ES modules', '{"type": "module"}'],
    ['CommonJS', '{"type": "commonjs"}'],
  ])('should make one file that runs in a folder of %s', (_, manifest) => {
    rmSync(join(folder, 'package.json'), { force: true });
    if (manifest) writeFileSync(join(folder, 'package.json'), manifest);
    expect(build(echo, '-o', 'mine')).toMatchObject({ status: 0, stderr: '' });
    const { stdout, stderr } = spawnSync('./mine', { cwd: folder, input: line, encoding: 'utf8' });
    expect(stderr).toBe('');
    expect(JSON.parse(stdout).body).toMatchObject({ type: 'init_ok', in_reply_to: 1 });
  });

  it('should build by the name of the module, and over what it has built', () => {
    expect(build(echo).status).toBe(0);
    expect(build(echo)).toMatchObject({ status: 0, stdout: expect.stringMatching(/^echo is/) });
    expect(readFileSync(join(folder, 'echo'), 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/);
  });

  it('should keep what it has not built, and leave nothing behind', () => {
    writeFileSync(join(folder, 'precious'), 'do not lose me');
    expect(build(echo, '-o', 'precious')).toMatchObject({
      status: 254,
      stderr: expect.stringMatching(/precious is there already/),
    });
    expect(readFileSync(join(folder, 'precious'), 'utf8')).toBe('do not lose me');
    writeFileSync(join(folder, 'five.ts'), 'export default 5;');
    expect(build('five.ts', '-o', 'none')).toMatchObject({
      status: 254,
      stderr: expect.stringMatching(/five\.ts exports no node by default/),
    });
    expect(readdirSync(folder).filter((name) => name.startsWith('none'))).toEqual([]);
  });

  it('should refuse an executable', () => {
    const script = join(folder, 'script');
    writeFileSync(script, '#!/bin/sh\n');
    chmodSync(script, 0o755);
    expect(build('script').stderr).toMatch(/script is an executable already/);
  });
});
