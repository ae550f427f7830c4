// @ts-check
/** `node scripts/python.mjs ARGS...`: the dashboard's own Python, wherever the command was started. */
import { spawnSync } from 'node:child_process';
import { installPythonPackages, venvPython } from './install.mjs';
import { requireMachine } from './prerequisites.mjs';
import { runMain } from './say.mjs';

await runMain(async () => {
  requireMachine();
  installPythonPackages({ tests: true });
  return spawnSync(venvPython, process.argv.slice(2), { stdio: 'inherit' }).status ?? 1;
});
