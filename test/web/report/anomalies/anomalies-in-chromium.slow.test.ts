import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import type { Picture } from '../../../../src/lab/anomalies/picture.ts';
import { findWorkload } from '../../../../src/lab/workloads/workloads.ts';
import { chromiumPath, launchChromium } from '../../../support/pages/chromium.ts';
import { createLab } from '../../../support/processes/lab-process.ts';
import { judgeHistory, readRecorded } from '../../../support/histories/recorded.ts';

const lab = createLab();
const nodes = join(import.meta.dirname, '../../../lab/nodes');
const describeInChromium = chromiumPath ? describe : describe.skip;

/** What is drawn of a recorded test. */
function picturesOf(workload: string, name: string): Picture[] {
  const results = judgeHistory(workload, readRecorded(workload, name).history);
  return findWorkload(workload).picture?.(results as never) ?? [];
}

describeInChromium('what is wrong, in Chromium', () => {
  let browser: Browser;
  let page: Page;
  let report: string;
  const complaints: string[] = [];

  beforeAll(async () => {
    const bin = join(nodes, 'registers');
    const load = ['--node-count', '3', '--concurrency', '6', '--time-limit', '2', '--rate', '80'];
    const { stdout, stderr } = await lab.run(
      ['test', '-w', 'lin-kv', '--bin', bin, ...load, '--', 'stale'],
      'registers',
    );
    const path = /report {2}(.+\.html)/.exec(stdout)?.[1];
    if (!path) throw new Error(`no report:\n${stdout}${stderr}`);
    report = join(lab.folder, 'registers', path);
    browser = await launchChromium();
    page = await browser.newPage({ viewport: { width: 1200, height: 900 } });
    page.setDefaultTimeout(10_000);
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(String(error)));
  });

  afterAll(() => browser?.close());

  /** Opens the report with other pictures in the place of its own. */
  async function show(pictures: Picture[]) {
    const html = readFileSync(report, 'utf8').replace(
      /(<script type="application\/json" id="report-data">)(.*?)(<\/script>)/s,
      (_, before, data, after) => {
        const changed = JSON.stringify({ ...JSON.parse(data), pictures });
        return before + changed.replaceAll('<', String.raw`\u003c`) + after;
      },
    );
    const file = join(lab.folder, 'changed.html');
    writeFileSync(file, html);
    await page.goto(pathToFileURL(file).href);
    await page.locator('#anomalies h3').waitFor();
    const chooser = page.locator('#anomalies nav button');
    return { chooser, section: page.locator('#anomalies') };
  }

  it('should show the register of the run as bars, with the one that fits nowhere in sight', async () => {
    await page.goto(pathToFileURL(report).href);
    const misfit = page.locator('.bar.misfit').first();
    await misfit.waitFor();
    expect(await page.locator('#anomalies h3').textContent()).toMatch(/Key \d is not linearizable/);
    const bars = await page.locator('.timeline .bars').first().boundingBox();
    const box = await misfit.boundingBox();
    expect(box!.x).toBeGreaterThanOrEqual(bars!.x);
    expect(box!.x + box!.width).toBeLessThanOrEqual(bars!.x + bars!.width + 1);
    expect(await page.locator('.order li').count()).toBeGreaterThan(1);
    expect(complaints).toEqual([]);
  });

  it('should show a cycle as a graph, whichever is chosen', async () => {
    const pictures = picturesOf('txn-list-append', 'no-isolation');
    const { chooser, section } = await show(pictures);
    expect(await chooser.count()).toBe(pictures.length);
    for (const [index, drawn] of pictures.entries()) {
      await chooser.nth(index).click();
      expect(await section.locator('h3').textContent()).toBe(drawn.title);
      const { transactions, edges } = drawn as Extract<Picture, { kind: 'cycle' }>;
      expect(await section.locator('.transaction').count()).toBe(transactions.length);
      expect(await section.locator('.edge').count()).toBe(edges.length);
    }
    expect(complaints).toEqual([]);
  });

  it('should show a log with what a poll skipped, and a counter with reads that are wrong', async () => {
    const skips = picturesOf('kafka', 'poll-skips-one');
    const { section } = await show([...skips, ...picturesOf('g-counter', 'loses-every-10th')]);
    expect(await section.locator('.skipped').count()).toBeGreaterThan(0);
    expect(await section.locator('tr.wrong').count()).toBeGreaterThan(0);
    await section.locator('nav button').last().click();
    expect(await section.locator('circle.wrong').count()).toBeGreaterThan(0);
    expect(await section.locator('line.acceptable').count()).toBeGreaterThan(0);
    expect(complaints).toEqual([]);
  });
});
