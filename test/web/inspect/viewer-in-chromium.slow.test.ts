import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { WebSocket } from 'ws';
import { chromiumPath, launchChromium } from '../../support/pages/chromium.ts';
import { pageOf } from '../../support/processes/lab-inspect.ts';
import { createLab, type StartedLab } from '../../support/processes/lab-process.ts';
import { broadcastBin } from '../../support/processes/node-process.ts';

const lab = createLab();
const describeInChromium = chromiumPath ? describe : describe.skip;

/** Content that would be a picture that fails to load, and then a script, if it were HTML. */
const hostile = '<img src=x onerror=alert(1)>';

describeInChromium('the viewer in Chromium', () => {
  let browser: Browser;
  let page: Page;
  let server: StartedLab;
  let run: StartedLab;
  let address: string;
  const complaints: string[] = [];

  const numberIn = async (selector: string) =>
    Number.parseFloat((await page.locator(selector).textContent()) ?? '');
  const countSeen = () => numberIn('.messages output');
  const seesMoreThan = (count: number) =>
    page.waitForFunction(
      (least) =>
        Number.parseFloat(document.querySelector('.messages output')?.textContent ?? '') > least,
      count,
    );
  const moment = () => numberIn('.moment');
  const position = async () =>
    Number(await page.getByRole('slider', { name: 'Moment' }).inputValue());
  const press = async (key: string) => {
    await page.keyboard.press(key);
    await page.waitForTimeout(60);
  };
  const inspectAddress = () => address.replace('http', 'ws').replace(/\/$/, '');

  async function open(url: string): Promise<void> {
    await page.goto(url);
    await page.locator('.toolbar').waitFor();
  }

  beforeAll(async () => {
    server = lab.start(['inspect', '--port', '0']);
    address = await pageOf(server);
    browser = await launchChromium();
    page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    page.setDefaultTimeout(20_000);
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
    });
    page.on('dialog', (dialog) => {
      complaints.push(dialog.message());
      void dialog.dismiss();
    });
    page.on('pageerror', (error) => complaints.push(String(error)));
    await open(address);
    const test = ['test', '-w', 'broadcast', '--bin', broadcastBin, '--node-count', '5'];
    const load = ['--time-limit', '300', '--rate', '20', '--latency', '20'];
    run = lab.start([...test, ...load, `--inspect=${inspectAddress()}`]);
  });

  afterEach(() => {
    const heard = complaints.splice(0);
    if (heard.length > 0) throw new Error(heard.join('\n'));
  });
  afterAll(() => browser?.close());

  it('should show five charts with their states lit, and messages that become more', async () => {
    const lit = page.locator('.node .state.active[data-state="running.gossip.linked"]');
    await lit.nth(4).waitFor({ timeout: 50_000 });
    expect(await page.locator('.node').count()).toBe(5);
    expect(await page.locator('.node .chart').count()).toBe(5);
    await page.waitForFunction(() => document.querySelectorAll('.records .row').length > 10);
    const before = await countSeen();
    await seesMoreThan(before + 10);
    const colours = await page
      .locator('.diagram canvas')
      .first()
      .evaluate((element) => {
        const canvas = element as HTMLCanvasElement;
        const { data } = (canvas.getContext('2d') as CanvasRenderingContext2D).getImageData(
          0,
          0,
          canvas.width,
          canvas.height,
        );
        return new Set(new Uint32Array(data.buffer)).size;
      });
    expect(colours).toBeGreaterThan(20);
    expect(await page.locator('.knowledge').first().textContent()).toMatch(/\d+ of \d+/);
  });

  it('should pause, and step back and forth through what happened', async () => {
    await page.getByRole('button', { name: 'Pause' }).click();
    const paused = await moment();
    const seen = await countSeen();
    await page.waitForTimeout(300);
    expect(await moment()).toBe(paused);
    await seesMoreThan(seen); // the recording goes on
    const steps = [await position()];
    for (let step = 0; step < 5; step++) {
      await press('ArrowLeft');
      steps.push(await position());
    }
    expect(steps).toEqual([...new Set(steps)].toSorted((a, b) => b - a));
    expect(await moment()).toBeLessThanOrEqual(paused);
    expect(await page.locator('.row.selected').count()).toBe(1);
    await press('ArrowRight');
    expect(await position()).toBe(steps.at(-2));
    await page.getByRole('slider', { name: 'Moment' }).fill('12');
    await page.waitForTimeout(100);
    expect(await page.locator('.state.active[data-state="running.gossip.linked"]').count()).toBe(0);
  });

  it('should tell what a message caused, when it is clicked', async () => {
    await page.getByRole('button', { name: 'Live' }).click();
    await page.waitForTimeout(300);
    await page.getByRole('button', { name: 'Pause' }).click();
    const canvas = page.locator('.diagram canvas').first();
    const box = await canvas.boundingBox();
    if (!box) throw new Error('there is no diagram');
    for (let x = box.width * 0.2; x < box.width * 0.9; x += 4) {
      await page.mouse.move(box.x + x, box.y + 60);
      if ((await page.locator('.tip').count()) > 0) break;
    }
    expect(await page.locator('.tip').textContent()).toContain('delta');
    await page.mouse.down();
    await page.mouse.up();
    const detail = page.locator('.detail');
    await detail.waitFor();
    expect(await detail.textContent()).toMatch(
      /running[^]*: delta[^]*\/ learn[^]*Context[^]*unchanged/,
    );
    const node = await detail.locator('.actor').textContent();
    expect(await page.locator('.row.selected').textContent()).toContain(`${node}delta`);
  });

  it('should list only what was asked for', async () => {
    await page.locator('[data-node="n2"] header button').first().click();
    await page.getByRole('button', { name: 'broadcast', exact: true }).click();
    await page.waitForTimeout(100);
    const rows = await page.locator('.row').allTextContents();
    const listed = rows.filter((row) => !row.includes('5 nodes'));
    expect(listed.length).toBeGreaterThan(0);
    for (const row of listed) expect(row).toMatch(/n2broadcast/);
    await page.locator('[data-node="n2"] header button').first().click();
    await page.getByRole('button', { name: 'broadcast', exact: true }).click();
  });

  /** How large the type of a chart is on the screen, in pixels. */
  const typeSizeIn = (chart: string) =>
    page
      .locator(`${chart} .title`)
      .first()
      .evaluate((text) => {
        const { a: scale } = (text as SVGTextElement).getScreenCTM() as DOMMatrix;
        return scale * Number.parseFloat(getComputedStyle(text).fontSize);
      });

  it('should show charts in type that can be read, and name them', async () => {
    await page.getByRole('button', { name: 'Live' }).click();
    await page.locator('[data-node="n1"] .state.active').first().waitFor();
    expect(await typeSizeIn('[data-node="n1"] .chart')).toBeGreaterThanOrEqual(11);
    const name = await page.locator('[data-node="n1"] .chart').getAttribute('aria-label');
    expect(name).toMatch(/^Statechart of n1: running/);
  });

  it('should show a node closely, to be zoomed, moved and left with Escape', async () => {
    await page.locator('[data-node="n1"] .open').click();
    const focus = page.locator('.focus[data-node="n1"]');
    await focus.locator('.chart').waitFor();
    expect(await focus.textContent()).toContain('/ rememberNeighbours, acknowledge');
    expect(await typeSizeIn('.focus .chart')).toBeGreaterThanOrEqual(11);
    await page.getByRole('button', { name: 'Fit' }).click();
    const whole = await typeSizeIn('.focus .chart');
    await page.getByRole('button', { name: 'Zoom in' }).click();
    expect(await typeSizeIn('.focus .chart')).toBeGreaterThan(whole);
    const view = () => focus.locator('.chart').getAttribute('viewBox');
    const before = await view();
    await focus.locator('.window').focus();
    await page.keyboard.press('ArrowRight');
    expect(await view()).not.toBe(before);
    await page.keyboard.press('0');
    expect(await typeSizeIn('.focus .chart')).toBeCloseTo(whole, 3);
    if ((await page.locator('.detail').count()) > 0) await page.keyboard.press('Escape');
    expect(await page.locator('.detail').count()).toBe(0);
    await page.keyboard.press('Escape');
    await page.locator('.nodes').waitFor();
  });

  it('should let panes be resized, by pointer and by key, and remember it', async () => {
    const bar = page.getByRole('separator', { name: 'Divides nodes and story' });
    const widthOfNodes = async () => (await page.locator('.nodes').boundingBox())?.width ?? 0;
    const before = await widthOfNodes();
    const box = await bar.boundingBox();
    if (!box) throw new Error('there is no bar');
    await page.mouse.move(box.x, box.y + 200);
    await page.mouse.down();
    await page.mouse.move(box.x - 200, box.y + 200, { steps: 3 });
    await page.mouse.up();
    expect(await widthOfNodes()).toBeCloseTo(before - 200, -1);
    await bar.focus();
    await page.keyboard.press('ArrowRight');
    const after = await widthOfNodes();
    expect(after).toBeGreaterThan(before - 200);
    await page.reload();
    await page.locator('.node .chart').first().waitFor();
    expect(await widthOfNodes()).toBeCloseTo(after, 0);
    await bar.dblclick();
    expect(await widthOfNodes()).toBeCloseTo(before, 0);
  });

  it('should show only what changed of a context, and the rest when it is asked for', async () => {
    await page.getByRole('searchbox').fill('broadcast');
    await page.getByRole('button', { name: 'Pause' }).click();
    await page.locator('.row', { hasText: 'store' }).last().click();
    const context = page.locator('.context');
    await context.locator('.changes').waitFor();
    expect(await context.locator('.changes dt').allTextContents()).toContain('log.count');
    const rest = context.locator('details .json');
    expect(await rest.isVisible()).toBe(false);
    await context.locator('summary').click();
    expect(await rest.textContent()).toContain('"nodeId": "n');
    const { wrapped, text } = await rest.evaluate((element) => ({
      wrapped: getComputedStyle(element).overflowWrap,
      text: element.textContent ?? '',
    }));
    expect(wrapped).toBe('normal'); // neither names nor numbers are broken
    expect(text).not.toMatch(/\b17\d{11}/); // no time since 1970, but times of the run
    await page.getByRole('searchbox').fill('');
    await page.keyboard.press('Escape');
  });

  it('should show what comes as text, never as HTML', async () => {
    const socket = new WebSocket(inspectAddress());
    await new Promise((resolve) => socket.once('open', resolve));
    const base = {
      _version: '1',
      createdAt: '0',
      rootId: 'x',
      node: hostile,
      at: Date.now(),
    };
    const config = { id: hostile, initial: hostile, states: { [hostile]: {} } };
    const definition = JSON.stringify(config);
    const actor = { ...base, sessionId: `${hostile}/x:0`, type: '@xstate.actor', name: hostile };
    const rest = { transitions: [], sent: [], known: 1, event: { type: hostile } };
    const snapshot = { status: 'active', value: hostile, context: { [hostile]: hostile } };
    socket.send(JSON.stringify({ ...actor, definition, snapshot: {} }));
    socket.send(JSON.stringify({ ...actor, ...rest, type: '@xstate.snapshot', snapshot }));
    await page.getByRole('button', { name: 'Live' }).click();
    // One more node makes no crowd: its chart is shown as soon as the server has drawn it.
    await page.locator('.node', { hasText: hostile }).locator('.chart').waitFor();
    await page.getByRole('button', { name: 'Pause' }).click();
    await page.getByRole('searchbox').fill('onerror');
    await page.locator('.row', { hasText: hostile }).last().click();
    expect(await page.locator('.detail').textContent()).toContain(hostile);
    expect(await page.locator('img').count()).toBe(0);
    socket.terminate();
  });

  it('should keep a foreign page from its events', async () => {
    const foreign = await browser.newPage();
    await foreign.route('http://evil.example/', (route) =>
      route.fulfill({ contentType: 'text/html', body: '<p>evil</p>' }),
    );
    await foreign.goto('http://evil.example/');
    const outcomes = await foreign.evaluate(
      (urls) =>
        Promise.all(
          urls.map(
            (url) =>
              new Promise((resolve) => {
                const socket = new WebSocket(url);
                socket.addEventListener('open', () => resolve('open'));
                socket.addEventListener('error', () => resolve('refused'));
              }),
          ),
        ),
      ['', '/view', '/events'].map((path) => inspectAddress() + path),
    );
    await foreign.close();
    expect(outcomes).toEqual(['refused', 'refused', 'refused']);
  });

  it('should say so when the server is gone, and the nodes go on', async () => {
    server.child.kill('SIGKILL');
    await page.locator('.connection.off').waitFor();
    complaints.length = 0; // the browser complains of connections that it cannot make
    await page.goto('about:blank');
    await new Promise((resolve) => setTimeout(resolve, 500));
    run.child.kill('SIGINT');
    const { status, stdout } = await run.end;
    complaints.length = 0;
    expect(status).toBe(2); // it was interrupted, and no node broke a rule
    expect(stdout).toContain('0 failed, 0 unknown');
  });

  it('should open the saved run, and say that it loads', async () => {
    const saved = lab.start(['inspect', 'store/latest', '--port', '0']);
    await page.addInitScript(() => {
      const said = new Set<string>();
      Object.assign(globalThis, { said });
      new MutationObserver(() => {
        said.add(document.querySelector('.connection')?.textContent ?? '');
      }).observe(document, { childList: true, subtree: true, characterData: true });
    });
    await open(await pageOf(saved));
    await page.locator('.node .state.active[data-state="running.gossip.linked"]').nth(4).waitFor();
    const said = await page.evaluate(() => [
      ...(globalThis as unknown as { said: Set<string> }).said,
    ]);
    expect(said).toContainEqual(expect.stringMatching(/^loading: \d+ records so far$/));
    await page.getByRole('button', { name: 'Pause' }).click();
    const paused = await moment();
    await press('ArrowLeft');
    expect(await moment()).toBeLessThanOrEqual(paused);
    expect(await page.locator('.node .chart').count()).toBe(5);
    saved.child.kill('SIGTERM');
    expect((await saved.end).status).toBe(0);
    await page.goto('about:blank');
    complaints.length = 0;
  });
});
