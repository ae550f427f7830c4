import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { runModule } from './run-module';

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'count-tests-'));
  write('package.json', { workspaces: ['apps/chart', 'apps/table', 'docs'], scripts: { test: 'jest' } });
  write('apps/chart/package.json', { scripts: { test: 'pytest' } });
  write('apps/table/package.json', { scripts: { test: 'jest' } });
  write('docs/package.json', {});
  write('test-results.json', jest({ passed: 3 }));
  write('apps/table/test-results.json', jest({ passed: 2 }));
  write('apps/chart/test-results.xml', pytest('<testcase classname="tests.test_a" name="test_it" />'));
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

function write(file: string, content: object | string) {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), typeof content === 'string' ? content : JSON.stringify(content));
}

function jest({ passed = 0, pending = 0, testResults = [] as object[] }) {
  return { numPassedTests: passed, numPendingTests: pending, testResults };
}

function pytest(testcases: string) {
  return `<?xml version="1.0" encoding="utf-8"?><testsuites><testsuite name="pytest">${testcases}</testsuite></testsuites>`;
}

function counted() {
  const program = `
    import { countTests } from ${JSON.stringify(join(__dirname, 'count-tests.mjs'))};
    console.log(JSON.stringify(countTests(${JSON.stringify(root)})));
  `;
  const { stdout, stderr } = runModule(program);
  expect(stderr).toBe('');
  return JSON.parse(stdout);
}

test('all that passed is added up, and a workspace without tests is not missed', () => {
  expect(counted()).toEqual({ passed: 6, skipped: 0, failures: [], missing: [] });
});

test('a test that failed is named, with the first line of why, without colours', () => {
  write(
    'apps/table/test-results.json',
    jest({
      passed: 1,
      pending: 2,
      testResults: [
        {
          name: '/r/a.test.ts',
          status: 'failed',
          message: 'all of it',
          assertionResults: [
            { status: 'passed', fullName: 'adds', failureMessages: [] },
            { status: 'failed', fullName: 'sorts', failureMessages: ['\u001b[31m\nError: not sorted\n    at here'] },
          ],
        },
      ],
    }),
  );
  expect(counted()).toMatchObject({
    passed: 5,
    skipped: 2,
    failures: [{ workspace: 'apps/table', name: 'sorts', reason: 'Error: not sorted' }],
  });
});

test('a file of tests that could not be run is a failure', () => {
  const file = { name: '/r/a.test.ts', status: 'failed', message: 'Cannot find module x\n at y', assertionResults: [] };
  write('test-results.json', jest({ testResults: [file] }));
  expect(counted().failures).toEqual([{ workspace: '.', name: '/r/a.test.ts', reason: 'Cannot find module x' }]);
});

test('a file of which no test failed but what comes after them is a failure', () => {
  const assertionResults = [{ status: 'passed', fullName: 'adds', failureMessages: [] }];
  const file = { name: '/r/a.test.ts', status: 'failed', message: '\n\n  ● after all\n', assertionResults };
  write('test-results.json', jest({ passed: 1, testResults: [file] }));
  expect(counted()).toMatchObject({
    passed: 4,
    failures: [{ workspace: '.', name: '/r/a.test.ts', reason: '● after all' }],
  });
});

test('Python tests that failed, could not begin or were skipped are told apart', () => {
  write(
    'apps/chart/test-results.xml',
    pytest(`
      <testcase classname="tests.test_a" name="test_fine"/>
      <testcase classname="tests.test_a" name="test_wrong"><failure message="assert 1 &lt; 0&#10;more">text</failure></testcase>
      <testcase classname="tests.test_a" name="test_early"><error message="fixture 'x' not found">text</error></testcase>
      <testcase classname="tests.test_a" name="test_later"><skipped message="later"/></testcase>`),
  );
  expect(counted()).toMatchObject({
    passed: 6,
    skipped: 1,
    failures: [
      { workspace: 'apps/chart', name: 'tests.test_a.test_wrong', reason: 'assert 1 < 0' },
      { workspace: 'apps/chart', name: 'tests.test_a.test_early', reason: "fixture 'x' not found" },
    ],
  });
});

test('a package whose tests left nothing is said to be missing', () => {
  rmSync(join(root, 'apps/table/test-results.json'));
  expect(counted().missing).toEqual(['No test results in apps/table: its tests did not get to their end.']);
});
