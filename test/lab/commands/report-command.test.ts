import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { createLab, type LabRun } from '../../support/processes/lab-process.ts';
import { broadcastBin } from '../../support/processes/node-process.ts';

const lab = createLab();
let run: LabRun;

beforeAll(async () => {
  run = await lab.run([
    'test',
    '-w',
    'broadcast',
    '--bin',
    broadcastBin,
    '--node-count',
    '3',
    '--time-limit',
    '5',
    '--rate',
    '20',
    '--simulate',
    '--seed',
    '1',
  ]);
});

const latest = (file: string) => join(lab.folder, 'store/latest', file);

describe('lab report', () => {
  it('should build anew what the test has written', async () => {
    const path = /report {2}(.+)/.exec(run.stdout)?.[1] as string;
    const written = readFileSync(join(lab.folder, path), 'utf8');
    expect(written).toMatch(/^<!doctype html>/);
    rmSync(latest('report.html'));
    const { status, stdout } = await lab.run(['report']);
    expect([status, stdout]).toEqual([0, 'store/latest/report.html\n']);
    expect(readFileSync(latest('report.html'), 'utf8')).toBe(written);
  });

  it('should say what is wrong with a folder that holds no run', async () => {
    const { status, stderr } = await lab.run(['report', 'store']);
    expect(status).toBe(254);
    expect(stderr).toMatch(/^lab: store is not the folder of a run that has ended: /);
  });

  it('should name the line of a message that is none', async () => {
    writeFileSync(latest('messages.ndjson'), '{"type":"recv","time":1,"id":0}\n{"type":"post"}\n');
    const { status, stderr } = await lab.run(['report']);
    expect(status).toBe(254);
    expect(stderr).toMatch(/messages\.ndjson, line 2: neither a message that was sent/);
  });

  it('should say what a run of another version lacks', async () => {
    writeFileSync(latest('run.json'), '{}');
    const { status, stderr } = await lab.run(['report']);
    expect(status).toBe(254);
    expect(stderr).toMatch(/^lab: store\/latest\/run\.json is not as this version writes it: /);
  });
});

describe('lab serve', () => {
  it('should list runs until it is ended', async () => {
    const { child, end } = lab.start(['serve', '--port', '0']);
    const url = await new Promise<string>((resolve) => {
      let text = '';
      child.stdout?.on('data', (chunk) => {
        text += chunk;
        const found = /http:\/\/127\.0\.0\.1:\d+\//.exec(text)?.[0];
        if (found) resolve(found);
      });
    });
    const list = await (await fetch(url)).text();
    const link = /href="(\/broadcast\/[^"]+)"/.exec(list)?.[1] as string;
    expect(await (await fetch(new URL(link, url))).text()).toMatch(/^<!doctype html>/);
    child.kill('SIGTERM');
    expect(await end).toMatchObject({ status: 0, stderr: '' });
  });

  it('should say what to do when the port is taken', async () => {
    const { child, end } = lab.start(['serve', '--port', '0']);
    const [text] = await new Promise<[Buffer]>((resolve) => {
      child.stdout?.once('data', (chunk) => resolve([chunk]));
    });
    const port = /:(\d+)\//.exec(String(text))?.[1] as string;
    const second = await lab.run(['serve', '--port', port]);
    child.kill('SIGTERM');
    await end;
    expect(second.status).toBe(254);
    expect(second.stderr).toMatch(/cannot serve on port \d+: .*EADDRINUSE.*--port 0/);
  });
});
