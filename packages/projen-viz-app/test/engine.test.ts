import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describeWithEngine, docker } from '../../../apps/paebbl-viz/e2e/src/engine';
import { buildImage } from '../../../apps/paebbl-viz/e2e/src/engine-image';
import { inspect, startTask } from '../../../apps/paebbl-viz/e2e/src/engine-task';
import { AppServer, Framework } from '../src';
import { sampleOf, samplePath } from '../src/viz-app/samples';
import { generate, generateVizApp } from './sample';

jest.setTimeout(900_000);

const lockOf = (framework: Framework) => readFileSync(samplePath(framework, 'requirements.lock'), 'utf8');

/** An app without a framework: which scheme the visitor came by is what it answers. */
const ASGI = `
async def app(scope, receive, send):
    if scope["type"] == "http":
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": scope["scheme"].encode()})
`;
const WSGI = `
def app(environ, start_response):
    start_response("200 OK", [("content-type", "text/plain")])
    return [b"http"]
`;

const apps: [name: string, make: () => string, healthCheckPath: string, onPage: RegExp][] = [
  ...Object.values(Framework).map((framework): (typeof apps)[number] => [
    `the sample of ${framework}`,
    () => join(generateVizApp({ framework }).outdir, 'app'),
    sampleOf(framework).healthCheckPath,
    /<!doctype html>/i,
  ]),
  // The lock files of the samples hold these two servers as well.
  [
    'an ASGI app',
    () =>
      generate(
        { server: AppServer.asgi('app:app') },
        { 'app.py': ASGI, 'requirements.lock': lockOf(Framework.STREAMLIT) },
      ).outdir,
    '/healthz',
    /^https$/,
  ],
  [
    'a WSGI app',
    () => generate({}, { 'app.py': WSGI, 'requirements.lock': lockOf(Framework.FLASK) }).outdir,
    '/healthz',
    /^http$/,
  ],
];

describeWithEngine('the image of', (engine) => {
  test.each(apps)('%s runs as ECS would run it, and stops when it is told to', async (name, make, check, page) => {
    const image = `viz-app-test:${name.replaceAll(' ', '-').toLowerCase()}`;
    await buildImage(engine, image, make());
    const task = await startTask(engine, image, { healthCheckPath: check });
    try {
      await task.healthy();
      // As a load balancer asks, behind which the visitor uses HTTPS.
      const answer = await fetch(`${task.url}/`, { headers: { 'x-forwarded-proto': 'https' } });
      expect(answer.status).toBe(200);
      expect(await answer.text()).toMatch(page);
      expect((await docker(engine, 'exec', task.id, 'id', '-u')).stdout.trim()).toBe('10001');
      while ((await inspect(engine, task.id, '{{.State.Health.Status}}')) === 'starting') {
        await sleep(500);
      }
      expect(await inspect(engine, task.id, '{{.State.Health.Status}}')).toBe('healthy');

      const begin = Date.now();
      // 143 is what a program ends with that leaves SIGTERM to Python.
      expect([0, 143]).toContain(await task.stop());
      expect(Date.now() - begin).toBeLessThan(25_000);
    } finally {
      await task.remove();
      await docker(engine, 'rmi', '--force', image);
    }
  });
});
