import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { makeApp } from '../../infra/app';
import { describeInBrowser, launchBrowser } from '../src/browser';
import type { Dashboard } from '../src/dashboard';
import { startDashboardFor } from '../src/dashboard-for';

jest.setTimeout(300_000);

const people = [
  { email: 'reader@paebbl.com', password: 'reader-of-charts', groups: ['viewers'] },
  { email: 'other@paebbl.com', password: 'other-colleague' },
];

// The dashboard as it is, but for one property: who may come in.
jest.mock('@paebbl/cognito-alb-auth', () => {
  const real = jest.requireActual<typeof import('@paebbl/cognito-alb-auth')>('@paebbl/cognito-alb-auth');
  class ForViewers extends real.CognitoAlbAuth {
    constructor(...[scope, id, props]: ConstructorParameters<typeof real.CognitoAlbAuth>) {
      super(scope, id, { ...props, allow: { ...props.allow, groups: ['viewers'] } });
    }
  }
  return { ...real, CognitoAlbAuth: ForViewers };
});

function synthesizedForViewers(folder: string): string {
  process.env.CDK_VALIDATION = 'false';
  const { directory } = makeApp({ outdir: join(folder, 'cdk.out') }).synth();
  return directory;
}

describeInBrowser('a dashboard that is open to one group', () => {
  let folder: string;
  let dashboard: Dashboard;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'groups-'));
    [dashboard, browser] = await Promise.all([
      startDashboardFor({
        folder,
        people,
        assembly: synthesizedForViewers(folder),
        environment: { PAEBBL_S3_BUCKET: '', PAEBBL_UPLOAD_BUCKET: '', PAEBBL_COPY_BUCKET: '' },
      }),
      launchBrowser(),
    ]);
  });
  afterAll(async () => {
    await browser?.close();
    await dashboard?.interrupt();
    rmSync(folder, { recursive: true, force: true });
  });

  async function signIn({ email, password }: (typeof people)[number]) {
    page = await browser.newPage();
    page.setDefaultTimeout(60_000);
    await page.goto(`${dashboard.url}/table`);
    await page.getByLabel('E-mail').fill(email);
    await page.getByLabel('Password').fill(password);
    await page.getByRole('button', { name: 'Sign in' }).click();
  }

  test('opens for somebody in the group', async () => {
    await signIn(people[0]);
    await page.waitForURL(`${dashboard.url}/table`);
    expect(await page.locator('table').count()).toBeGreaterThan(0);
  });

  test('tells somebody without the group that it is not for them, and shows nothing', async () => {
    await signIn(people[1]);
    await page.getByRole('heading', { name: /not for you/i }).waitFor();
    expect(await page.locator('table').count()).toBe(0);
    await page.goto(`${dashboard.url}/table`);
    expect(await page.locator('table').count()).toBe(0);
  });
});
