import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { StatelyInspectionEvent } from '@statelyai/inspect';
import type { Browser } from 'playwright-core';
import { chromiumPath, launchChromium } from '../../support/pages/chromium.ts';
import { pageOf } from '../../support/processes/lab-inspect.ts';
import { createLab } from '../../support/processes/lab-process.ts';
import { NodeProcess } from '../../support/processes/node-process.ts';

const lab = createLab();
const describeInChromium = chromiumPath ? describe : describe.skip;

/** The page that stands in for the hosted inspector, as a script. */
function buildReceiver(): string {
  const root = join(import.meta.dirname, '../../..');
  const file = join(lab.folder, 'receiver.js');
  const source = join(root, 'test/support/pages/stately-receiver.ts');
  const options = ['--file', file, '--format', 'iife', '--platform', 'browser'];
  spawnSync(join(root, 'node_modules/.bin/rolldown'), [source, ...options], { cwd: root });
  return readFileSync(file, 'utf8');
}

describeInChromium('forwarding', () => {
  let browser: Browser;
  let node: NodeProcess;

  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(async () => {
    node?.kill();
    await browser?.close();
  });

  it("should tell Stately's hosted inspector, in a window of its own, when asked to", async () => {
    const address = await pageOf(lab.start(['inspect', '--port', '0', '--forward']));
    node = new NodeProcess([`--inspect=${address.replace('http', 'ws')}`]);
    await node.init();
    const context = await browser.newContext();
    const receiver = buildReceiver();
    await context.route('https://stately.ai/**', (route) =>
      route.fulfill({ contentType: 'text/html', body: `<script>${receiver}</script>` }),
    );
    const page = await context.newPage();
    await page.goto(address);
    await page.locator('.node .chart').waitFor();
    const opening = context.waitForEvent('page');
    await page.getByRole('button', { name: /Stately/ }).click();
    const inspector = await opening;
    expect(inspector.url()).toBe('https://stately.ai/inspect');
    await node.ask({ type: 'broadcast', message: 42 });
    const holds = (text: string) => JSON.stringify(Reflect.get(window, 'received')).includes(text);
    await inspector.waitForFunction(holds, '"message":42');
    const received = (await inspector.evaluate(() =>
      Reflect.get(window, 'received'),
    )) as StatelyInspectionEvent[];
    const [first] = received;
    expect(first).toMatchObject({ type: '@xstate.actor', sessionId: 'n0/x:0' });
    const { definition } = first as { definition?: string };
    expect(JSON.parse(definition ?? '')).toMatchObject({ id: 'broadcast' });
    expect(received.every(({ type }) => type.startsWith('@xstate.'))).toBe(true);
  });

  it('should not be offered when it was not asked for', async () => {
    const address = await pageOf(lab.start(['inspect', '--port', '0']));
    const page = await browser.newPage();
    await page.goto(address);
    await page.locator('.toolbar').waitFor();
    expect(await page.getByRole('button', { name: /Stately/ }).count()).toBe(0);
  });
});
