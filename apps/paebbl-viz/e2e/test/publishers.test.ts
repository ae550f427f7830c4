import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { describeInBrowser, launchBrowser } from '../src/browser';
import type { Dashboard } from '../src/dashboard';
import { startDashboardFor } from '../src/dashboard-for';
import { open } from '../src/session';

jest.setTimeout(300_000);

const people = [
  { email: 'scientist@paebbl.com', password: 'scientist-of-charts', groups: ['scientists'] },
  { email: 'reader@paebbl.com', password: 'reader-of-charts', groups: ['viewers'] },
];

describeInBrowser('a dashboard whose publishers are a group', () => {
  let folder: string;
  let dashboard: Dashboard;
  let browser: Browser;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'publishers-'));
    const environment = {
      PAEBBL_S3_BUCKET: '',
      PAEBBL_COPY_BUCKET: '',
      PAEBBL_UPLOAD_BUCKET: 'drop',
      PAEBBL_PUBLISHERS: 'group:Scientists',
      PAEBBL_ALB_KEYS_URL: '{publicKeysUrl}',
      PAEBBL_OIDC_KEYS_URL: '{jwksUrl}',
      PAEBBL_STATE_DIR: join(folder, 'state'),
    };
    [dashboard, browser] = await Promise.all([startDashboardFor({ folder, people, environment }), launchBrowser()]);
  });
  afterAll(async () => {
    await browser?.close();
    await dashboard?.interrupt();
    rmSync(folder, { recursive: true, force: true });
  });

  /** What somebody sees who asks for a preview that is not there, which only publishers are told. */
  async function previewOf({ email, password }: (typeof people)[number]) {
    const context = await browser.newContext();
    const page = await context.newPage();
    page.setDefaultTimeout(60_000);
    await open(page, { ...dashboard, email, password }, '/table');
    const answer = await page.goto(`${dashboard.url}/?version=0123456789abcdef-1`);
    const seen = { status: answer?.status(), text: (await page.locator('main').textContent()) ?? '' };
    await context.close();
    return seen;
  }

  test('knows somebody in the group by the access token of the user pool', async () => {
    expect(await previewOf(people[0])).toEqual({
      status: 400,
      text: expect.stringContaining('This preview is no longer there'),
    });
  });

  test('tells somebody in another group that they may not upload', async () => {
    expect(await previewOf(people[1])).toEqual({
      status: 403,
      text: expect.stringContaining('reader@paebbl.com may not upload.'),
    });
  });
});
