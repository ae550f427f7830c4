import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { oldestPython } from './find-python';
import { step } from './problem';
import { run } from './run';
import type { Settings } from './settings';
import { DEV_LOCK, installPythonPackages, LOCK, makeVirtualEnvironment, programOf } from './virtual-environment';

/**
 * Writes both lock files from pyproject.toml: for every platform and every Python that the app runs on, with hashes.
 *
 * @param flags of `uv pip compile`, e.g. `--upgrade`
 */
export function lock({ app }: Settings, flags: readonly string[]): void {
  installUv(app);
  step('Locking Python packages');
  const compile = ['pip', 'compile', '--quiet', '--universal', '--python-version', oldestPython(app)];
  const write = (output: string, more: string[]) =>
    run(programOf(app, 'uv'), [...compile, '--generate-hashes', ...more, 'pyproject.toml', '-o', output], app);
  write(LOCK, [...flags]);
  write(DEV_LOCK, ['--extra', 'dev', '-c', LOCK, ...flags]);
  installPythonPackages(app, [DEV_LOCK]);
}

/** uv is one of the packages for tests. The first lock file of an app is written by the newest one. */
function installUv(app: string): void {
  if (existsSync(programOf(app, 'uv'))) {
    return;
  }
  if (existsSync(join(app, DEV_LOCK))) {
    installPythonPackages(app, [DEV_LOCK]);
  }
  if (!existsSync(programOf(app, 'uv'))) {
    makeVirtualEnvironment(app);
    run(programOf(app, 'python'), ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', 'uv'], app);
  }
}
