import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Problem } from './problem';

const CANDIDATES = ['python3', 'python3.14', 'python3.13', 'python3.12', 'python3.11', 'python', 'py -3'];

/**
 * The command that starts a Python which the app's pyproject.toml accepts.
 *
 * @param app folder of the app
 * @param chosen the one to take, as `PYTHON` in the environment names it
 * @throws Problem when there is none
 */
export function findPython(app: string, chosen = process.env.PYTHON): string[] {
  const wanted = oldestPython(app);
  const seen: string[] = [];
  for (const command of chosen ? [[chosen]] : CANDIDATES.map((candidate) => candidate.split(' '))) {
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
    `Python ${wanted} or newer is needed (${found}): install it from https://www.python.org/downloads, or name yours with PYTHON=/path/to/python3.`,
  );
}

/** Oldest Python of the app, as its pyproject.toml has it. */
export function oldestPython(app: string): string {
  const path = join(app, 'pyproject.toml');
  const wanted = /requires-python\s*=\s*"[^"\d]*(\d+\.\d+)/.exec(readFileSync(path, 'utf8'))?.[1];
  if (!wanted) {
    throw new Problem(`'requires-python' must name the oldest Python in ${path}, e.g. requires-python = ">=3.11".`);
  }
  return wanted;
}

function isAtLeast(version: string, wanted: string): boolean {
  const [have, want] = [version, wanted].map((text) => text.split('.').map(Number));
  return have[0] > want[0] || (have[0] === want[0] && have[1] >= want[1]);
}
