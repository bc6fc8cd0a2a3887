import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { faultsOf, looks, openLook } from '../../support/pages/accessibility.ts';
import { chromiumPath, launchChromium } from '../../support/pages/chromium.ts';
import { createLab } from '../../support/processes/lab-process.ts';
import { broadcastBin } from '../../support/processes/node-process.ts';

const lab = createLab();
const nodes = join(import.meta.dirname, '../../lab/nodes');
const describeInChromium = chromiumPath ? describe : describe.skip;

const faults = 'partition,one-way,loss,duplicate,reorder,slow,pause,kill';
const load = '--node-count 3 --concurrency 6 --time-limit 2 --rate 60 --seed 1'.split(' ');

/** Runs of every kind of report, most of them with something that is wrong. */
const runs: Record<string, string[]> = {
  broadcast: ['--bin', broadcastBin, '--simulate', '--nemesis', faults, '--nemesis-interval', '1'],
  'lin-kv': ['--bin', join(nodes, 'registers'), '--', 'lww'],
  kafka: ['--bin', join(nodes, 'log'), '--', 'skips'],
  'txn-list-append': ['--bin', join(nodes, 'transactions'), '--', 'blind'],
};

describeInChromium('reports of all kinds', () => {
  const reports = new Map<string, string>();
  let browser: Browser;
  let list: string;

  beforeAll(async () => {
    await Promise.all(
      Object.entries(runs).map(async ([workload, rest]) => {
        const run = await lab.run(['test', '-w', workload, ...load, ...rest]);
        const report = /report {2}(.+\.html)/.exec(run.stdout)?.[1];
        if (!report) throw new Error(`no report:\n${run.stdout}${run.stderr}`);
        reports.set(workload, pathToFileURL(join(lab.folder, report)).href);
      }),
    );
    const server = lab.start(['serve', '--port', '0']);
    list = await new Promise((resolve) => {
      server.child.stdout?.on('data', (text) => {
        const [address] = /http:\S+/.exec(String(text)) ?? [];
        if (address) resolve(address);
      });
    });
    browser = await launchChromium();
  }, 120_000);
  afterAll(() => browser?.close());

  it.each(looks)(
    'should be accessible and fit their window: $colorScheme, $width px',
    async (look) => {
      const context = await openLook(browser, look);
      const page = await context.newPage();
      for (const [workload, url] of reports) {
        await page.goto(url);
        await page.locator('#messages canvas').first().waitFor();
        for (const summary of await page.locator('summary').all()) await summary.click();
        expect([workload, await faultsOf(page)]).toEqual([workload, []]);
      }
      await context.close();
    },
  );

  it.each(looks)('should be listed so, too: $colorScheme, $width px', async (look) => {
    const context = await openLook(browser, look);
    const page = await context.newPage();
    await page.goto(list);
    expect(await page.locator('tbody tr').count()).toBe(4);
    expect(await faultsOf(page)).toEqual([]);
    await context.close();
  });

  it('should be found fault with when they are not accessible', async () => {
    const context = await openLook(browser, { colorScheme: 'light', width: 400 });
    const page = await context.newPage();
    await page.goto(reports.get('broadcast') as string);
    await page.locator('#messages canvas').first().waitFor();
    await page.addStyleTag({ content: '.hint { color: #999; } h1 { width: 500px; }' });
    expect(await faultsOf(page)).toEqual(
      expect.arrayContaining([
        expect.stringContaining('color-contrast'),
        expect.stringMatching(/\d+ pixels wider/),
      ]),
    );
    await context.close();
  });
});
