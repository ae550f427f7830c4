import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { describeInBrowser, launchBrowser } from '../src/browser';
import { type Dashboard, repository, startDashboard, VIZ_PREVIEW } from '../src/dashboard';
import { barriers, drawn, open } from '../src/session';

jest.setTimeout(300_000);

describeInBrowser('somebody who cannot see a chart, or has no mouse', () => {
  let dashboard: Dashboard;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    const app = join(repository, 'apps', 'paebbl-viz');
    const container = join(app, 'container');
    const buckets = ['S3_BUCKET', 'UPLOAD_BUCKET', 'COPY_BUCKET'].flatMap((name) => ['--env', `PAEBBL_${name}=`]);
    const args = ['--app', join(app, 'cdk.out'), '--stack', 'PaebblViz', '--context', container, ...buckets];
    [dashboard, browser] = await Promise.all([
      startDashboard(
        [...args, '--venv', join(container, '.venv'), '--engine', 'process', '--email', 'colleague@paebbl.com'],
        {},
        VIZ_PREVIEW,
      ),
      launchBrowser(),
    ]);
    page = await browser.newPage();
    page.setDefaultTimeout(60_000);
    await open(page, dashboard, '/');
  });
  afterAll(async () => {
    await browser?.close();
    await dashboard?.interrupt();
  });

  test.each([
    [
      '/views/explore',
      /^The chart shows points; Started at from 2024-.+ to 2025-.+; Temperature \(°C\) from [\d.]+ to [\d.]+\.$/,
    ],
    [
      '/views/uptake-over-time',
      /^The chart shows points and lines for basalt, olivine, .+; Started at from 2024-.+; CO₂ uptake .+ from 0 to .+\.$/,
    ],
    ['/views/distribution', /^The chart shows bars.*; .+ from .+ to .+; .+ from 0 to .+\.$/],
    ['/views/operating-window', /^The chart shows .*a heat map.*; .+ from .+ to .+\.$/],
  ])('hears what %s shows', async (path, sentence) => {
    await open(page, dashboard, path);
    await drawn(page);
    const id = await page.locator('#plot').getAttribute('aria-describedby');

    expect(await page.locator(`#${id}`).textContent()).toMatch(sentence);
    expect(await barriers(page)).toEqual([]);
  });

  test('reads exact values with arrow keys', async () => {
    await open(page, dashboard, '/views/explore');
    await drawn(page);
    await page.locator('#plot').focus();
    await page.keyboard.press('ArrowRight');
    const under = page.locator('#under[role=status]');
    await under.filter({ hasText: /row/ }).waitFor();
    const first = await under.textContent();
    await page.keyboard.press('ArrowRight');
    await under.filter({ hasNotText: first ?? '' }).waitFor();

    expect(await under.textContent()).toMatch(/^(One row here|\d+ rows here, the nearest) – Started at: 202\d-.* · /);
    expect(await barriers(page)).toEqual([]);
  });

  test('reads the values of bars, which are no rows', async () => {
    await open(page, dashboard, '/views/distribution');
    await drawn(page);
    await page.locator('#plot').focus();
    await page.keyboard.press('ArrowRight');
    await page.locator('#under').waitFor();

    expect(await page.locator('#under').textContent()).toMatch(/\d/);
  });
});
