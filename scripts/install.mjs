// @ts-check
/** Installs what is missing, and nothing when nothing is. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findPython } from './prerequisites.mjs';
import { Problem, step } from './say.mjs';

export const root = fileURLToPath(new URL('..', import.meta.url));
export const container = join(root, 'apps', 'paebbl-viz', 'container');
export const venv = join(container, '.venv');
export const venvPython = join(venv, 'bin', 'python');

/** Installs the Node packages of package-lock.json. */
export function installNodePackages() {
  if (hasLockedNodePackages()) {
    return;
  }
  step('Installing Node packages (once, about a minute)');
  run('npm', ['ci', '--no-audit', '--no-fund']);
}

/** Whether node_modules holds what the lock file says, by npm's own record of what it installed. */
function hasLockedNodePackages() {
  const record = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(record)) {
    return false;
  }
  const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
  const installed = JSON.parse(readFileSync(record, 'utf8')).packages;
  return Object.entries(wanted).every(
    ([path, { version, optional, link }]) =>
      // Workspaces are links, and optional packages may be for other platforms.
      !path.includes('node_modules/') || optional || link || installed[path]?.version === version,
  );
}

/**
 * Makes the dashboard's virtual environment and installs its locked packages, checked by their hashes.
 *
 * @param {{ tests: boolean }} options with `tests`, what the tests need as well
 */
export function installPythonPackages({ tests }) {
  // Whoever names a Python is told at once when it does not fit.
  const named = process.env.PYTHON ? findPython() : undefined;
  const lock = join(container, tests ? 'requirements-test.lock' : 'requirements.lock');
  const stamp = join(venv, '.installed');
  // The larger set contains the smaller one: `npm start` after `npm test` has nothing to do.
  if (!tests && isUnchanged([join(container, 'requirements-test.lock')], stamp)) {
    return;
  }
  whenChanged([lock], stamp, () => {
    // Asked for only now: starting a Python is most of what this function takes when there is nothing to do.
    const python = named ?? findPython();
    step('Installing Python packages (once)');
    if (!existsSync(venvPython)) {
      rmSync(venv, { recursive: true, force: true });
      const [program, ...args] = python;
      const made = spawnSync(program, [...args, '-m', 'venv', venv], { encoding: 'utf8' });
      if (made.status !== 0) {
        rmSync(venv, { recursive: true, force: true });
        const hint = /ensurepip/.test(made.stdout + made.stderr)
          ? "install Debian's and Ubuntu's package python3-venv"
          : made.stderr.trim();
        throw new Problem(
          `${python.join(' ')} could not make a virtual environment: ${hint}, and run the command again.`,
        );
      }
    }
    run(venvPython, ['-m', 'pip', 'install', '--disable-pip-version-check', '--require-hashes', '-r', lock]);
  });
}

/**
 * Runs a command of the repository to its end, its output where the reader sees it.
 *
 * @param {string} program
 * @param {string[]} args
 * @param {import('node:child_process').SpawnSyncOptions} [options]
 */
export function run(program, args, options) {
  const done = spawnSync(program, args, { cwd: root, stdio: 'inherit', ...options });
  if (done.error) {
    throw new Problem(`'${program}' could not be started (${done.error.message}): check that it is installed.`);
  }
  if (done.status !== 0) {
    throw new Problem(`'${[program, ...args].join(' ')}' failed: its own words are above.`, 1);
  }
}

/**
 * @param {string[]} inputs
 * @param {string} stamp
 * @param {() => void} work
 */
function whenChanged(inputs, stamp, work) {
  if (isUnchanged(inputs, stamp)) {
    return;
  }
  work();
  writeFileSync(stamp, hash(inputs));
}

/**
 * @param {string[]} inputs
 * @param {string} stamp
 */
function isUnchanged(inputs, stamp) {
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === hash(inputs);
}

/** @param {string[]} files */
function hash(files) {
  const sum = createHash('sha256');
  for (const file of files) {
    sum.update(readFileSync(file));
  }
  return sum.digest('hex');
}
