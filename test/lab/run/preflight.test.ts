import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { ProcessHost } from '../../../src/lab/hosts/process-host.ts';
import { inspectBinary, rehearseInit } from '../../../src/lab/run/preflight.ts';
import { createLab, echoBin, faultyBin } from '../../support/processes/lab-process.ts';
import { broadcastBin } from '../../support/processes/node-process.ts';

const folder = mkdtempSync(join(tmpdir(), 'preflight-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Writes an executable, and gives back its path. */
function executable(name: string, content: string | Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  chmodSync(path, 0o755);
  return path;
}

describe('inspectBinary', () => {
  it.each([broadcastBin, echoBin, faultyBin, process.execPath])('should pass %s', (bin) => {
    expect(inspectBinary(bin)).toBeUndefined();
  });

  it.each([
    ['a program', Buffer.from('\x7fELF\x02\x01\x01\0\0\0')],
    ['an interpreter', '#!/bin/sh\n'],
    ['a space after #!', '#! /bin/sh\n'],
    ['options', '#!/bin/sh -eu\n'],
    ['no newline', '#!/bin/sh'],
    ['env', '#!/usr/bin/env node\n'],
    ['env -S', '#!/usr/bin/env -S node --no-warnings\n'],
    ['env with variables', '#!/usr/bin/env -S A=1 node\n'],
    ['env with a path', `#!/usr/bin/env ${process.execPath}\n`],
  ])('should pass %s', (name, content) => {
    expect(inspectBinary(executable(name, content))).toBeUndefined();
  });

  it.each([
    ['plain text', 'console.log(1)\n', /first line is not a shebang/, /#!\/usr\/bin\/env node/],
    ['short', 'x', /first line is not a shebang/, /Begin a script/],
    ['bare shebang', '#!\n', /first line is not a shebang/, /Begin a script/],
    ['empty', '', /is empty/, /been built/],
    ['marked', '\ufeff#!/usr/bin/env node\n', /byte order mark/, /sed -i '1s/],
    ['Windows', '#!/usr/bin/env node\r\n', /Windows line ends/, /sed -i 's\/\\r\$\/\/'/],
    ['lost', '#!/no/such/thing -x\n', /run by \/no\/such\/thing, which does not exist/, /install/],
    ['env lost', '#!/usr/bin/env no-such-program\n', /run by no-such-program.*PATH/, /install/],
    ['env alone', '#!/usr/bin/env\n', /run by nothing/, /Mend its first line/],
  ])('%s: should say what is wrong, and what to do', (name, content, problem, advice) => {
    const bin = executable(name, content);
    const found = inspectBinary(bin);
    expect(found?.problem).toMatch(problem);
    expect(found?.problem).toContain(bin);
    expect(found?.advice).toMatch(advice);
  });

  it('should say what keeps a file from being run', () => {
    const plain = join(folder, 'plain');
    writeFileSync(plain, '#!/bin/sh\n');
    mkdirSync(join(folder, 'a-folder'));
    symlinkSync('nowhere', join(folder, 'dangling'));
    symlinkSync('circular', join(folder, 'circular'));
    const at = (name: string) => inspectBinary(join(folder, name))?.problem;
    expect(inspectBinary(plain)).toEqual({
      problem: `${plain} is not executable`,
      advice: `Make it so: chmod +x ${plain}`,
    });
    expect(at('missing')).toMatch(/missing does not exist/);
    expect(at('dangling')).toMatch(/dangling does not exist/);
    expect(at('circular')).toMatch(/circular cannot be found: ELOOP/);
    expect(at('plain/beyond')).toMatch(/beyond cannot be found: ENOTDIR/);
    expect(at('a-folder')).toMatch(/a-folder is not a file/);
  });
});

describe('rehearseInit', () => {
  const rehearse = (bin: string, args: string[] = []) =>
    rehearseInit(new ProcessHost({ bin, args }), 'n0');
  const say = (line: string) => `#!/bin/sh\nread -r _; echo '${line}'; sleep 9\n`;
  const answer = (parts: object, dest = 'c0') =>
    say(JSON.stringify({ src: 'n0', dest, body: { type: 'init_ok', in_reply_to: 1, ...parts } }));

  it.each([broadcastBin, echoBin, faultyBin])('should pass %s', async (bin) => {
    expect(await rehearse(bin)).toBeUndefined();
  });

  it.concurrent.each([
    ['text', say('hello'), /printed a line that is not JSON/, /echo … >&2/],
    ['a blank line', say(''), /printed a blank line/, /stdout is the node's wire/],
    ['a list', say('[]'), /sent what is not a message: it must be object/, /"body"/],
    [
      'another type',
      answer({ type: 'ok' }),
      /answered .*"init".* with a wrong body: \/type/,
      /init_ok/,
    ],
    [
      'more than it should',
      answer({ extra: 1 }),
      /wrong body: \/extra does not belong there/,
      /has these parts/,
    ],
    [
      'an error',
      answer({ type: 'error', code: 11, text: 'no' }),
      /answered init with an error: .*"no"/,
      /must serve init/,
    ],
    [
      'no in_reply_to',
      say('{"src":"n0","dest":"c0","body":{"type":"init_ok"}}'),
      /in_reply_to is missing/,
      /msg_id/,
    ],
    [
      'a wrong in_reply_to',
      answer({ in_reply_to: 7 }),
      /said something else before it answered init: .*7/,
      /here 1/,
    ],
    [
      'something to a peer',
      answer({ in_reply_to: undefined }, 'n1'),
      /said something else/,
      /first thing/,
    ],
    [
      'a false name',
      say('{"src":"n7","dest":"c0","body":{"type":"init_ok","in_reply_to":1}}'),
      /in the name of "n7"/,
      /n0/,
    ],
  ])('should say what is wrong about %s', async (name, script, problem, advice) => {
    const violation = await rehearse(executable(`says ${name}`, script));
    expect(violation?.problem).toMatch(problem);
    expect(violation?.advice).toMatch(advice);
  });

  it.concurrent.each([
    ['exit 0', /ended before its time, with exit status 0/, /Did it run to its end/],
    ['exit 3', /with exit status 3/, /wrote nothing to stderr/],
    ['echo out of cheese >&2; exit 1', /with exit status 1/, /stderr:\nout of cheese/],
    ['kill -9 $$', /by signal SIGKILL/, /Did somebody kill it/],
    ['printf hello; exit 0', /printed a line that is not JSON/, /stdout is the node's wire/],
  ])('should say how it ended: %s', async (script, problem, advice) => {
    const name = `ends ${script.replaceAll(/\W+/g, '-')}`;
    const violation = await rehearse(executable(name, `#!/bin/sh\n${script}\n`));
    expect(violation?.problem).toMatch(problem);
    expect(violation?.advice).toMatch(advice);
  });

  it('should say that it could not be started', async () => {
    const violation = await rehearse(executable('ruled by a folder', `#!${folder}\n`));
    expect(violation?.problem).toMatch(/could not be started: .*EACCES/);
  });
});

describe('lab test on what is no node', () => {
  const plainFile = join(folder, 'plain');
  writeFileSync(plainFile, '#!/bin/sh\n');
  const { run } = createLab();

  it.each([
    ['is not there', join(folder, 'no-such-file'), /does not exist\n--bin takes the path/],
    ['is not executable', plainFile, /is not executable\nMake it so: chmod \+x/],
  ])('should be refused when the binary %s', async (_, bin, text) => {
    const { status, stdout, stderr } = await run(['test', '-w', 'echo', '--bin', bin]);
    expect(stderr).toMatch(text);
    expect(stdout).toBe('');
    expect(status).toBe(254);
  });

  it('should be invalid at once when the binary says nothing good', async () => {
    const bin = executable('cat', '#!/bin/sh\nexec cat\n');
    const { status, stdout, stderr } = await run(['test', '-w', 'echo', '--bin', bin]);
    expect(stdout).toMatch(/Node n0 .*\n.*stdout, line 1: .*init/);
    expect(stdout).toMatch(/\n\nAnalysis invalid! .*\n$/);
    expect(stderr).toBe('');
    expect(status).toBe(1);
  });
});
