// @ts-check
/** Says in a result on what it was measured. */
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { availableParallelism, loadavg, platform, release, totalmem } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const results = fileURLToPath(new URL('results', import.meta.url));
const require = createRequire(import.meta.url);

/**
 * Adds machine and versions to the results that a benchmark has written.
 *
 * @param {string} benchmark
 * @param {number} since when it was started, in milliseconds
 */
export function noteMachine(benchmark, since) {
  for (const file of readdirSync(results).filter((name) => name.endsWith('.json'))) {
    const path = join(results, file);
    const report = JSON.parse(readFileSync(path, 'utf8'));
    // File systems keep times in steps of up to two seconds.
    if (report.benchmark === benchmark && statSync(path).mtimeMs > since - 2000) {
      const { results: rows, ...head } = report;
      const machine = { ...describeMachine(), ...versions() };
      writeFileSync(path, `${JSON.stringify({ ...head, machine, results: rows }, null, 2)}\n`);
    }
  }
}

function describeMachine() {
  return {
    cores: availableParallelism(),
    memoryGB: Math.round(totalmem() / 2 ** 30),
    // Above the number of cores, others were at work, too.
    loadAtEnd: Number(loadavg()[0].toFixed(1)),
    system: `${platform()} ${release().split('.').slice(0, 2).join('.')}`,
  };
}

function versions() {
  const of = (/** @type {string} */ name) => require(`${name}/package.json`).version;
  return { node: process.version, awsCdkLib: of('aws-cdk-lib'), nx: of('nx') };
}
