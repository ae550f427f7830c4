import { existsSync, mkdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { type NewTeam, newTeam } from '../src/new-team-repository';
import { npmStart, type RunningApp } from '../src/new-team-server';
import { Visitor } from '../src/new-team-visitor';
import { run } from '../src/run';
import { sharedRegistry } from '../src/shared-registry/shared-registry';

// Installing a CDK app and a Python app on a small machine. Each step needs the one before, as it does for a new team.
jest.setTimeout(900_000);

const registry = sharedRegistry();
let team: NewTeam;
let app: RunningApp | undefined;

beforeAll(async () => {
  team = await newTeam(registry, 'harvest');
});

afterAll(async () => {
  await app?.stop();
  team?.remove();
});

test('`projen new` in an empty folder commits a repository, with its own lock files and README', async () => {
  const { stdout } = await run('git', ['ls-files'], { cwd: team.repository, env: team.env });
  const files = ['.projenrc.ts', 'README.md', 'package-lock.json', 'app/requirements.lock', 'infra/app-stack.ts'];

  expect(stdout.split('\n')).toEqual(expect.arrayContaining(files));
  expect(readFileSync(join(team.repository, 'README.md'), 'utf8')).not.toContain('{{');
});

test('`npm start` in a fresh clone installs what is missing and opens the front door', async () => {
  app = await npmStart(team.clone, team.env);

  expect(app.url).toMatch(/^http:\/\/localhost:\d+$/);
  expect(app.email).toBe('colleague@example.com');
});

test('what runs is what was published, and nothing of this repository', () => {
  const packages = ['cognito-alb-auth', 'ecr-pipeline', 'ecs-ec2-service', 'preview', 'projen-viz-app', 'slack-notify'];
  for (const name of packages) {
    const folder = join(team.clone, 'node_modules', '@paebbl', name);
    expect(realpathSync(folder)).toBe(join(realpathSync(team.clone), 'node_modules', '@paebbl', name));
    expect(existsSync(join(folder, 'src'))).toBe(false);
  }
});

test('whoever has not signed in is sent to sign in, wherever they want to go', async () => {
  for (const path of ['/', '/healthz', '/some/deep/link?a=b']) {
    const { status, location } = await new Visitor().request(`${app?.url}${path}`);
    expect([path, status]).toEqual([path, 302]);
    expect(new URL(location ?? '').pathname).toBe('/oauth2/authorize');
  }
});

test('a wrong password does not open the page', async () => {
  const visitor = new Visitor();
  const { url } = await visitor.open(`${app?.url}/`);
  const refused = await visitor.open(url, { email: app?.email ?? '', password: 'not this one' });

  expect(refused.text).toContain('id="wrong"');
  expect(refused.text).not.toContain('plotly-graph-div');
});

test('whoever signs in reads the chart, and is asked again after signing out', async () => {
  const visitor = new Visitor();
  const signIn = await visitor.open(`${app?.url}/`);
  expect(signIn.text).toContain('name="password"');
  const page = await visitor.open(signIn.url, { email: app?.email ?? '', password: app?.password ?? '' });

  expect([page.status, page.url]).toEqual([200, `${app?.url}/`]);
  expect(page.text).toContain('plotly-graph-div');
  expect((await visitor.open(`${app?.url}/logout`)).status).toBe(200);
  expect((await visitor.request(`${app?.url}/`)).status).toBe(302);
});

test('Ctrl-C ends everything, without an error', async () => {
  expect([0, 'SIGINT']).toContain(await app?.stop());
  await expect(fetch(`${app?.url}/`)).rejects.toThrow();
});

test('`npm test` passes: the app, its types, and that sign-in is in front', async () => {
  const { stdout } = await run('npm', ['test'], { cwd: team.clone, env: team.env });

  expect(stdout).toMatch(/^\d+ passed/m);
  expect(stdout).toContain('ok 1 - nobody reaches the app who has not signed in');
  expect(stdout).toContain('All tests passed.');
});

test('`npm test` fails when a listener lets strangers in', async () => {
  const restore = changeStack('signInDomainPrefix:', "publicPaths: ['/open/*'],\n      signInDomainPrefix:");
  try {
    await expect(run('npm', ['test'], { cwd: team.clone, env: team.env })).rejects.toThrow(
      /not ok 1 - nobody reaches the app who has not signed in[\s\S]*Failed: the deployment\./,
    );
  } finally {
    restore();
  }
});

test('`npx cdk synth` writes both templates without an account', async () => {
  rmSync(join(team.clone, 'cdk.out'), { recursive: true, force: true });
  await run('npx', ['cdk', 'synth', '--quiet'], { cwd: team.clone, env: team.env });

  for (const stack of ['HarvestPipeline', 'Harvest']) {
    expect(existsSync(join(team.clone, 'cdk.out', `${stack}.template.json`))).toBe(true);
  }
});

test('`npx projen` changes nothing in what was committed', async () => {
  await run('npx', ['projen'], { cwd: team.clone, env: team.env });
  const { stdout } = await run('git', ['status', '--porcelain'], { cwd: team.clone, env: team.env });

  expect(stdout).toBe('');
});

test("a pull request's summary says what it does to the infrastructure", async () => {
  const runner = join(team.clone, '..', 'runner');
  const summary = join(runner, 'summary.md');
  mkdirSync(runner);
  const env = { ...team.env, RUNNER_TEMP: runner, GITHUB_STEP_SUMMARY: summary };
  const synth = (to: string) =>
    run('npx', ['cdk', 'synth', '--quiet', '--output', join(runner, to)], { cwd: team.clone, env });
  await synth('before');
  const restore = changeStack('cpuUnits: 256', 'cpuUnits: 512');
  try {
    await synth('after');
  } finally {
    restore();
  }
  const { jobs } = parse(readFileSync(join(team.clone, '.github', 'workflows', 'pull-request.yml'), 'utf8'));
  const compare = jobs.infrastructure.steps.find(({ name }: { name: string }) => name === 'Compare');
  await run('bash', ['-eo', 'pipefail', '-c', compare.run], { cwd: team.clone, env });

  expect(readFileSync(summary, 'utf8')).toMatch(/## Harvest\n[\s\S]*\[-\] "?256"?\n.*\[\+\] "?512"?/);
});

/** Changes the stack of the app as its team might; the answer takes it back. */
function changeStack(before: string, after: string): () => void {
  const path = join(team.clone, 'infra', 'app-stack.ts');
  const text = readFileSync(path, 'utf8');
  expect(text).toContain(before);
  writeFileSync(path, text.replace(before, after));
  return () => writeFileSync(path, text);
}
