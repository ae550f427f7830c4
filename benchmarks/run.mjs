// @ts-check
/**
 * `npm run bench`: every benchmark, one after the other; `npm run bench -- NAME [OPTIONS]`: one of them.
 *
 * A benchmark is a folder with a run.mjs that prints a table and writes results/<name>.json (a peer measured beside ours,
 * in the same run). docs/benchmarks.md is written from all of these.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installNodePackages, root, run } from '../scripts/install.mjs';
import { runMain, step } from '../scripts/say.mjs';
import { noteMachine } from './machine.mjs';
import { writePage } from './write-page.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
const names = readdirSync(here).filter((name) => existsSync(join(here, name, 'run.mjs')));
const [wanted, ...options] = process.argv.slice(2);

if (wanted && !names.includes(wanted)) {
  console.error(`There is no benchmark '${wanted}': choose one of ${names.join(', ')}.`);
  process.exit(2);
}

// A fresh clone has nothing yet. What is built already is not built again.
await runMain(async () => {
  installNodePackages();
  step('Building');
  const nx = join(root, 'node_modules', 'nx', 'dist', 'bin', 'nx.js');
  run(process.execPath, [nx, 'run-many', '-t', 'build', 'synth']);
});
if (process.exitCode) {
  process.exit();
}

let failed = 0;
const chosen = wanted ? [wanted] : names;
for (const [index, name] of chosen.entries()) {
  console.log(`> ${name} (${index + 1} of ${chosen.length})`);
  const started = Date.now();
  const { status } = spawnSync(process.execPath, [join(here, name, 'run.mjs'), ...options], { stdio: 'inherit' });
  if (status === 0) {
    noteMachine(name, started);
  } else {
    failed++;
    console.error(`${name} failed: its own words are above.`);
  }
}
writePage();
process.exitCode = failed > 0 ? 1 : 0;
