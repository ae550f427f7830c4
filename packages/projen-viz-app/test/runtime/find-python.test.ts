import { join } from 'node:path';
import { Repository } from './repository';

/** Which Python is taken, with several of them on the path. */
let repository: Repository;

function open(requires?: string): void {
  repository = new Repository('requirements.lock', requires);
  repository.playNodePrograms();
}
afterEach(() => repository.remove());

/** Starts the app where `python3` and the others are those that are given, by their names. */
function start(versions: Record<string, string>, env: NodeJS.ProcessEnv = {}) {
  for (const [name, version] of Object.entries(versions)) {
    repository.playPython(version, '', `path/${name}`);
  }
  return repository.vizApp(['start'], { PATH: join(repository.folder, 'path'), PYTHON: undefined, ...env });
}

test('python3 is the first to be asked', () => {
  open();
  start({ python3: '3.11.0', 'python3.14': '3.14.0', python: '3.12.0' });
  expect(repository.calls()[0]).toBe('python3 -m venv ./app/.venv');
});

test('the first that is new enough is taken', () => {
  open();
  start({ python3: '3.9.2', 'python3.12': '3.12.1', 'python3.11': '3.11.1' });
  expect(repository.calls()[0]).toBe('python3.12 -m venv ./app/.venv');
});

test('on Windows the launcher is asked, too', () => {
  open();
  start({ py: '3.13.0' });
  expect(repository.calls()[0]).toBe('py -3 -m venv ./app/.venv');
});

test.each([
  ['3.11.0', '>=3.11', true],
  ['3.9.9', '>=3.11', false],
  ['4.0.0', '>=3.11', true],
  ['2.12.0', '>=3.11', false],
  ['3.12.0', '~= 3.12', true],
  ['3.10.0', '==3.11.*', false],
])('%s for %s: %s', (version, requires, accepted) => {
  open(requires);
  expect(start({ python3: version }).status).toBe(accepted ? 0 : 2);
  expect(repository.has('app/.venv')).toBe(accepted);
});

test('all that are too old are named, with what to do', () => {
  open();
  const { status, stderr } = start({ python3: '3.9.1', python: '2.7.18' });
  expect(status).toBe(2);
  expect(stderr.trim()).toBe(
    'Python 3.11 or newer is needed (found only: python3 is 3.9.1, python is 2.7.18): ' +
      'install it from https://www.python.org/downloads, or name yours with PYTHON=/path/to/python3.',
  );
});

test('none at all is told, too', () => {
  open();
  expect(start({}).stderr).toMatch(/^Python 3\.11 or newer is needed \(found none\): install it from/);
});

test('the one that is named is the only one', () => {
  open();
  const PYTHON = repository.playPython('3.9.1', '', 'mine');
  expect(start({ python3: '3.13.0' }, { PYTHON }).stderr).toContain(`(found only: ${PYTHON} is 3.9.1)`);
});

test('one that breaks is passed over', () => {
  open();
  repository.playPython('', '', 'path/python3');
  repository.write('path/python3', '#!/bin/sh\necho 3.13.0\nexit 1\n');
  start({ 'python3.11': '3.11.4' });
  expect(repository.calls()[0]).toBe('python3.11 -m venv ./app/.venv');
});

test.each([['requires = "3.11"'], ['requires-python = ""'], ['requires-python = ">=3"']])(
  'a pyproject.toml with %s is told what it must name',
  (line) => {
    open();
    const path = repository.write('app/pyproject.toml', `[project]\n${line}\n`);
    const { status, stderr } = start({ python3: '3.13.0' });
    expect(status).toBe(2);
    expect(stderr.trim()).toBe(
      `'requires-python' must name the oldest Python in ${path}, e.g. requires-python = ">=3.11".`,
    );
  },
);
