import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { APP, ASSEMBLY } from '../helpers/assembly';

const COMMAND = join(__dirname, '..', '..', 'assets', 'bin', 'viz-preview.js');
const REQUIRED = ['--app', ASSEMBLY, '--stack', 'FixtureViz', '--context', APP, '--engine', 'process'];

interface Run {
  readonly child: ChildProcess;
  readonly output: () => { stdout: string; stderr: string };
  readonly ended: Promise<number | null>;
  /** Waits until standard output matches. */
  readonly says: (pattern: RegExp) => Promise<RegExpExecArray>;
}

const runs: Run[] = [];
afterEach(async () => {
  for (const { child, ended } of runs.splice(0)) {
    child.kill('SIGKILL');
    await ended;
  }
});

function run(args: string[], env: Record<string, string> = {}): Run {
  const child = spawn(process.execPath, [COMMAND, ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk) => (stdout += chunk));
  child.stderr.on('data', (chunk) => (stderr += chunk));
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const says = async (pattern: RegExp) => {
    for (;;) {
      const match = pattern.exec(stdout);
      if (match) {
        return match;
      }
      if (child.exitCode !== null) {
        throw new Error(`ended with ${child.exitCode}: ${stderr}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };
  const started = { child, ended, says, output: () => ({ stdout, stderr }) };
  runs.push(started);
  return started;
}

/** Until a condition holds; the test's own timeout is the limit. */
async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) {
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

const answers = (port: string | number) =>
  fetch(`http://127.0.0.1:${port}/healthz`).then(
    () => true,
    () => false,
  );

test('it says where the app is and how to sign in, each on a line of its own', async () => {
  const { says, child, ended } = run([...REQUIRED, '--port', '0', '--email', 'eve@example.com'], {
    VIZ_PREVIEW_PASSWORD: 'chosen',
  });
  await says(/^Ready: http:\/\/localhost:\d+$/m);
  await says(/^Sign in: eve@example\.com \/ chosen$/m);
  child.kill('SIGTERM');
  expect(await ended).toBe(0);
});

test('the password is another one in every start', async () => {
  const both = [run([...REQUIRED, '--port', '0']), run([...REQUIRED, '--port', '0'])];
  const [one, two] = await Promise.all(both.map(({ says }) => says(/^Sign in: .* \/ (\S{12})$/m)));
  expect(one[1]).not.toBe(two[1]);
});

test('for programs it writes one JSON object a line', async () => {
  const { says } = run([...REQUIRED, '--port', '0', '--json']);
  const [line] = await says(/^\{"event":"ready".*\}$/m);
  expect(JSON.parse(line)).toMatchObject({ event: 'ready', users: [{ email: 'colleague@example.com' }] });
});

test('a taken port is one sentence with the next step, and no app is started', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as { port: number };
  const { ended, output } = run([...REQUIRED, '--port', String(port)]);
  expect(await ended).toBe(5);
  expect(output().stderr).toContain(
    `viz-preview: Port ${port} is taken by another program. Choose another one with --port, or 0 for any free one.`,
  );
  expect(output().stderr).not.toContain('[app]');
  other.close();
});

test('a template that it does not understand is a refusal with a code of its own', async () => {
  const { ended, output } = run([...REQUIRED.slice(0, 3), 'FixturePipeline', ...REQUIRED.slice(4)]);
  expect(await ended).toBe(3);
  expect(output().stderr).toContain('the stack must have one HTTPS listener');
});

test('a stack that is not there is answered with those that are', async () => {
  const { ended, output } = run([...REQUIRED.slice(0, 3), 'Nothing', ...REQUIRED.slice(4)]);
  expect(await ended).toBe(2);
  expect(output().stderr).toContain('It has: FixturePipeline, FixtureViz.');
});

test('an app that dies at the start is told with its last lines', async () => {
  const { ended, output } = run([...REQUIRED.slice(0, 5), join(ASSEMBLY), '--engine', 'process', '--port', '0']);
  expect(await ended).toBe(4);
  expect(output().stderr).toMatch(
    /The app ended with exit code 1\. It never passed the health check \/healthz\. Its last lines:/,
  );
  expect(output().stderr).toContain('Cannot find module');
});

test.each(['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGKILL'] as const)(
  'after %s nothing of the app is left',
  async (signal) => {
    const { says, child, ended, output } = run([...REQUIRED, '--port', '0']);
    await says(/^Ready/m);
    const appPort = /listening on 127\.0\.0\.1:(\d+)/.exec(output().stderr)?.[1] as string;
    expect(await answers(appPort)).toBe(true);
    child.kill(signal);
    expect(await ended).toBe(signal === 'SIGKILL' ? null : 0);
    await until(async () => !(await answers(appPort)));
  },
);

test('--help teaches by example', async () => {
  const { ended, output } = run(['--help']);
  expect(await ended).toBe(0);
  expect(output().stdout).toContain('viz-preview --app cdk.out --stack MyViz --context container');
});
