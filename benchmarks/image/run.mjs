// @ts-check
/**
 * Size, build, bytes pushed and start of the dashboard's image, beside the Dockerfile that it replaces.
 *
 *   node benchmarks/image/run.mjs
 *
 * Writes benchmarks/results/image.json. It needs a Docker engine (`.ci/engine start`).
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const measure = fileURLToPath(new URL('measure.ts', import.meta.url));
const { status } = spawnSync(process.execPath, ['--import', 'tsx', measure, ...process.argv.slice(2)], {
  stdio: 'inherit',
});
process.exitCode = status ?? 1;
