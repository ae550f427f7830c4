import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { describeInBrowser, launchBrowser } from '../src/browser';
import { type Dashboard, startDashboard } from '../src/dashboard';
import { barriers, drawn, open } from '../src/session';

jest.setTimeout(300_000);

const plants = (rows: number) =>
  `day,plant,yield\n${Array.from({ length: rows }, (_, row) => `2026-01-${10 + (row % 20)},P${row % 3},${row % 7}.5\n`).join('')}`;

describeInBrowser('somebody who uploads', () => {
  let folder: string;
  let dashboard: Dashboard;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'upload-'));
    const people = join(folder, 'people.json');
    writeFileSync(people, JSON.stringify([{ email: 'ada@paebbl.com', password: 'lovelace-and-charts' }]));
    [dashboard, browser] = await Promise.all([startDashboard(['--uploads', '--users', people]), launchBrowser()]);
    context = await browser.newContext();
    page = await context.newPage();
    page.setDefaultTimeout(60_000);
  });
  afterAll(async () => {
    await browser?.close();
    await dashboard?.interrupt();
    rmSync(folder, { recursive: true, force: true });
  });
  beforeEach(() => open(page, dashboard, '/upload'));

  /** Drops a file on the page, as from a folder of the desktop. */
  async function drop(name: string, content: string) {
    const dataTransfer = await page.evaluateHandle(
      `(() => { const dropped = new DataTransfer(); dropped.items.add(new File([${JSON.stringify(content)}], ${JSON.stringify(name)}, { type: 'text/csv' })); return dropped; })()`,
    );
    await page.dispatchEvent('#drop', 'drop', { dataTransfer });
  }

  /** The rows of the list of published versions, newest first. */
  const versions = () => page.locator('section[aria-labelledby=published-heading] tbody tr');

  /** Publishes and waits until the page shows that everybody sees the file. */
  async function publish(name: string, content: string) {
    await drop(name, content);
    await page.getByRole('button', { name: 'Publish' }).click();
    await page.locator('header .file', { hasText: name }).waitFor();
  }

  test('reads that made-up data are shown as long as nothing is published', async () => {
    expect(await page.locator('.stale').textContent()).toMatch(/no CSV file .*Shown instead: Bundled example/s);
    expect(await page.locator('main').textContent()).toContain('Nothing has been published yet.');
    expect(await barriers(page)).toEqual([]);
  });

  test('is told the line that is wrong, and nothing can be published', async () => {
    await drop('ragged.csv', 'a,b\n1,2\n3,4,5\n');
    await page.locator('#progress.problem').waitFor();

    expect(await page.locator('#progress').textContent()).toContain(
      "Line 3 of 'ragged.csv' has 3 cells, but the header has 2.",
    );
    expect(await page.getByRole('button', { name: 'Publish' }).isVisible()).toBe(false);
    expect(await barriers(page)).toEqual([]);
  });

  test('sees what was understood, and throws it away', async () => {
    await drop('plants.csv', plants(40));
    await page.locator('#result').waitFor();

    expect(await page.locator('#summary').textContent()).toBe('plants.csv: 40 rows, 3 columns, separated by comma.');
    expect(await page.locator('#understood tr').allTextContents()).toEqual([
      expect.stringMatching(/^dayDate2026-01-10 to 2026-01-29/),
      expect.stringMatching(/^plantCategoryP0, P1, P2/),
      expect.stringMatching(/^yieldNumber0.5 to 6.5/),
    ]);
    expect(await barriers(page)).toEqual([]);
    await page.getByRole('button', { name: 'Discard' }).click();
    await page.getByText('The file was thrown away.').waitFor();
    expect(await page.locator('#result').isVisible()).toBe(false);
  });

  test('looks at every page with the file before anybody else does', async () => {
    await page.setInputFiles('#file', {
      name: 'plants.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(plants(60)),
    });
    const [preview] = await Promise.all([
      context.waitForEvent('page'),
      page.getByRole('link', { name: 'Preview the pages' }).click(),
    ]);
    await preview.getByRole('navigation').getByRole('link', { name: 'Explore' }).click();
    await drawn(preview);
    expect(await preview.locator('#rows').textContent()).toBe('All 60 rows');
    await preview.getByRole('navigation').getByRole('link', { name: 'Table' }).click();
    await preview.getByText('A preview: only who may publish sees this file.').waitFor();
    expect(await preview.locator('tbody').textContent()).toContain('P2');
    expect(await barriers(preview)).toEqual([]);
    await preview.close();

    await open(page, dashboard, '/table');
    expect(await page.locator('header .source').textContent()).toContain('clean.csv');
  });

  test('publishes, publishes again, and brings the first one back', async () => {
    await publish('first.csv', plants(30));
    expect(await page.locator('.stale').count()).toBe(0);
    expect(await page.locator('header .source').textContent()).toContain('published by ada@paebbl.com');
    await publish('second.csv', plants(50));
    expect(await versions().allTextContents()).toEqual([
      expect.stringMatching(/ada@paebbl\.com.*second\.csv.*shown/s),
      expect.stringMatching(/ada@paebbl\.com.*first\.csv.*Bring back/s),
    ]);

    await page.getByRole('button', { name: /Bring back first\.csv/ }).click();
    await page.locator('header .file', { hasText: 'first.csv' }).waitFor();
    expect(await versions().count()).toBe(3);
    expect(await versions().first().textContent()).toMatch(/first\.csv.*shown/s);
    expect(await page.locator('header .source').textContent()).toContain('30 rows');
    expect(await barriers(page)).toEqual([]);
  });
});
