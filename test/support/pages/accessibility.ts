import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Browser, BrowserContext, Page } from 'playwright-core';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** How a page is looked at. */
export interface Look {
  colorScheme: 'light' | 'dark';
  width: number;
}

/** Both schemes on a telephone, a notebook and a large screen. */
export const looks: Look[] = (['light', 'dark'] as const).flatMap((colorScheme) =>
  [400, 1280, 1920].map((width) => ({ colorScheme, width })),
);

/** A window of its own for a page that is to be examined: axe may run in it whatever the page's policy. */
export function openLook(browser: Browser, { colorScheme, width }: Look): Promise<BrowserContext> {
  return browser.newContext({
    colorScheme,
    viewport: { width, height: 900 },
    reducedMotion: 'reduce',
    bypassCSP: true,
  });
}

/** What axe finds fault with, and by how much the page is wider than its window: nothing, at best. */
export async function faultsOf(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() =>
    (globalThis as unknown as { axe: { run: () => Promise<AxeResults> } }).axe.run(),
  );
  const found = violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 200)}\n${failureSummary}`),
  );
  const excess: number = await page.evaluate(
    'document.documentElement.scrollWidth - document.documentElement.clientWidth',
  );
  return excess > 0 ? [...found, `the page is ${excess} pixels wider than its window`] : found;
}
