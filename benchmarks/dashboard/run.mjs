// @ts-check
/** Makes the peers' virtual environment and starts run.py in it, with the options that it was given. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installNodePackages, installPythonPackages } from '../../scripts/install.mjs';
import { findPython } from '../../scripts/prerequisites.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
const python = join(here, '.venv', 'bin', 'python');

installNodePackages();
installPythonPackages({ tests: false });
if (!existsSync(python)) {
  const [program, ...args] = findPython();
  run(program, [...args, '-m', 'venv', join(here, '.venv')]);
}
run(python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', join(here, 'requirements.txt')]);
run(python, [join(here, 'run.py'), ...process.argv.slice(2)]);

/**
 * @param {string} program
 * @param {string[]} args
 */
function run(program, args) {
  const { status } = spawnSync(program, args, { cwd: here, stdio: 'inherit' });
  if (status !== 0) {
    process.exit(status ?? 1);
  }
}
