/** `npm run screenshots`: takes the pictures of docs/images anew, from a running dashboard. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { launchBrowser } from './browser';
import { repository, startDashboard } from './dashboard';

const images = join(repository, 'docs', 'images');

async function takeScreenshots() {
  mkdirSync(images, { recursive: true });
  const dashboard = await startDashboard(['--engine', 'process']);
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage({ viewport: { width: 1200, height: 800 } });
    const view = new URL('/views/uptake-over-time', dashboard.url).href;
    await page.goto(view);
    await save(page, 'sign-in');

    await page.getByLabel('E-mail').fill(dashboard.email);
    await page.getByLabel('Password').fill(dashboard.password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await drawn(page);
    await save(page, 'chart');

    await page.setViewportSize({ width: 390, height: 800 });
    await page.goto(new URL('/views/conversion-by-feedstock', dashboard.url).href);
    await drawn(page);
    await save(page, 'chart-on-a-phone');
  } finally {
    await browser.close();
    await dashboard.interrupt();
  }
}

async function drawn(page: Page) {
  await page.locator('.js-plotly-plot .main-svg').first().waitFor();
  // Plotly's last step moves labels; there is no event for the end of it.
  await page.waitForTimeout(1_000);
}

async function save(page: Page, name: string) {
  await page.screenshot({ path: join(images, `${name}.png`) });
  console.log(`docs/images/${name}.png`);
}

void takeScreenshots();
