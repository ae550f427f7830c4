// @ts-check
/**
 * How long `npm test` takes in a fresh clone: the first time, again without a change, and after one file was touched.
 *
 *   npm run bench -- monorepo            everything; the first run is as long as all tests are
 *   npm run bench -- monorepo --quick    without the tests of the whole (browser, container, other languages)
 *
 * The clone is of the last commit and lives in a temporary folder; nothing of the working tree is touched.
 */
import { spawnSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { slowestTasks } from './profile.mjs';

const REPEATS = 3;
const root = fileURLToPath(new URL('../..', import.meta.url));
const quick = process.argv.includes('--quick');
const folder = mkdtempSync(join(tmpdir(), 'monorepo-'));
const clone = join(folder, 'clone');
/** The tests of the whole, which nothing that is touched here starts again. */
const WHOLE = 'paebbl-viz-e2e';
// Without results of theirs, `npm test` counts each of them as failed.
const leftOut = quick ? [WHOLE, 'paebbl-consumers'] : [];
// Once each: nx takes a list behind a second flag for one name.
const filter = quick ? ['--', ...leftOut.flatMap((name) => ['--exclude', name])] : [];

/** What is touched, and what must run again because of it. */
const touched = {
  'a test of a package without dependents': 'packages/alb-identity-python/tests/test_settings.py',
  'a test of a construct': 'packages/ecr-pipeline/test/validate-props.test.ts',
  'a source of a library': 'packages/alb-identity/src/index.ts',
  'a source of a construct': 'packages/ecr-pipeline/src/validation.ts',
};

/** @param {string} program @param {string[]} args @param {NodeJS.ProcessEnv} [more] */
function run(program, args, cwd = clone, more = {}) {
  const started = process.hrtime.bigint();
  // A clone that is tested inside a task of nx must not take itself for a part of that task.
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(NX_|npm_)/.test(name)));
  Object.assign(env, more);
  const { status, stdout, stderr } = spawnSync(program, args, { cwd, env, encoding: 'utf8', maxBuffer: 2 ** 28 });
  const seconds = Number(process.hrtime.bigint() - started) / 1e9;
  return { status, seconds, output: `${stdout}${stderr}` };
}

/** @param {string} name @param {() => void} [before] */
function test(name, before, repeats = 1) {
  const runs = Array.from({ length: repeats }, () => {
    before?.();
    return run('npm', ['test', ...filter]);
  });
  const last = runs[runs.length - 1];
  const seconds = runs.map((one) => one.seconds).sort((a, b) => a - b);
  console.error(`${name}: ${seconds[Math.floor(repeats / 2)].toFixed(1)} s`);
  // npm has its own words after the verdict; a linter that failed is in none of the counts.
  const verdicts = [...last.output.matchAll(/^\d+ passed, (\d+) failed/gm)];
  if (verdicts.at(-1)?.[1] !== String(leftOut.length) || last.output.includes('Failed tasks:')) {
    console.error(`npm test failed in the clone: ${last.output.split('\n').slice(-15).join('\n')}`);
    process.exitCode = 1;
  }
  return {
    name,
    seconds: Number(seconds[Math.floor(repeats / 2)].toFixed(1)),
    spread: { lowest: Number(seconds[0].toFixed(2)), highest: Number(seconds[repeats - 1].toFixed(2)) },
  };
}

try {
  run('git', ['clone', '--quiet', root, clone], folder);
  const results = [
    test(quick ? 'cold, without the tests of the whole' : 'cold, with everything to be installed'),
    test('nothing changed', undefined, REPEATS),
    ...Object.entries(touched).map(([what, file]) => {
      const touch = () =>
        appendFileSync(join(clone, file), file.endsWith('.py') ? '\n\n# touched\n' : '\n// touched\n');
      const row = test(`${what} touched`, touch);
      // Once more, because measuring what each task takes is not what people do.
      touch();
      const slowest = slowestTasks(
        clone,
        (program, args, env) => run(program, args, clone, env),
        quick ? leftOut : [WHOLE],
      );
      return { ...row, slowestTasks: slowest };
    }),
  ];
  const report = {
    benchmark: 'monorepo',
    what: `seconds of npm test in a fresh clone${quick ? ', without the browser, container and language tests' : ''}: medians of ${REPEATS} where nothing changed, else one run`,
    results,
  };
  writeFileSync(join(root, 'benchmarks', 'results', 'monorepo.json'), `${JSON.stringify(report, null, 2)}\n`);
  console.table(results.map(({ spread, ...row }) => row));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
