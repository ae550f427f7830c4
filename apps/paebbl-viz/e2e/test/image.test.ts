import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describeWithEngine, docker } from '../src/engine';
import { buildImage } from '../src/engine-image';
import { inspect, startTask, type Task } from '../src/engine-task';

jest.setTimeout(900_000);

describeWithEngine('the image of the dashboard', (engine) => {
  const image = 'paebbl-viz:image-test';
  const tasks: Task[] = [];
  const start: (...args: [Parameters<typeof startTask>[2]?]) => Promise<Task> = async (options) => {
    const task = await startTask(engine, image, options);
    tasks.push(task);
    return task;
  };

  beforeAll(() => buildImage(engine, image));
  afterAll(async () => {
    for (const task of tasks) {
      await task.remove();
    }
  });

  test('runs read-only, without rights and within the memory of its task, and answers', async () => {
    const task = await start();
    await task.healthy();

    expect(await (await fetch(`${task.url}/`)).text()).toContain('<main');
    expect((await docker(engine, 'exec', task.id, 'id', '-u')).stdout.trim()).toBe('10001');
    await expect(docker(engine, 'exec', task.id, 'touch', '/app/x')).rejects.toThrow('Read-only file system');
    expect(await inspect(engine, task.id, '{{.State.OOMKilled}} {{.HostConfig.Memory}}')).toBe('false 536870912');
  });

  test("its own health check agrees, with Docker's eyes", async () => {
    const task = await start();
    await task.healthy();
    for (let state = ''; state !== 'healthy'; await sleep(500)) {
      state = await inspect(engine, task.id, '{{.State.Health.Status}}');
      expect(['starting', 'healthy']).toContain(state);
    }
  });

  test('holds no compiler, no pip of its own, no caches, and nothing of the folder but the app', async () => {
    const { stdout } = await docker(
      engine,
      'run',
      '--rm',
      '--entrypoint=sh',
      image,
      '-c',
      'ls -a /app; ls /opt/venv/bin; ls /root/.cache /tmp; command -v gcc cc make; true',
    );
    expect(stdout.split('\n').slice(2, 5)).toEqual(['data', 'gunicorn.conf.py', 'paebbl_viz']);
    expect(stdout).not.toMatch(/^(tests|\.env|\.git|pip3?|.*\/(gcc|cc|make))$/m);
    expect(await inspect(engine, image, '{{json .Config.Env}}')).not.toMatch(/secret|cert|pip\.conf|index/i);
    expect((await docker(engine, 'history', '--no-trunc', image)).stdout).not.toMatch(/index-url|BEGIN CERTIFICATE/);
  });

  test('its packages are compiled, so that a start with a read-only file system compiles nothing', async () => {
    const count = async (expression: string) =>
      Number(
        (
          await docker(
            engine,
            'run',
            '--rm',
            '--entrypoint=sh',
            image,
            '-c',
            `find /opt/venv /app -name '${expression}' | wc -l`,
          )
        ).stdout,
      );
    expect(await count('*.pyc')).toBeGreaterThan(0.95 * (await count('*.py')));
  });

  test('its packages come without their own tests, and what they offer for tests of others still works', async () => {
    const script = `find /opt/venv -name 'test_*.py' -path '*/tests/*' | wc -l
      python -c 'import numpy.testing, pandas.testing, polars.testing; print("imported")'`;
    const { stdout } = await docker(engine, 'run', '--rm', '--entrypoint=sh', image, '-c', script);
    expect(stdout.trim().split('\n')).toEqual(['0', 'imported']);
  });

  test('the same source makes the same layers', async () => {
    const again = `${image}-again`;
    await buildImage(engine, again, undefined, '--no-cache');
    const layers = '{{json .RootFS.Layers}}';
    expect(await inspect(engine, again, layers)).toBe(await inspect(engine, image, layers));
  });

  test('on SIGTERM a request in flight is answered to its end, and the container is gone within its grace period', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'big-'));
    const rows = 400_000;
    const line = '1700000000,reactor-17,basalt,42.125,0.000123456789,some text that makes the row longer\n';
    writeFileSync(join(folder, 'big.csv'), `time,reactor,feedstock,temperature_c,uptake,note\n${line.repeat(rows)}`, {
      mode: 0o644,
    });
    try {
      const task = await start({
        volumes: [`${folder}/big.csv:/data/big.csv:ro`],
        environment: { PAEBBL_DATA_FILE: '/data/big.csv' },
      });
      await task.healthy();
      const download = await slowDownload(`${task.url}/download.csv`);
      const begin = Date.now();
      const stopped = task.stop();
      await sleep(2_000);
      const received = await download.rest();
      const code = await stopped;

      expect(received.complete).toBe(true);
      expect(received.lines).toBe(rows + 1);
      expect(code).toBe(0);
      expect(Date.now() - begin).toBeLessThan(30_000);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

/** A download that has begun and is not read on, until it is. */
async function slowDownload(url: string) {
  const response = await new Promise<import('node:http').IncomingMessage>((resolve, reject) => {
    get(url, { agent: false }, resolve).on('error', reject);
  });
  response.pause();
  return {
    async rest() {
      let lines = 0;
      for await (const chunk of response) {
        for (const byte of chunk as Buffer) {
          lines += byte === 10 ? 1 : 0;
        }
      }
      return { lines, complete: response.complete };
    },
  };
}
