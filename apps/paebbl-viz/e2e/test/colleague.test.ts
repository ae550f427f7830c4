import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { describeInBrowser, launchBrowser } from '../src/browser';
import { type Dashboard, startDashboard } from '../src/dashboard';

jest.setTimeout(300_000);

describeInBrowser('a colleague in a browser', () => {
  let dashboard: Dashboard;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  const hosts = new Set<string>();
  const problems: string[] = [];

  beforeAll(async () => {
    [dashboard, browser] = await Promise.all([startDashboard(['--engine', 'process']), launchBrowser()]);
  });
  afterAll(async () => {
    await browser?.close();
    await dashboard?.interrupt();
  });
  beforeEach(async () => {
    context = await browser.newContext();
    page = await context.newPage();
    page.setDefaultTimeout(60_000);
    hosts.clear();
    problems.length = 0;
    page.on('request', (request) => hosts.add(new URL(request.url()).host));
    page.on('pageerror', (error) => problems.push(error.message));
    page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
  });
  afterEach(() => context.close());

  async function signIn(password = dashboard.password) {
    await page.getByLabel('E-mail').fill(dashboard.email);
    await page.getByLabel('Password').fill(password);
    await page.getByRole('button', { name: 'Sign in' }).click();
  }

  /** The first chart that has been drawn with marks in it. */
  const chart = () => page.locator('.js-plotly-plot .main-svg').first();

  /** Opens the first chart page that the home page offers. */
  async function firstView() {
    await page.goto(dashboard.url);
    if (await page.getByLabel('Password').isVisible()) {
      await signIn();
    }
    const href = await page.locator('a[href*="/views/"]').first().getAttribute('href');
    expect(href).toBeTruthy();
    return new URL(href as string, dashboard.url).href;
  }

  test('opens a chart by its link, signs in, and is on that very page', async () => {
    const view = await firstView();
    // A page left open would still ask for its icon, without a session, and the browser would report that.
    await page.goto('about:blank');
    await context.clearCookies();

    await page.goto(`${view}?shared=link`);
    await expect(page.getByLabel('Password').isVisible()).resolves.toBe(true);
    await signIn();
    await page.waitForURL(`${view}?shared=link`);
    await chart().waitFor();

    expect(await page.locator('.js-plotly-plot .xtitle').first().textContent()).toBeTruthy();
    expect(await page.locator('.js-plotly-plot .ytitle').first().textContent()).toBeTruthy();
    expect(await page.locator('body').textContent()).toContain(dashboard.email);
    expect(await page.locator('body').textContent()).toMatch(/synthetic/i);
    expect(problems).toEqual([]);
  });

  test('is told when the password is wrong, and can try again', async () => {
    await page.goto(dashboard.url);
    await signIn('not-the-password');
    await page.getByRole('alert').waitFor();
    expect(await page.getByRole('alert').textContent()).toMatch(/password/i);
    expect(page.url()).not.toBe(`${dashboard.url}/`);

    await signIn();
    await page.waitForURL(`${dashboard.url}/`);
  });

  test('is asked again after signing out', async () => {
    const view = await firstView();
    await page.goto(view);
    await chart().waitFor();
    await page.getByRole('link', { name: 'Sign out' }).click();
    await page.getByRole('link', { name: 'Sign in again' }).waitFor();

    await page.goto(view);
    await page.getByLabel('Password').waitFor();
    expect(await page.locator('.js-plotly-plot').count()).toBe(0);
  });

  test('is asked again when the session is over, and scripts of the page hear 401 instead of a sign-in page', async () => {
    const view = await firstView();
    await page.goto(view);
    await chart().waitFor();
    await context.clearCookies();

    const status = await page.evaluate(`fetch(${JSON.stringify(view)}).then((answer) => answer.status)`);
    expect(status).toBe(401);
    await page.reload();
    await page.getByLabel('Password').waitFor();
  });

  test('reads it on a phone without scrolling sideways', async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    const fits = () => page.evaluate('document.documentElement.scrollWidth <= window.innerWidth');
    await page.goto(dashboard.url);
    expect(await fits()).toBe(true);
    const view = await firstView();
    await page.goto(view);
    await chart().waitFor();
    expect(await fits()).toBe(true);
  });

  test('asks no other host for anything', async () => {
    const view = await firstView();
    await page.goto(view);
    await chart().waitFor();

    expect([...hosts].filter((host) => !/^(localhost|127\.0\.0\.1):\d+$/.test(host))).toEqual([]);
  });
});

describeInBrowser('somebody who does not belong', () => {
  let dashboard: Dashboard;
  let browser: Browser;
  let folder: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'people-'));
    const people = join(folder, 'people.json');
    writeFileSync(people, JSON.stringify([{ email: 'visitor@elsewhere.example' }]));
    [dashboard, browser] = await Promise.all([
      startDashboard(['--engine', 'process', '--users', people]),
      launchBrowser(),
    ]);
  });
  afterAll(async () => {
    await browser?.close();
    await dashboard?.interrupt();
    rmSync(folder, { recursive: true, force: true });
  });

  test('is turned away at the sign-in page, with the right password', async () => {
    const page = await browser.newPage();
    await page.goto(dashboard.url);
    await page.getByLabel('E-mail').fill(dashboard.email);
    await page.getByLabel('Password').fill(dashboard.password);
    await page.getByRole('button', { name: 'Sign in' }).click();

    await page.getByRole('alert').waitFor();
    expect(new URL(page.url()).host).not.toBe(new URL(dashboard.url).host);
    expect(await page.locator('.js-plotly-plot').count()).toBe(0);
  });
});
