import { oldestPython } from './find-python';
import { step } from './problem';
import { run } from './run';
import type { Settings } from './settings';
import { DEV_LOCK, installPythonPackages, LOCK, programOf } from './virtual-environment';

/**
 * Writes both lock files from pyproject.toml: for every platform and every Python that the app runs on, with hashes.
 *
 * @param flags of `uv pip compile`, e.g. `--upgrade`
 */
export function lock({ app }: Settings, flags: readonly string[]): void {
  // uv is one of the packages for tests: the new lock files are written with the one of the old.
  installPythonPackages(app, [DEV_LOCK]);
  step('Locking Python packages');
  const compile = ['pip', 'compile', '--quiet', '--universal', '--python-version', oldestPython(app)];
  const write = (output: string, more: string[]) =>
    run(programOf(app, 'uv'), [...compile, '--generate-hashes', ...more, 'pyproject.toml', '-o', output], app);
  write(LOCK, [...flags]);
  write(DEV_LOCK, ['--extra', 'dev', '-c', LOCK, ...flags]);
  installPythonPackages(app, [DEV_LOCK]);
}
