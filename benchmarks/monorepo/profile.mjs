// @ts-check
/** Which tasks of nx a run spent its time with. */
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const NAMED = 5;

/**
 * Runs nx as `npm test` does for all but the tests of the whole, and names its slowest tasks with their seconds.
 *
 * @param {string} clone
 * @param {(program: string, args: string[], env: NodeJS.ProcessEnv) => unknown} run
 * @param {string[]} leftOut projects
 * @returns {string} `project:target 12 s`, separated by commas; tasks run two at a time, so their sum is more than the run
 */
export function slowestTasks(clone, run, leftOut) {
  const nx = join(clone, 'node_modules', 'nx', 'dist', 'bin', 'nx.js');
  // From the root of the clone.
  const profile = join('.nx', 'profile.json');
  const targets = ['-t', 'lint', 'typecheck', 'test', ...leftOut.flatMap((name) => ['--exclude', name])];
  run(process.execPath, [nx, 'run-many', '--output-style=static', ...targets], { NX_PROFILE: profile });
  const file = join(clone, profile);
  /** @type {{ ph: string; name: string; dur: number; args: { status: string } }[]} */
  const events = JSON.parse(readFileSync(file, 'utf8'));
  rmSync(file);
  return events
    .filter(({ ph, args }) => ph === 'X' && args.status === 'success')
    .sort((a, b) => b.dur - a.dur)
    .slice(0, NAMED)
    .map(({ name, dur }) => `${name} ${Math.round(dur / 1e6)} s`)
    .join(', ');
}
