import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, posix } from 'node:path';
import { parse } from 'node-html-parser';
import type { Browser, Page } from 'playwright-core';
import { describeInBrowser, launchBrowser } from '../../../apps/paebbl-viz/e2e/src/browser';
import { pages } from '../src/pages';
import { translatedPackages } from '../src/translations';
import { read, root } from '../src/tree';

jest.setTimeout(600_000);

const site = join(root, 'docs', 'site');
const dist = join(site, 'dist');

/** Built pages by their addresses. */
const built = new Map<string, ReturnType<typeof parse>>();

beforeAll(() => {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(root, 'node_modules', 'tsx', 'dist', 'cli.mjs'), 'src/main.ts', 'build'],
    {
      cwd: site,
      encoding: 'utf8',
    },
  );
  if (status !== 0) {
    throw new Error(`The site must build:\n${stdout}${stderr}`);
  }
  for (const file of readdirSync(dist, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.html'),
  )) {
    built.set(addressOf(file), parse(readFileSync(join(dist, file), 'utf8')));
  }
});

function addressOf(file: string): string {
  return `/${file.replace(/\.html$/, '').replace(/(^|\/)index$/, '$1')}`;
}

test('every page of the navigation is built, with a title', () => {
  for (const { path } of pages()) {
    const page = built.get(addressOf(path));
    expect([path, page?.querySelector('h1')?.text.trim()]).toEqual([path, expect.stringMatching(/\w/)]);
  }
});

test('no link and no anchor leads to nothing', () => {
  const dead: string[] = [];
  for (const [address, page] of built) {
    for (const link of page.querySelectorAll('.vp-doc a[href], .VPSidebar a[href], .VPNav a[href], .VPHero a[href]')) {
      const href = decodeURI(link.getAttribute('href') ?? '');
      if (/^[a-z]+:/i.test(href)) {
        continue;
      }
      const [path, hash] = href.split('#');
      const target =
        path === ''
          ? address
          : posix.resolve(posix.dirname(`${address}.`), path) + (path.endsWith('/') && path !== '/' ? '/' : '');
      const found = built.get(target) ?? built.get(`${target}/`);
      const there = found ? !hash || found.getElementById(hash) : existsSync(join(dist, target));
      if (!there) {
        dead.push(`${address} -> ${href}`);
      }
    }
  }

  expect(dead).toEqual([]);
});

test('every sample of a construct package is shown in TypeScript, Python, Java, Go and C#', () => {
  for (const workspace of translatedPackages()) {
    const samples = read(`${workspace}/README.md`).match(/^```ts$/gm) ?? [];
    const groups = built.get(`/${workspace}/`)?.querySelectorAll('.vp-code-group') ?? [];
    const titles = groups.map((group) => group.querySelectorAll('label').map(({ text }) => text));

    expect([workspace, titles]).toEqual([workspace, samples.map(() => ['TypeScript', 'Python', 'Java', 'Go', 'C#'])]);
  }
});

describeInBrowser('in a browser', () => {
  let server: Server;
  let browser: Browser;
  let page: Page;
  let origin: string;
  const elsewhere: string[] = [];

  beforeAll(async () => {
    server = createServer((request, response) => {
      const path = decodeURI(new URL(request.url ?? '/', 'http://site').pathname);
      const file = [path, `${path}.html`, posix.join(path, 'index.html')]
        .map((name) => join(dist, posix.normalize(`/${name}`)))
        .find((name) => existsSync(name) && extname(name) !== '');
      const types: Record<string, string> = {
        '.html': 'text/html',
        '.js': 'text/javascript',
        '.css': 'text/css',
        '.png': 'image/png',
      };
      response.writeHead(file ? 200 : 404, {
        'content-type': types[extname(file ?? '')] ?? 'application/octet-stream',
      });
      response.end(file && readFileSync(file));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    browser = await launchBrowser();
    page = await browser.newPage();
    page.setDefaultTimeout(120_000);
    page.on('request', (request) => {
      if (!request.url().startsWith(origin) && !request.url().startsWith('data:')) {
        elsewhere.push(request.url());
      }
    });
  });
  afterAll(async () => {
    await browser?.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  test('a reader finds a page by a word, and nobody else hears of it', async () => {
    await page.goto(`${origin}/get-started`);
    await page.locator('.VPNavBarSearch button').click();
    await page.locator('.VPLocalSearchBox input').fill('released image');
    await page.locator('.VPLocalSearchBox .result').first().waitFor();
    await page.locator('.VPLocalSearchBox .result').first().click();

    await expect(page.locator('.vp-doc h1').first().textContent()).resolves.toMatch(/\w/);
    expect(elsewhere).toEqual([]);
  });

  test('a diagram is drawn, and drawn again for dark mode', async () => {
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.goto(`${origin}/packages/preview/how-it-works`);
    await page.locator('.diagram svg').waitFor();

    await expect(page.evaluate(() => document.documentElement.classList.contains('dark'))).resolves.toBe(true);
    expect(elsewhere).toEqual([]);
  });

  test.each(['/', '/get-started', '/guides/migrate', '/guides/troubleshooting', '/packages/ecs-ec2-service/'])(
    'a phone does not scroll %s sideways',
    async (path) => {
      await page.setViewportSize({ width: 360, height: 740 });
      await page.goto(`${origin}${path}`);
      await page.locator('h1').first().waitFor();

      const wider = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );

      expect(wider).toBeLessThanOrEqual(0);
    },
  );
});
