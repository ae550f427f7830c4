// @ts-check
/**
 * From a pushed commit to a live app, or to a reason why not: the way the team has gone by hand, that way with care, and ours.
 *
 *   node benchmarks/commit-to-live/run.mjs [--rounds 3] [--way ours]
 *
 * Writes benchmarks/results/commit-to-live.json. It needs root and the engine of `.ci/engine start`.
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const run = (/** @type {string} */ command, /** @type {string[]} */ args) =>
  spawnSync(command, args, { cwd: root, stdio: 'inherit' }).status ?? 1;

// The template that the service's shape is read from, and the tools as they are shipped.
const built = run('npx', ['nx', 'run-many', '-t', 'synth', '-p', 'paebbl-viz-infra']);
const measure = fileURLToPath(new URL('measure.ts', import.meta.url));
process.exitCode = built || run(process.execPath, ['--import', 'tsx', measure, ...process.argv.slice(2)]);
