// @ts-check
/** Runs run.ts beside this file: see there. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const script = fileURLToPath(new URL('run.ts', import.meta.url));
process.exitCode = spawnSync(process.execPath, ['--import', 'tsx', script], { stdio: 'inherit' }).status ?? 1;
