import { spawnSync } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CommandError, run } from '../src/run';
import { root } from '../src/workspace';

const main = ['--import', 'tsx', 'scripts/release/main.ts', 'audit'];

/** What this machine's registry says of the packages as they are. */
const today = spawnSync(process.execPath, main, { cwd: root, encoding: 'utf8' });
const cannotTell = today.stderr.includes("npm's registry cannot tell");
if (cannotTell) {
  console.warn(today.stderr.trim());
}

(cannotTell ? test.skip : test)('users of the packages run nothing that has a known vulnerability', () => {
  expect([today.status, today.stderr]).toEqual([0, '']);
});

describe('with a registry that', () => {
  let server: Server;
  let answer: { status: number; body: object };

  beforeAll(async () => {
    server = createServer((request, response) => {
      const { status, body } = request.method === 'POST' ? answer : { status: 404, body: {} };
      request.resume().on('end', () => {
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });

  afterAll(() => new Promise((resolve) => server.close(resolve)));

  async function audit() {
    const { port } = server.address() as AddressInfo;
    const env = { ...process.env, npm_config_registry: `http://127.0.0.1:${port}/`, npm_config_fetch_retries: '0' };
    const outcome = await run(process.execPath, main, { cwd: root, env }).catch((error) => error);
    return outcome instanceof CommandError ? outcome.output : outcome;
  }

  const advisory = (name: string) => ({
    [name]: [
      { id: 1, url: 'https://example.com/1', title: 'Known', severity: 'high', vulnerable_versions: '*', cwe: [] },
    ],
  });

  test('knows of a vulnerability in a bundled package, the audit fails and says who ships it', async () => {
    answer = { status: 200, body: advisory('koa-compose') };
    expect(await audit()).toMatch(
      /^koa-compose \S+, which @paebbl\/preview ships, has a known vulnerability \(high\): Known\. https:\/\/example\.com\/1$/m,
    );
  });

  test('knows of a vulnerability in a package that is installed with one of ours, the audit fails', async () => {
    answer = { status: 200, body: advisory('aws-jwt-verify') };
    expect(await audit()).toMatch(/^aws-jwt-verify \S+, which @paebbl\/alb-identity ships/m);
  });

  test('knows of one in a tool that only tests use, the audit passes', async () => {
    answer = { status: 200, body: advisory('jest') };
    expect(await audit()).toMatchObject({ stdout: 'No known vulnerability in what users of the packages run.\n' });
  });

  test('cannot tell, the audit fails with a sentence', async () => {
    answer = { status: 405, body: {} };
    expect(await audit()).toMatch(
      /^npm's registry cannot tell of known vulnerabilities: 405 .*\. Ask one that can\.$/m,
    );
  });
});
