// @ts-check
/**
 * Time and size of a cold `npm install` of each package, beside other packages for the CDK: see README.md.
 *
 *   npm run bench -- install [--rounds N]
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const measure = fileURLToPath(new URL('measure.ts', import.meta.url));
const { status } = spawnSync(process.execPath, ['--import', 'tsx', measure, ...process.argv.slice(2)], {
  stdio: 'inherit',
});
process.exitCode = status ?? 1;
