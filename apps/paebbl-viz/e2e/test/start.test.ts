import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { refusedStart, startDashboard } from '../src/dashboard';

jest.setTimeout(300_000);

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'start-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, content: string | Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

/** What every refusal has in common: one sentence, no stack trace, nothing opened. */
async function refusal(args: string[], env?: NodeJS.ProcessEnv) {
  const { exitCode, stdout, stderr } = await refusedStart(args, env);
  expect(exitCode).toBe(2);
  expect(stdout).not.toContain('Ready');
  expect(stderr.trim().split('\n')).toHaveLength(1);
  expect(stderr).not.toMatch(/Traceback|^\s+at /m);
  return stderr;
}

test('a Python that is not there is named, with where to get one', async () => {
  expect(await refusal([], { PYTHON: join(folder, 'no-such-python') })).toMatch(
    /^Python 3\.11 or newer is needed \(found none\): install it from https:\/\/www\.python\.org/,
  );
});

test('an old Python is named with its version', async () => {
  const old = join(folder, 'old-python');
  writeFileSync(old, '#!/bin/sh\necho 3.9.2\n', { mode: 0o755 });

  expect(await refusal([], { PYTHON: old })).toContain(`Python 3.11 or newer is needed (found only: ${old} is 3.9.2)`);
});

test('an unknown option is named, with where the options are listed', async () => {
  expect(await refusal(['--prot', '9'])).toMatch(/--prot.*npm start -- --help/);
});

test.each(['http', '-1', '65536', '80.5'])("the port '%s' is refused with the range of ports", async (port) => {
  expect(await refusal([`--port=${port}`])).toBe(`'--port' must be a number from 0 to 65535, got: ${port}\n`);
});

describe('when somebody else has the port', () => {
  let other: Server;
  beforeAll((done) => {
    other = createServer().listen(0, '127.0.0.1', () => done());
  });
  afterAll((done) => {
    other.close(() => done());
  });

  test('it says so before it installs anything, and which flag chooses another', async () => {
    const { port } = other.address() as { port: number };
    expect(await refusal(['--port', String(port)])).toBe(
      `Port ${port} is taken by another program: choose another one with --port, or --port 0 for any free one.\n`,
    );
  });
});

test('a data file that does not exist is named', async () => {
  expect(await refusal(['--port', '0', '--data', join(folder, 'nowhere.csv')])).toMatch(
    /^'--data' must name a file that exists, got: .*nowhere\.csv/,
  );
});

test.each([
  ['empty', ''],
  ['without a header', '1,2,3\n4,5,6\n'],
  ['not text', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 3, 0xff, 0xfe, 0, 0])],
  ['ragged', 'a,b,c\n1,2,3\n4,5,6,7,8\n'],
])('a data file that is %s is refused before the door opens', async (name, content) => {
  const sentence = await refusal(['--port', '0', '--data', file(`${name}.csv`, content)]);
  expect(sentence).toContain(`${name}.csv`);
});

test('Ctrl-C ends everything that was started', async () => {
  const dashboard = await startDashboard(['--engine', 'process']);
  const answer = await fetch(dashboard.url, { redirect: 'manual' });
  expect(answer.status).toBe(302);

  await dashboard.interrupt();

  // Signal 0 asks whether anything of the group is alive.
  expect(() => process.kill(-dashboard.pid, 0)).toThrow('ESRCH');
  await expect(fetch(dashboard.url, { redirect: 'manual' })).rejects.toThrow();
});

test('any CSV can be looked at', async () => {
  const csv = file('harbour.csv', `when,berth,depth_m\n${'2025-01-01,North,4.2\n'.repeat(30)}`);
  const dashboard = await startDashboard(['--engine', 'process', '--data', csv]);
  try {
    expect((await fetch(dashboard.url, { redirect: 'manual' })).status).toBe(302);
  } finally {
    await dashboard.interrupt();
  }
});
