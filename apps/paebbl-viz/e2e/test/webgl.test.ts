import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext } from 'playwright-core';
import { describeInBrowser, launchBrowser } from '../src/browser';
import { type Dashboard, repository, startDashboard, VIZ_PREVIEW } from '../src/dashboard';
import { open } from '../src/session';

jest.setTimeout(300_000);

const app = join(repository, 'apps', 'paebbl-viz');
/** What a data scientist writes; each needs the full plotting bundle, and most of them WebGL. */
const views = {
  scattergl: `points = np.arange(50_000)
    return px.line(x=points, y=np.sin(points) * points, markers=True, render_mode="webgl")`,
  splom: 'return px.scatter_matrix(frame, dimensions=["temperature_c", "pressure_bar", "conversion_pct"])',
  parcoords: 'return px.parallel_coordinates(frame, dimensions=["temperature_c", "pressure_bar", "conversion_pct"])',
  scatterpolargl: `points = np.arange(2_000)
    return px.scatter_polar(r=points, theta=points, render_mode="webgl")`,
  scattergeo: 'return px.scatter_geo(lat=[59.9, 52.4], lon=[10.7, 4.9], scope="europe")',
  choropleth: 'return px.choropleth(locations=["NOR", "NLD"], color=[1, 2])',
};

describeInBrowser("a data scientist's figure that the small bundle cannot draw", () => {
  let folder: string;
  let dashboard: Dashboard;
  let browser: Browser;
  let context: BrowserContext;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'views-'));
    for (const [name, body] of Object.entries(views)) {
      writeFileSync(
        join(folder, `${name}.py`),
        `import numpy as np\nimport plotly.express as px\n\n\ndef ${name}(frame):\n    ${body}\n`,
      );
    }
    const container = join(app, 'container');
    const buckets = ['S3_BUCKET', 'UPLOAD_BUCKET', 'COPY_BUCKET'].flatMap((name) => ['--env', `PAEBBL_${name}=`]);
    const args = ['--app', join(app, 'cdk.out'), '--stack', 'PaebblViz', '--context', container];
    [dashboard, browser] = await Promise.all([
      startDashboard(
        [
          ...args,
          ...['--venv', join(container, '.venv'), '--engine', 'process', '--email', 'colleague@paebbl.com'],
          ...[...buckets, '--env', `PAEBBL_VIEWS_DIR=${folder}`],
        ],
        {},
        VIZ_PREVIEW,
      ),
      launchBrowser(),
    ]);
    context = await browser.newContext();
  });
  afterAll(async () => {
    await browser?.close();
    await dashboard?.interrupt();
    rmSync(folder, { recursive: true, force: true });
  });

  test.each(Object.keys(views))('%s is drawn, without anything that the security policy forbids', async (name) => {
    const page = await context.newPage();
    page.setDefaultTimeout(60_000);
    const problems: string[] = [];
    const hosts = new Set<string>();
    page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
    page.on('pageerror', (error) => problems.push(error.message));
    page.on('request', (request) => hosts.add(new URL(request.url()).host));
    await open(page, dashboard, '/table');
    hosts.clear();
    await page.goto(`${dashboard.url}/views/${name}`);
    await page.locator('#chart[aria-busy=false] .js-plotly-plot .main-svg').first().waitFor();
    await page.locator('#state').waitFor({ state: 'hidden' });
    const plot = (await page.evaluate(
      `(() => { const plot = document.getElementById('plot'); return { types: plot._fullData.map((trace) => trace.type), land: plot.querySelectorAll('.geo path').length, canvases: plot.querySelectorAll('canvas').length  } })()`,
    )) as { types: string[]; land: number; canvases: number };
    await page.close();

    expect(problems).toEqual([]);
    expect(new Set(plot.types)).toEqual(new Set([name]));
    expect([...hosts].filter(Boolean)).toEqual([new URL(dashboard.url).host]);
    // Maps are lines of land; all others are drawn on a canvas.
    expect(/geo|choropleth/.test(name) ? plot.land : plot.canvases).toBeGreaterThan(0);
  });
});
