// @ts-check
/** Adds up what every package's test target left behind: jest's JSON and pytest's JUnit XML. */
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { DOMParser } from '@xmldom/xmldom';

/** @typedef {{ jest: string, pytest: string, workspace: string }} Results where a package's tests leave their results */
/** @typedef {{ workspace: string, name: string, reason: string }} Failure a test that failed, and the first line of why */
/** @typedef {{ passed: number, skipped: number, failures: Failure[] }} Counted */

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
 * @returns {Counted & { missing: string[] }} `missing` has a sentence for each package whose tests left no result
 */
export function countTests(root) {
  const sum = { passed: 0, skipped: 0, failures: /** @type {Failure[]} */ ([]), missing: /** @type {string[]} */ ([]) };
  for (const { jest, pytest, workspace } of resultsOf(root)) {
    if (!existsSync(jest) && !existsSync(pytest)) {
      sum.missing.push(`No test results in ${workspace}: its tests did not get to their end.`);
      continue;
    }
    const counted = existsSync(jest) ? countJest(jest, workspace) : countPytest(pytest, workspace);
    sum.passed += counted.passed;
    sum.skipped += counted.skipped;
    sum.failures.push(...counted.failures);
  }
  return sum;
}

/**
 * @param {string} path
 * @param {string} workspace
 * @returns {Counted}
 */
function countJest(path, workspace) {
  const results = readJson(path);
  /** @type {Failure[]} */
  const failures = [];
  for (const { name: file, status, message, assertionResults } of results.testResults) {
    const failed = assertionResults.filter((/** @type {{ status: string }} */ test) => test.status === 'failed');
    for (const { fullName, failureMessages } of failed) {
      failures.push({ workspace, name: fullName, reason: firstLine(failureMessages[0]) });
    }
    // It could not be loaded, or what comes after all of its tests failed.
    if (status === 'failed' && failed.length === 0) {
      failures.push({ workspace, name: file, reason: firstLine(message) });
    }
  }
  return { passed: results.numPassedTests, skipped: results.numPendingTests, failures };
}

/**
 * @param {string} path
 * @param {string} workspace
 * @returns {Counted}
 */
function countPytest(path, workspace) {
  const counted = { passed: 0, skipped: 0, failures: /** @type {Failure[]} */ ([]) };
  const document = new DOMParser().parseFromString(readFileSync(path, 'utf8'), 'text/xml');
  for (const test of document.getElementsByTagName('testcase')) {
    const [wrong] = [...test.getElementsByTagName('failure'), ...test.getElementsByTagName('error')];
    if (wrong) {
      const name = `${test.getAttribute('classname')}.${test.getAttribute('name')}`;
      counted.failures.push({ workspace, name, reason: firstLine(wrong.getAttribute('message')) });
    } else if (test.getElementsByTagName('skipped').length > 0) {
      counted.skipped += 1;
    } else {
      counted.passed += 1;
    }
  }
  return counted;
}

/** @param {string | null | undefined} text */
function firstLine(text) {
  const lines = stripVTControlCharacters(text ?? '').split('\n');
  return lines.map((line) => line.trim()).find((line) => line !== '') ?? 'without a reason';
}

/** @param {string} path */
function readJson(path) {
  return JSON.parse(readFileSync(path, 'utf8'));
}
