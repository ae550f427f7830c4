// @ts-check
/**
 * Cold start to message sent, bytes of the function, and a burst of 1,000 events: see README.md.
 *
 *   npm run bench -- slack [--rounds N] [--bursts N]
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const measure = fileURLToPath(new URL('measure.ts', import.meta.url));
const { status } = spawnSync(process.execPath, ['--import', 'tsx', measure, ...process.argv.slice(2)], {
  stdio: 'inherit',
});
process.exitCode = status ?? 1;
