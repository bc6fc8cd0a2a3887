import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { chromiumPath, launchChromium } from '../../support/pages/chromium.ts';
import { createLab } from '../../support/processes/lab-process.ts';
import { broadcastBin } from '../../support/processes/node-process.ts';

const lab = createLab();

/** A value that would be a script, if the page took values for HTML. */
const hostile = '</script><img src=x onerror="document.title = \'broken\'">';

/** A broadcast every 100 ms; the last one is hostile. */
const operations = Array.from({ length: 60 }, (_, index) => ({
  time: index * 1e8,
  worker: index % 3,
  f: index % 2 === 0 ? 'broadcast' : 'read',
  value: index % 2 === 1 ? null : index === 58 ? hostile : index,
}));

const schedule = [
  { kind: 'partition', from: 1, to: 3, shape: 'one', cuts: { n0: ['n1', 'n2'] } },
  { kind: 'kill', from: 4, to: 5, nodes: ['n2'] },
];

const describeInChromium = chromiumPath ? describe : describe.skip;

describeInChromium('the report in Chromium', () => {
  let browser: Browser;
  let page: Page;
  let url: string;
  const complaints: string[] = [];
  const requests: string[] = [];

  beforeAll(async () => {
    const files = {
      operations: join(lab.folder, 'ops.json'),
      schedule: join(lab.folder, 's.json'),
    };
    writeFileSync(files.operations, JSON.stringify(operations));
    writeFileSync(files.schedule, JSON.stringify(schedule));
    const run = await lab.run([
      'test',
      '-w',
      'broadcast',
      '--bin',
      broadcastBin,
      '--node-count',
      '3',
      '--time-limit',
      '8',
      '--latency',
      '20',
      '--simulate',
      '--seed',
      '1',
      '--operations',
      files.operations,
      '--schedule',
      files.schedule,
    ]);
    const report = /report {2}(.+\.html)/.exec(run.stdout)?.[1];
    if (!report) throw new Error(`no report:\n${run.stdout}${run.stderr}`);
    url = pathToFileURL(join(lab.folder, report)).href;
    browser = await launchChromium();
    page = await browser.newPage({ viewport: { width: 1200, height: 900 } });
    page.setDefaultTimeout(30_000);
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('request', (request) => requests.push(request.url()));
  });

  afterEach(() => {
    if (complaints.length > 0) throw new Error(complaints.join('\n'));
  });
  afterAll(() => browser?.close());

  const shownCount = async () => Number(await page.locator('#messages output').textContent());
  const diagram = () => page.locator('#messages canvas').first();
  const showAll = async () => {
    await page.goto(url);
    await page.getByRole('button', { name: 'Whole run' }).click();
  };

  /** How many pixels of a canvas differ from its first. */
  const inkOf = (selector: string) =>
    page
      .locator(selector)
      .first()
      .evaluate((canvas) => {
        const { width, height } = canvas as HTMLCanvasElement;
        const copy = new OffscreenCanvas(width, height).getContext('2d', {
          willReadFrequently: true,
        })!;
        copy.drawImage(canvas as HTMLCanvasElement, 0, 0);
        const pixels = new Uint32Array(copy.getImageData(0, 0, width, height).data.buffer);
        return pixels.filter((pixel) => pixel !== pixels[0]).length;
      });

  /** Moves the pointer down a line of the diagram until it meets a message. */
  const pointAtMessage = async () => {
    await diagram().scrollIntoViewIfNeeded();
    const box = (await diagram().boundingBox())!;
    for (let x = 30; x < box.width; x += 40) {
      for (let y = 20; y < box.height - 30; y += 4) {
        await page.mouse.move(box.x + x, box.y + y);
        if ((await page.locator('#messages .tip').count()) > 0) return;
      }
    }
    throw new Error('no message was met');
  };

  it('should show verdict, numbers, charts, spread and messages, and load nothing', async () => {
    await page.goto(url);
    await page.locator('.verdict').waitFor();
    expect(await page.locator('.verdict').textContent()).toMatch(/Valid|Invalid/);
    expect(await page.locator('.summary').first().textContent()).toMatch(/operations\d+ ended/);
    expect(await page.locator('.fault-text').allTextContents()).toEqual([
      'one: n0 ⊬ n1 n2',
      'nodes n2',
    ]);
    expect(await page.locator('.uplot canvas').count()).toBe(3);
    for (const picture of ['#operations canvas', '.spread-map canvas', '#messages canvas']) {
      expect([picture, await inkOf(picture)]).toEqual([picture, expect.any(Number)]);
      expect(await inkOf(picture)).toBeGreaterThan(500);
    }
    expect(requests.filter((request) => !request.startsWith('data:'))).toEqual([url]);
    expect(await page.title()).toMatch(/^broadcast \d{8}T/);
  });

  it('should say what was run and how to repeat it, ready to be copied', async () => {
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.goto(url);
    const command = (await page.locator('.command code').textContent()) ?? '';
    expect(command).toMatch(/ test -w broadcast .*--simulate .*--seed 1$/);
    await page.getByRole('button', { name: 'Copy' }).click();
    await page.getByText('Copied').waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(command);
    const repetition = await page.locator('.repetition').textContent();
    expect(repetition).toContain(`every node ran${broadcastBin}`);
    expect(repetition).toContain('time limit seconds8');
    const began = await page.locator('.begin time').getAttribute('datetime');
    expect(Date.now() - Date.parse(began ?? '')).toBeLessThan(600_000);
    expect(await page.locator('.begin').textContent()).toMatch(/took .*s, seed 1$/);
  });

  it('should tell in its legends what is what, and under the pointer how much of it', async () => {
    await page.goto(url);
    const legend = page.locator('#operations .legend').first();
    const items = await legend.locator('li').allTextContents();
    expect(items).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^read \d+$/),
        expect.stringMatching(/^broadcast \d+$/),
      ]),
    );
    const rates = page.locator('#operations .chart').nth(1);
    await rates.scrollIntoViewIfNeeded();
    const box = (await rates.locator('.u-over').boundingBox())!;
    await page.mouse.move(box.x + box.width / 4, box.y + 40);
    await rates.locator('.legend .at').waitFor();
    expect(await rates.locator('.legend').textContent()).toMatch(/read \d.*at \d\.\d\d s/);
    await page.mouse.move(0, 0);
  });

  it('should say why operations without latency took as long as messages do', async () => {
    await page.goto(url);
    expect(await page.locator('#operations').textContent()).toContain(
      "took up to 20 ms nevertheless, its request was waiting in the node's inbox",
    );
  });

  it('should filter messages by type', async () => {
    await showAll();
    const all = await shownCount();
    const delta = page.getByRole('button', { name: /^delta/ });
    const count = Number((await delta.textContent())?.match(/\d+/)?.[0]);
    await delta.click();
    expect(await shownCount()).toBe(all - count);
    await delta.click();
    expect(await shownCount()).toBe(all);
  });

  it('should filter messages by node and by client', async () => {
    await showAll();
    const all = await shownCount();
    await page.getByRole('button', { name: 'n1', exact: true }).click();
    const ofOne = await shownCount();
    expect(ofOne).toBeGreaterThan(0);
    expect(ofOne).toBeLessThan(all);
    await page.getByRole('button', { name: 'Only n1' }).click();
    await page.getByLabel('clients').uncheck();
    const between = await shownCount();
    expect(between).toBeGreaterThan(0);
    expect(between).toBeLessThan(all);
  });

  it('should filter messages by value, and show how it spread', async () => {
    await showAll();
    const all = await shownCount();
    await page.getByRole('textbox', { name: 'value' }).fill('14');
    await page.keyboard.press('Enter');
    await page.getByText('Value 14').waitFor();
    expect(await page.locator('.value-detail li').count()).toBe(3);
    await page.getByRole('button', { name: 'Whole run' }).click();
    const carried = await shownCount();
    expect(carried).toBeGreaterThan(0);
    expect(carried).toBeLessThan(all);
  });

  it('should choose a value from the map, and show values as they are', async () => {
    await page.goto(url);
    await page.locator('.spread-map canvas').scrollIntoViewIfNeeded();
    await page.getByRole('textbox', { name: 'value' }).fill(JSON.stringify(hostile).slice(0, 20));
    await page.keyboard.press('Enter');
    expect(await page.locator('.value-detail').count()).toBe(0);
    const box = (await page.locator('.spread-map canvas').boundingBox())!;
    for (let x = 2; x < box.width; x += 3) {
      await page.mouse.move(box.x + x, box.y + 5);
      const tip = page.locator('.spread-map .tip');
      if ((await tip.count()) > 0 && (await tip.textContent())?.includes('</script>')) break;
    }
    await page.mouse.down();
    await page.mouse.up();
    expect(await page.locator('.value-detail').textContent()).toContain('</script><img');
    expect(await page.title()).not.toBe('broken');
  });

  it('should filter messages by time: by hand, by zoom, and by dragging over a chart', async () => {
    await showAll();
    const all = await shownCount();
    await page.getByLabel('from').fill('2');
    await page.getByLabel('to', { exact: true }).fill('3');
    await page.keyboard.press('Enter');
    await diagram().focus();
    const second = await shownCount();
    expect(second).toBeGreaterThan(0);
    expect(second).toBeLessThan(all);
    await page.keyboard.press('+');
    expect(await shownCount()).toBeLessThan(second);
    await page.keyboard.press('0');
    expect(await shownCount()).toBe(all);
    const chart = page.locator('#operations .u-over').first();
    await chart.scrollIntoViewIfNeeded();
    const box = (await chart.boundingBox())!;
    await page.mouse.move(box.x + box.width / 4, box.y + 50);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width / 2, box.y + 50, { steps: 4 });
    await page.mouse.up();
    expect(await shownCount()).toBeLessThan(all);
  });

  it('should show a message that is pointed at, and keep one that is clicked', async () => {
    await page.goto(url);
    await pointAtMessage();
    const tip = await page.locator('#messages .tip').textContent();
    expect(tip).toMatch(/n\d → |c\d+ → /);
    expect(tip).toMatch(/"type":/);
    await page.mouse.down();
    await page.mouse.up();
    await page.mouse.move(0, 0);
    expect(await page.locator('#messages > .message').textContent()).toBe(tip);
  });

  it('should follow the reader from light to dark', async () => {
    await page.emulateMedia({ colorScheme: 'light' });
    await page.goto(url);
    const colours = () =>
      page.evaluate(() => {
        const { backgroundColor, color } = getComputedStyle(document.body);
        return { backgroundColor, color };
      });
    const light = await colours();
    await page.emulateMedia({ colorScheme: 'dark' });
    const dark = await colours();
    expect(dark.backgroundColor).not.toBe(light.backgroundColor);
    expect(dark.color).not.toBe(light.color);
    expect(await inkOf('#messages canvas')).toBeGreaterThan(500);
  });
});
