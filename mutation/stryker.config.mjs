// @ts-check
/**
 * How Stryker changes one package's code and which tests must notice: started by run.mjs, one package, or one of its parts, at a time.
 *
 * The whole tree is copied to a sandbox, because a package's jest configuration and TypeScript settings lie at the root.
 */
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { oneFileEach } from './one-file.mjs';
import { packages } from './packages.mjs';
import { rememberedIn, reportOf } from './report.mjs';

const part = process.env.MUTATION_PART ?? '';
const { mutate, tests, libraries = [], constants = false, started = false } = packages[part];
const [name] = part.split('/');
const jest = createRequire(import.meta.url)(`../packages/${name}/jest.config.json`);

const config = {
  ...jest,
  preset: './jest.preset.js',
  rootDir: '.',
  // Jest looks through these folders for every mutant.
  roots: [`<rootDir>/packages/${name}`],
  moduleNameMapper: oneFileEach(libraries),
  testEnvironment: fileURLToPath(new URL('first-failure-ends.cjs', import.meta.url)),
  runner: fileURLToPath(new URL('short-run.cjs', import.meta.url)),
  testSequencer: '<rootDir>/mutation/quick-first.cjs',
  testMatch: tests.map((pattern) => `<rootDir>/packages/${name}/${pattern}`),
};

/** Tests that call the code. @type {import('@stryker-mutator/api/core').PartialStrykerOptions} */
const called = {
  testRunner: 'jest',
  jest: { projectType: 'custom', config, enableFindRelatedTests: false },
  coverageAnalysis: 'perTest',
};

/** Tests that start it: Stryker names the change in the environment, which processes hand on. @type {typeof called} */
const runAsProcess = {
  testRunner: 'command',
  buildCommand: `npm run build --workspace packages/${name}`,
  commandRunner: { command: `npx jest --bail --runInBand --config '${JSON.stringify(config)}'` },
};

/** @type {import('@stryker-mutator/api/core').PartialStrykerOptions} */
export default {
  plugins: ['@stryker-mutator/jest-runner'],
  ...(started ? runAsProcess : called),
  mutate: mutate.map((pattern) => `packages/${name}/${pattern}`),
  // A constant is read when its module is loaded, which no test can be named for: each change of one runs all tests.
  ignoreStatic: !constants,
  concurrency: Number(process.env.MUTATION_CONCURRENCY) || undefined,
  // Of a test that never ends because its loop never does. Generous, since mutants compete for the processors.
  timeoutMS: 10_000,
  timeoutFactor: 2,
  tempDirName: '.stryker-tmp',
  cleanTempDir: 'always',
  ignorePatterns: [
    '/.nx',
    '/docs',
    '/benchmarks',
    '/apps',
    '/consumers',
    '/mutation/reports',
    'cdk.out',
    'dist',
    '.venv',
  ],
  // What was noticed by a test that is still the same is not asked for again. Of a process nobody knows which tests started it.
  incremental: !started,
  incrementalFile: rememberedIn(part),
  force: process.env.MUTATION_ANEW === 'true',
  reporters: ['json', 'progress-append-only'],
  jsonReporter: { fileName: reportOf(part) },
};
