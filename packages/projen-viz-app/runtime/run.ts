import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { Problem } from './problem';

/**
 * Runs a program to its end, its output where the reader sees it.
 *
 * @throws Problem when it fails
 */
export function run(program: string, args: readonly string[], cwd: string): void {
  const status = statusOf(program, args, cwd);
  if (status !== 0) {
    throw new Problem(`'${[program, ...args].join(' ')}' failed: its own words are above.`, 1);
  }
}

/** Runs a program to its end, and answers its exit code. */
export function statusOf(program: string, args: readonly string[], cwd: string): number {
  const done = spawnSync(program, args, { cwd, stdio: 'inherit' });
  if (done.error) {
    throw new Problem(`'${program}' could not be started (${done.error.message}): check that it is installed.`);
  }
  return done.status ?? 1;
}

/** Path of a script below the repository's node_modules. */
export function nodeModule(root: string, ...path: string[]): string {
  return join(root, 'node_modules', ...path);
}
