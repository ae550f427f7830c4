// @ts-check
const { default: Runner } = require('jest-runner');

/**
 * Names of the tests in each file that was run before in this process.
 *
 * @type {Map<string, string[]>}
 */
const namesIn = new Map();

/**
 * Loads no file more than a change needs: the first one in which a test fails is the last one, and one of whose tests none is
 * asked for is left out. Jest itself ends early only where it is called on a command line (jestjs/jest#11766).
 */
module.exports = class ShortRun extends Runner {
  /**
   * @param {import('@jest/test-result').Test[]} tests
   * @param {import('jest-watcher').TestWatcher} watcher
   * @param {import('jest-runner').TestRunnerOptions} options
   */
  async runTests(tests, watcher, options) {
    const { testNamePattern } = this._globalConfig;
    const wanted = new RegExp(testNamePattern ?? '', 'i');
    let failed = false;
    this.on('test-file-success', ([{ path }, { numFailingTests, testExecError, testResults }]) => {
      failed ||= numFailingTests > 0 || testExecError !== undefined;
      if (testResults.length > 0) {
        namesIn.set(
          path,
          testResults.map(({ fullName }) => fullName),
        );
      }
    });
    this.on('test-file-failure', () => {
      failed = true;
    });
    for (const test of tests) {
      if (failed) {
        return;
      }
      if (namesIn.get(test.path)?.some((name) => wanted.test(name)) ?? true) {
        await super.runTests([test], watcher, options);
      }
    }
  }
};
