// @ts-check
/**
 * What must be there before anything can be installed: a Unix, and Node and Python of the versions that the manifests ask for.
 *
 * Plain JavaScript without dependencies, because it runs before `npm ci`, and without new syntax, because it must also
 * explain itself to an old Node.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { Problem } from './say.mjs';

const root = new URL('..', import.meta.url);

/**
 * Fails with a sentence on Windows, whose Python lacks what gunicorn stands on, and when this Node is older than package.json's
 * `engines.node`.
 */
export function requireMachine(running = process.versions.node, platform = process.platform) {
  if (platform === 'win32') {
    throw new Problem(
      'Linux or macOS is needed: on Windows, open this folder in WSL (https://learn.microsoft.com/windows/wsl/install) and run the command again.',
    );
  }
  const manifest = JSON.parse(readFileSync(new URL('package.json', root), 'utf8'));
  const wanted = manifest.engines.node.replace(/[^\d.]/g, '');
  if (!isAtLeast(running, wanted)) {
    throw new Problem(
      `Node ${wanted} or newer is needed, this is ${running}: install it from https://nodejs.org and run the command again.`,
    );
  }
}

/**
 * Finds a Python of the version that the dashboard's pyproject.toml asks for.
 *
 * @returns {string[]} the command that starts it
 */
export function findPython() {
  const pyproject = readFileSync(new URL('apps/paebbl-viz/container/pyproject.toml', root), 'utf8');
  const wanted = /requires-python\s*=\s*"[^"\d]*([\d.]+)/.exec(pyproject)?.[1];
  if (!wanted) {
    throw new Error('pyproject.toml must name the oldest Python in requires-python');
  }
  const candidates = process.env.PYTHON
    ? [[process.env.PYTHON]]
    : [['python3'], ['python3.13'], ['python3.12'], ['python3.11'], ['python']];
  const seen = [];
  for (const command of candidates) {
    const [program, ...args] = command;
    const asked = spawnSync(program, [...args, '-c', 'import platform; print(platform.python_version())'], {
      encoding: 'utf8',
    });
    const version = asked.status === 0 ? asked.stdout.trim() : undefined;
    if (version && isAtLeast(version, wanted)) {
      return command;
    }
    if (version) {
      seen.push(`${command.join(' ')} is ${version}`);
    }
  }
  const found = seen.length > 0 ? `found only: ${seen.join(', ')}` : 'found none';
  throw new Problem(
    `Python ${wanted} or newer is needed (${found}): install it from https://www.python.org/downloads, or name yours with PYTHON=/path/to/python3, and run the command again.`,
  );
}

/**
 * @param {string} version
 * @param {string} wanted
 */
function isAtLeast(version, wanted) {
  const [have, want] = [version, wanted].map((text) => text.split('.').map((part) => Number.parseInt(part, 10)));
  for (let i = 0; i < want.length; i++) {
    if ((have[i] || 0) !== want[i]) {
      return (have[i] || 0) > want[i];
    }
  }
  return true;
}
