// @ts-check
/** Adds up what every package's test target left behind: jest's JSON and pytest's JUnit XML. */
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** @typedef {{ jest: string, pytest: string, workspace: string }} Results where a package's tests leave their results */

/**
 * @param {string} root
 * @returns {Results[]}
 */
function resultsOf(root) {
  const { workspaces } = readJson(join(root, 'package.json'));
  return ['.', ...workspaces]
    .filter((/** @type {string} */ workspace) => readJson(join(root, workspace, 'package.json')).scripts?.test)
    .map((/** @type {string} */ workspace) => ({
      workspace,
      jest: join(root, workspace, 'test-results.json'),
      pytest: join(root, workspace, 'test-results.xml'),
    }));
}

/** @param {string} root */
export function forgetResults(root) {
  for (const { jest, pytest } of resultsOf(root)) {
    rmSync(jest, { force: true });
    rmSync(pytest, { force: true });
  }
}

/**
 * @param {string} root
 * @returns {{ passed: number, failed: number, skipped: number, missing: string[] }} `missing` has a sentence for each package whose tests left no result
 */
export function countTests(root) {
  const sum = { passed: 0, failed: 0, skipped: 0, missing: /** @type {string[]} */ ([]) };
  for (const { jest, pytest, workspace } of resultsOf(root)) {
    if (existsSync(jest)) {
      const results = readJson(jest);
      sum.passed += results.numPassedTests;
      sum.failed += results.numFailedTests + results.numRuntimeErrorTestSuites;
      sum.skipped += results.numPendingTests;
    } else if (existsSync(pytest)) {
      const [, attributes] = /<testsuite\b([^>]*)>/.exec(readFileSync(pytest, 'utf8')) ?? [];
      const count = (/** @type {string} */ name) =>
        Number(new RegExp(`\\b${name}="(\\d+)"`).exec(attributes ?? '')?.[1] ?? 0);
      const failed = count('failures') + count('errors');
      sum.failed += failed;
      sum.skipped += count('skipped');
      sum.passed += count('tests') - failed - count('skipped');
    } else {
      sum.missing.push(`No test results in ${workspace}: its tests did not get to their end.`);
    }
  }
  return sum;
}

/** @param {string} path */
function readJson(path) {
  return JSON.parse(readFileSync(path, 'utf8'));
}
