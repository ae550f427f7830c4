import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const command = join(__dirname, '..', '..', 'assets', 'bin', 'viz-app.js');
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'viz-app-command-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function vizApp(args: string[], env: NodeJS.ProcessEnv = {}): SpawnSyncReturns<string> {
  return spawnSync(process.execPath, [command, ...args], {
    cwd: folder,
    env: { ...process.env, ...env },
    encoding: 'utf8',
  });
}

/** A repository with an app that has no packages at all: quick to install. */
function repository(lock = 'requirements.lock', requires = '>=3.11'): void {
  const vizApp = { app: 'app', stack: 'Viz', email: 'a@example.com' };
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ vizApp }));
  mkdirSync(join(folder, 'app'));
  writeFileSync(join(folder, 'app', 'pyproject.toml'), `[project]\nrequires-python = "${requires}"\n`);
  writeFileSync(join(folder, 'app', lock), '');
}

/** A Python that is of another version than it is. */
function python(version: string): NodeJS.ProcessEnv {
  const path = join(folder, 'python');
  writeFileSync(path, `#!/bin/sh\necho ${version}\n`);
  chmodSync(path, 0o755);
  return { PYTHON: path };
}

test('--help teaches by example', () => {
  const { status, stdout } = vizApp(['--help']);
  expect(status).toBe(0);
  expect(stdout).toContain('npm start -- --port 9000');
});

test.each([
  ['no command', []],
  ['an unknown command', ['deploy']],
])('%s ends with 2', (_name, args) => {
  repository();
  expect(vizApp(args).status).toBe(2);
});

test('an unknown command is named, with those that there are', () => {
  repository();
  expect(vizApp(['deploy']).stderr.trim()).toBe("'command' must be start, test, lock or python, got: deploy");
});

test('a folder that is no repository of VizApp is said to be none', () => {
  const { status, stderr } = vizApp(['start']);
  expect(status).toBe(2);
  expect(stderr).toContain(`'vizApp' must be in ${join(folder, 'package.json')}: run "npx projen"`);
});

test('a missing lock file is told with the command that writes it', () => {
  repository('other.lock');
  const { status, stderr } = vizApp(['start']);
  expect(status).toBe(2);
  expect(stderr).toMatch(/^'requirements\.lock' must exist in .*: write it with "npm run lock"\.$/m);
});

test('a Python that is too old is told with what to do', () => {
  repository();
  const { status, stderr } = vizApp(['start'], python('3.9.1'));
  expect(status).toBe(2);
  expect(stderr).toMatch(/^Python 3\.11 or newer is needed \(found only: .*python is 3\.9\.1\): install it from/m);
  expect(existsSync(join(folder, 'app', '.venv'))).toBe(false);
});

test("the app's Python is the one of its virtual environment, made when it is missing", () => {
  repository('requirements-dev.lock');
  const script = 'import sys; print(sys.prefix)';
  expect(vizApp(['python', '-c', script]).stdout).toContain(join('app', '.venv'));
  const again = vizApp(['python', '-c', script]);
  expect(again.stdout).not.toContain('Installing');
  expect(vizApp(['python', '-c', 'raise SystemExit(3)']).status).toBe(3);
});

test('a package whose hash is another one is not installed', () => {
  repository('requirements-dev.lock');
  writeFileSync(join(folder, 'app', 'requirements-dev.lock'), `six==1.17.0 --hash=sha256:${'0'.repeat(64)}\n`);
  const { status, stderr } = vizApp(['python', '-V']);
  expect(status).toBe(1);
  expect(stderr).toMatch(/DO NOT MATCH|failed: its own words are above/);
});

test('`lock` writes both lock files, also the first ones', () => {
  repository('none.lock');
  const project = ['[project]', 'name = "a"', 'version = "0"', 'requires-python = ">=3.11"', 'dependencies = ["six"]'];
  const lines = [...project, '[project.optional-dependencies]', 'dev = []', ''];
  writeFileSync(join(folder, 'app', 'pyproject.toml'), lines.join('\n'));

  expect(vizApp(['lock']).status).toBe(0);
  for (const lock of ['requirements.lock', 'requirements-dev.lock']) {
    expect(readFileSync(join(folder, 'app', lock), 'utf8')).toMatch(/^six==[\d.]+ \\\n +--hash=sha256:[0-9a-f]{64}/m);
  }
});
