import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findPython } from './find-python';
import { Problem, step } from './problem';
import { run } from './run';

export const LOCK = 'requirements.lock';
/** The same packages, and those for tests. */
export const DEV_LOCK = 'requirements-dev.lock';

/** Folder of the app's virtual environment. */
export function venvOf(app: string): string {
  return join(app, '.venv');
}

/** A program of the virtual environment. */
export function programOf(app: string, name: string): string {
  return process.platform === 'win32' ? join(venvOf(app), 'Scripts', `${name}.exe`) : join(venvOf(app), 'bin', name);
}

/**
 * Makes the app's virtual environment and installs what its lock file says, each package checked by its hash. Nothing is
 * done when that is there already.
 *
 * @param locks lock files of which one must be installed; if none is, it is the first
 * @throws Problem when there is no lock file, no Python, or a package does not install
 */
export function installPythonPackages(app: string, locks: string[]): void {
  const stamp = join(venvOf(app), '.installed');
  const installed = existsSync(stamp) ? readFileSync(stamp, 'utf8') : '';
  const paths = locks.map((lock) => join(app, lock)).filter(existsSync);
  const [lock] = paths;
  if (!lock) {
    throw new Problem(`'${locks[0]}' must exist in ${app}: write it with "npm run lock".`);
  }
  if (paths.some((path) => hash(path) === installed)) {
    return;
  }
  step('Installing Python packages (once)');
  makeVirtualEnvironment(app);
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--require-hashes', '-r', lock];
  run(programOf(app, 'python'), pip, app);
  writeFileSync(stamp, hash(lock));
}

/** Makes the app's virtual environment, empty, unless it is there. */
export function makeVirtualEnvironment(app: string): void {
  if (existsSync(programOf(app, 'python'))) {
    return;
  }
  const [program, ...args] = findPython(app);
  rmSync(venvOf(app), { recursive: true, force: true });
  const made = spawnSync(program, [...args, '-m', 'venv', venvOf(app)], { encoding: 'utf8' });
  if (made.status !== 0) {
    rmSync(venvOf(app), { recursive: true, force: true });
    const hint = /ensurepip/.test(made.stdout + made.stderr)
      ? "install Debian's and Ubuntu's package python3-venv"
      : made.stderr.trim();
    throw new Problem(`${[program, ...args].join(' ')} could not make a virtual environment: ${hint}.`);
  }
}

function hash(path: string): string {
  return createHash('sha256').update(readFileSync(path)).digest('hex');
}
