import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { faultsOf, looks, openLook } from '../../support/pages/accessibility.ts';
import { chromiumPath, launchChromium } from '../../support/pages/chromium.ts';
import { pageOf } from '../../support/processes/lab-inspect.ts';
import { createLab } from '../../support/processes/lab-process.ts';
import { broadcastBin } from '../../support/processes/node-process.ts';

const lab = createLab();
/** Ten charts take axe a while: they are examined at one width. */
const WIDTH_WITH_CHARTS = 1280;
const describeInChromium = chromiumPath ? describe : describe.skip;

describeInChromium('the inspector of ten nodes', () => {
  let browser: Browser;
  let url: string;

  beforeAll(async () => {
    const test = ['test', '-w', 'broadcast', '--bin', broadcastBin, '--node-count', '10'];
    const run = await lab.run([...test, '--time-limit', '2', '--simulate', '--inspect']);
    if (run.status !== 0) throw new Error(run.stdout + run.stderr);
    url = await pageOf(lab.start(['inspect', 'store/latest', '--port', '0']));
    browser = await launchChromium();
  });
  afterAll(() => browser?.close());

  it.each(looks)(
    'should be accessible and fit its window: $colorScheme, $width px',
    async (look) => {
      const context = await openLook(browser, look);
      const page = await context.newPage();
      page.setDefaultTimeout(30_000);
      await page.goto(url);
      await page.locator('.node.line').nth(9).waitFor();
      expect(await page.locator('.chart').count()).toBe(0);
      await page.getByRole('button', { name: 'Pause' }).click();
      if (look.width === WIDTH_WITH_CHARTS) {
        await page.getByRole('button', { name: 'Charts' }).click();
        await page.locator('.node .chart').nth(9).waitFor();
      }
      await page.locator('.row').last().click();
      await page.locator('.detail').waitFor();
      expect(await faultsOf(page)).toEqual([]);
      await page.locator('.open').first().click();
      await page.locator('.focus .chart').waitFor();
      expect(await faultsOf(page)).toEqual([]);
      await context.close();
    },
    120_000,
  );
});
