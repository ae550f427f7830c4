import { source as axe } from 'axe-core';
import type { Page } from 'playwright-core';
import type { Dashboard } from './dashboard';

/** Opens a path of the dashboard, and signs in if that is asked for. */
export async function open(page: Page, dashboard: Dashboard, path: string): Promise<void> {
  await page.goto(dashboard.url + path);
  if (await page.getByLabel('Password').isVisible()) {
    await page.getByLabel('E-mail').fill(dashboard.email);
    await page.getByLabel('Password').fill(dashboard.password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.waitForURL(dashboard.url + path);
  }
}

/** Resolves when the chart of the page has been drawn and nothing is asked for any more. */
export async function drawn(page: Page): Promise<void> {
  await page.locator('#chart[aria-busy=false] .js-plotly-plot .main-svg').first().waitFor();
}

interface Violation {
  readonly id: string;
  readonly help: string;
  readonly nodes: { readonly html: string }[];
}

/** What axe-core finds wrong with the page as it is now, by all of its rules, one line each. */
export async function barriers(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  // Thousands of marks of a chart are one picture; looking at each takes minutes and says nothing.
  const { violations } = (await page.evaluate("axe.run({ exclude: ['.cartesianlayer'] })")) as {
    violations: Violation[];
  };
  return violations.map(({ id, help, nodes }) => `${id}: ${help}, as in ${nodes[0].html.slice(0, 200)}`);
}
