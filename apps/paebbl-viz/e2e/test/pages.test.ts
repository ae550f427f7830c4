import { readFileSync } from 'node:fs';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { describeInBrowser, launchBrowser } from '../src/browser';
import { type Dashboard, startDashboard } from '../src/dashboard';
import { barriers, drawn, open } from '../src/session';

jest.setTimeout(300_000);

const VIEW = '/views/uptake-over-time';

describeInBrowser('the pages', () => {
  let dashboard: Dashboard;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;

  beforeAll(async () => {
    [dashboard, browser] = await Promise.all([startDashboard(['--engine', 'process']), launchBrowser()]);
    context = await browser.newContext({ acceptDownloads: true, permissions: ['clipboard-read', 'clipboard-write'] });
    page = await context.newPage();
    page.setDefaultTimeout(60_000);
    await open(page, dashboard, '/');
  });
  afterAll(async () => {
    await browser?.close();
    await dashboard?.interrupt();
  });
  beforeEach(async () => {
    await page.setViewportSize({ width: 1200, height: 800 });
    await page.emulateMedia({ media: 'screen', colorScheme: 'light' });
  });

  test.each([
    ['the overview', '/'],
    ['the table', '/table?sort=-started_at'],
    ['a chart', VIEW],
    ['a chart with controls', '/views/explore'],
    ['a heat map', '/views/operating-window'],
    ['a chart without rows', `${VIEW}?min.temperature_c=99999`],
    ['a page that does not exist', '/views/nowhere'],
  ])("%s puts no barrier in anybody's way, neither on a desk nor on a phone in the dark", async (_name, path) => {
    for (const [colorScheme, width] of [
      ['light', 1200],
      ['dark', 390],
    ] as const) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 844 });
      await open(page, dashboard, path);
      await page.locator('main').waitFor();
      if (await page.locator('#chart').count()) {
        await page.locator('#chart[aria-busy=false]').waitFor();
      }
      expect(await barriers(page)).toEqual([]);
    }
  });

  test('a chart of rows that do not exist says so, and how to get back', async () => {
    await open(page, dashboard, `${VIEW}?min.temperature_c=99999`);
    await page.getByText('No row passes these filters.').waitFor();
    await page.getByRole('link', { name: 'Take all filters away' }).click();
    await drawn(page);
  });

  test.each(['PNG', 'SVG'])('a chart can be saved as %s', async (format) => {
    await open(page, dashboard, VIEW);
    await drawn(page);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: format }).click(),
    ]);
    const file = readFileSync(await download.path());

    expect(download.suggestedFilename()).toMatch(new RegExp(`\\.${format}$`, 'i'));
    expect(file.length).toBeGreaterThan(10_000);
    if (format === 'PNG') {
      expect(file.subarray(1, 4).toString()).toBe('PNG');
    } else {
      expect(file.toString()).toMatch(/^<svg .*uptake/s);
    }
  });

  test('the rows of a chart can be saved as CSV, filtered as they are on the page', async () => {
    await open(page, dashboard, `${VIEW}?in.feedstock=olivine`);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'CSV', exact: true }).click(),
    ]);
    const [header, ...rows] = readFileSync(await download.path(), 'utf8')
      .trim()
      .split('\n');

    expect(header).toContain('feedstock');
    expect(rows.length).toBeGreaterThan(100);
    expect(rows.every((row) => row.includes('olivine'))).toBe(true);
  });

  test('a link that was copied shows the same chart to somebody else', async () => {
    await open(page, dashboard, VIEW);
    await page.getByLabel('Days').fill('30');
    await page.getByLabel('Days').press('Enter');
    await page.waitForURL(/p\.days=30/);
    await drawn(page);
    await page.getByRole('button', { name: 'Copy link' }).click();
    await page.getByText('Copied').waitFor();
    const link = String(await page.evaluate('navigator.clipboard.readText()'));
    const other = await context.newPage();
    await other.goto(link);

    expect(await other.getByLabel('Days').inputValue()).toBe('30');
    await other.close();
  });

  test('a link keeps the part of a chart that was zoomed to', async () => {
    await open(page, dashboard, '/views/explore');
    await drawn(page);
    const area = await page.locator('#plot .nsewdrag').boundingBox();
    const [x, y] = [area?.x ?? 0, area?.y ?? 0];
    await page.mouse.move(x + 200, y + 100);
    await page.mouse.down();
    await page.mouse.move(x + 500, y + 300, { steps: 8 });
    await page.mouse.up();
    await page.waitForURL(/zx=.*zy=/);
    const ranges = `JSON.stringify(['xaxis', 'yaxis'].map((name) => document.getElementById('plot')._fullLayout[name]).map((axis) => axis.range.map((end) => axis.r2l(end).toPrecision(8))))`;
    const mine = await page.evaluate(ranges);
    const other = await context.newPage();
    await other.goto(page.url());
    await drawn(other);

    expect(await other.evaluate(ranges)).toBe(mine);
    await other.close();
    await page.mouse.dblclick(x + 300, y + 200);
    await page.waitForURL((url) => !url.search.includes('zx'));
  });

  test('a chart without rows leaves its words and its buttons room, and offers no picture', async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    await open(page, dashboard, `${VIEW}?min.temperature_c=99999`);
    const words = await page.getByText('No row passes these filters.').boundingBox();
    const link = await page.getByRole('link', { name: 'Take all filters away' }).boundingBox();
    const caption = await page.locator('figcaption').boundingBox();

    expect(words?.y).toBeGreaterThan((await page.locator('#chart').boundingBox())?.y ?? 0);
    expect((link?.y ?? 0) + (link?.height ?? 0)).toBeLessThan(caption?.y ?? 0);
    expect(await page.getByRole('button', { name: 'PNG' }).isDisabled()).toBe(true);
  });

  test.each(['/', '/table', VIEW, '/views/explore', '/views/operating-window', '/views/distribution'])(
    '%s asks no other host for anything, and nothing in it is refused',
    async (path) => {
      const fresh = await context.newPage();
      const hosts = new Set<string>();
      const problems: string[] = [];
      fresh.on('request', (request) => hosts.add(new URL(request.url()).host));
      fresh.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
      fresh.on('pageerror', (error) => problems.push(error.message));
      await fresh.goto(dashboard.url + path);
      if (await fresh.locator('#chart').count()) {
        await drawn(fresh);
      }
      await fresh.close();

      // Pictures of a heat map are made in the page: they have no host.
      expect([...hosts].filter(Boolean)).toEqual([new URL(dashboard.url).host]);
      expect(problems).toEqual([]);
    },
  );

  test('everything can be reached with the keyboard, in the order of the page, and leads out again', async () => {
    await open(page, dashboard, VIEW);
    await drawn(page);
    const stops: string[] = [];
    for (let step = 0; step < 120; step++) {
      await page.keyboard.press('Tab');
      const stop = String(
        await page.evaluate(
          `(() => { const it = document.activeElement; return it === document.body ? '' : [it.textContent.trim(), it.getAttribute('aria-label'), it.name, it.id].filter(Boolean)[0] ?? '?' })()`,
        ),
      );
      if (!stop || (stop === stops[0] && step > 0)) {
        break;
      }
      stops.push(stop);
    }
    const wanted = [
      'Skip to the content',
      'Sign out',
      'Overview',
      'p.days',
      'Filters',
      'CSV',
      'PNG',
      'SVG',
      'Copy link',
    ];

    expect(stops.filter((stop) => wanted.includes(stop))).toEqual(wanted);
    expect(stops.length).toBeLessThan(120);
  });

  test('who skips to the content is there with the next key', async () => {
    await open(page, dashboard, VIEW);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');

    expect(await page.evaluate('document.activeElement.name')).toBe('p.days');
  });

  test('paper is light and the chart fits on it, also from a dark screen', async () => {
    await page.emulateMedia({ colorScheme: 'dark' });
    await open(page, dashboard, VIEW);
    await drawn(page);
    await page.evaluate(
      `addEventListener('beforeprint', () => { window.printed = { width: +document.querySelector('.main-svg').getAttribute('width'), ink: getComputedStyle(document.querySelector('.xtitle')).fill, ground: getComputedStyle(document.body).backgroundColor } })`,
    );
    const pdf = await page.pdf({ format: 'A4' });

    expect(pdf.subarray(0, 4).toString()).toBe('%PDF');
    const printed = (await page.evaluate('window.printed')) as { width: number; ink: string; ground: string };
    expect(printed.width).toBeLessThan(720);
    expect([printed.ink, printed.ground]).toEqual(['rgb(23, 33, 43)', 'rgb(255, 255, 255)']);
  });

  test('on a phone a heat map has the width of the screen, and the current tab is in sight', async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    await open(page, dashboard, '/views/operating-window');
    await drawn(page);

    expect(await page.evaluate(`document.getElementById('plot')._fullLayout._size.w`)).toBeGreaterThan(390 * 0.6);
    const tab = await page.locator('.side [aria-current]').boundingBox();
    expect(tab?.x).toBeGreaterThanOrEqual(0);
    expect((tab?.x ?? 0) + (tab?.width ?? 0)).toBeLessThanOrEqual(390);
  });
});
