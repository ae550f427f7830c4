import { Repository } from './repository';

/** With a real Python, pip and uv; what every command runs, and in which order, is asked for in the other tests. */
let repository: Repository;

function open(...args: ConstructorParameters<typeof Repository>): void {
  repository = new Repository(...args);
}
afterEach(() => repository.remove());

test("the app's Python is the one of its virtual environment, made when it is missing", () => {
  open('requirements-dev.lock');
  const script = 'import sys; print(sys.prefix)';
  expect(repository.vizApp(['python', '-c', script]).stdout).toContain('app/.venv');
  const again = repository.vizApp(['python', '-c', script]);
  expect(again.stdout).not.toContain('Installing');
  expect(repository.vizApp(['python', '-c', 'raise SystemExit(3)']).status).toBe(3);
});

test('a package whose hash is another one is not installed', () => {
  open('requirements-dev.lock');
  repository.write('app/requirements-dev.lock', `six==1.17.0 --hash=sha256:${'0'.repeat(64)}\n`);
  const { status, stderr } = repository.vizApp(['python', '-V']);
  expect(status).toBe(1);
  expect(stderr).toMatch(/DO NOT MATCH|failed: its own words are above/);
});

test('`lock` writes both lock files, also the first ones', () => {
  open('none.lock');
  const project = ['[project]', 'name = "a"', 'version = "0"', 'requires-python = ">=3.11"', 'dependencies = ["six"]'];
  const lines = [...project, '[project.optional-dependencies]', 'dev = []', ''];
  repository.write('app/pyproject.toml', lines.join('\n'));

  expect(repository.vizApp(['lock']).status).toBe(0);
  for (const lock of ['requirements.lock', 'requirements-dev.lock']) {
    expect(repository.read(`app/${lock}`)).toMatch(/^six==[\d.]+ \\\n +--hash=sha256:[0-9a-f]{64}/m);
  }
});
