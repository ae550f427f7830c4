// @ts-check
/**
 * `npm run mutation [-- [--anew] PACKAGE[/PART]...]`: changes the code that runs in one place at a time, and counts how often a test fails.
 *
 * Prints what no test noticed and a table, writes scores.json, and fails below 85 %. Takes hours for everything, so it
 * is run beside CI, not in it.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { packages } from './packages.mjs';
import { reportOf } from './report.mjs';

const GOAL = 85;
const here = fileURLToPath(new URL('.', import.meta.url));
const root = join(here, '..');

const anew = process.argv.includes('--anew');
const wanted = process.argv.slice(2).filter((argument) => argument !== '--anew');
const unknown = wanted.find((name) => !(name in packages));
if (unknown) {
  console.error(`Nothing is mutated in '${unknown}': choose of ${Object.keys(packages).join(', ')}.`);
  process.exit(2);
}

const scoresFile = join(here, 'scores.json');
const readScores = () => JSON.parse(readFileSync(scoresFile, 'utf8'));
for (const name of wanted.length > 0 ? wanted : Object.keys(packages)) {
  console.log(`> ${name}`);
  const stryker = join(root, 'node_modules', '@stryker-mutator', 'core', 'bin', 'stryker.js');
  const { status } = spawnSync(process.execPath, [stryker, 'run', join(here, 'stryker.config.mjs')], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, MUTATION_PART: name, MUTATION_PACKAGE: name.split('/')[0], MUTATION_ANEW: `${anew}` },
  });
  if (status !== 0) {
    console.error(`${name} could not be measured: Stryker's own words are above.`);
    process.exit(1);
  }
  const score = summarize(name);
  // Read again: it takes hours, and somebody may have measured another package meanwhile.
  const all = Object.entries({ ...readScores(), [name]: score }).sort(([a], [b]) => a.localeCompare(b));
  writeFileSync(scoresFile, `${JSON.stringify(Object.fromEntries(all), undefined, 2)}\n`);
}
const scores = readScores();
console.table(scores);
process.exitCode = Object.values(scores).some(({ score }) => score < GOAL) ? 1 : 0;

/** Counts a report's mutants and prints those that no test noticed. @param {string} name */
function summarize(name) {
  const { files } = JSON.parse(readFileSync(join(root, reportOf(name)), 'utf8'));
  const counts = { killed: 0, timeout: 0, survived: 0, notCovered: 0 };
  for (const [file, { mutants, source }] of Object.entries(files)) {
    const lines = source.split('\n');
    for (const { status, mutatorName, replacement, location } of mutants) {
      counts.killed += status === 'Killed' ? 1 : 0;
      counts.timeout += status === 'Timeout' ? 1 : 0;
      counts.survived += status === 'Survived' ? 1 : 0;
      counts.notCovered += status === 'NoCoverage' ? 1 : 0;
      if (status === 'Survived' || status === 'NoCoverage') {
        const { line } = location.start;
        const change = replacement.replace(/\s+/g, ' ').slice(0, 60);
        console.log(`${status} ${file}:${line} ${mutatorName} -> ${change}\n    ${lines[line - 1].trim()}`);
      }
    }
  }
  const noticed = counts.killed + counts.timeout;
  const all = noticed + counts.survived + counts.notCovered;
  return { score: Math.round((1000 * noticed) / all) / 10, ...counts };
}
