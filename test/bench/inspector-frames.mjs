/**
 * How many pictures a second the inspector reaches while it plays a run of 25 nodes at 100 operations
 * a second, and what a picture costs the page's main thread. Without a screen the browser draws in
 * software, on the processor that the page needs: where a machine draws in hardware, the main thread's
 * time alone counts, and 16.7 ms leave room for 60 a second.
 */
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { chromium } from 'playwright-core';

const print = (text) => process.stdout.write(`${text}\n`);

const SECONDS = 5;
const root = resolve(import.meta.dirname, '../..');
const lab = join(root, 'bin/lab');
const folder = mkdtempSync(join(tmpdir(), 'frames-'));
const test = [
  'test',
  '-w',
  'broadcast',
  '--bin',
  join(root, 'bin/broadcast'),
  '--node-count',
  '25',
];
const load = ['--rate', '100', '--latency', '100', '--time-limit', '12', '--seed', '1'];
spawnSync(lab, [...test, ...load, '--simulate', '--inspect'], { cwd: folder });
const server = spawn(lab, ['inspect', 'store/latest', '--port', '0'], { cwd: folder });
const [output] = await new Promise((done) => server.stdout.once('data', (data) => done([data])));
const url = /http:\S+/.exec(String(output))[0];

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM_BIN ?? '/usr/bin/chromium',
});
const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
await page.goto(url);
await page.locator('.node').nth(24).waitFor({ timeout: 60_000 });
await page.waitForFunction(() => !document.querySelector('progress'), null, { timeout: 60_000 });
await page.getByRole('slider', { name: 'Moment' }).fill('4000');
await page.getByRole('button', { name: 'Play' }).click();
const session = await page.context().newCDPSession(page);
await session.send('Performance.enable', { timeDomain: 'threadTicks' });
const busySeconds = async () => {
  const { metrics } = await session.send('Performance.getMetrics');
  return metrics.find(({ name }) => name === 'TaskDuration').value;
};
const before = await busySeconds();
const { frames, longest } = await page.evaluate(
  (seconds) =>
    new Promise((done) => {
      const start = performance.now();
      let last = start;
      let count = 0;
      let longestGap = 0;
      requestAnimationFrame(function next(now) {
        count++;
        longestGap = Math.max(longestGap, now - last);
        last = now;
        if (now - start < seconds * 1000) requestAnimationFrame(next);
        else done({ frames: count, longest: longestGap });
      });
    }),
  SECONDS,
);
const perFrame = (1000 * ((await busySeconds()) - before)) / frames;
const renderer = await page.evaluate(() => {
  const context = document.createElement('canvas').getContext('webgl');
  const info = context?.getExtension('WEBGL_debug_renderer_info');
  return info ? context.getParameter(info.UNMASKED_RENDERER_WEBGL) : 'no WebGL';
});
await browser.close();
server.kill();
rmSync(folder, { recursive: true });

print('The inspector, playing 25 nodes at 100 operations a second, 1440 by 900 pixels');
print(`  drawn by                 ${renderer}`);
print(`  pictures a second        ${(frames / SECONDS).toFixed(1)}`);
print(`  longest between two      ${longest.toFixed(0)} ms`);
print(`  main thread a picture    ${perFrame.toFixed(1)} ms of processor time`);
