// @ts-check
/**
 * Libraries that a process loads once for all its test files. Jest loads every module anew for every file: `aws-cdk-lib` takes
 * longer than most files' tests.
 *
 * Tests share these libraries' own state with each other. So a library is in here only if it keeps none that a test could see.
 */
const LIBRARIES = ['aws-cdk-lib', 'cdk-nag', 'constructs'];

const names = LIBRARIES.join('|');

/** Jest's transformer of such a file: Node.js loads it, outside of the tests' own world (environment.cjs). */
module.exports = {
  /** Which files, for `transform` in jest's configuration. */
  pattern: `/node_modules/(${names})/.*\\.c?js$`,
  /** All other libraries, for `transformIgnorePatterns`. */
  others: `/node_modules/(?!(${names})/)`,
  /** @param {string} _source @param {string} file */
  process: (_source, file) => ({ code: `module.exports = loadedOnce(${JSON.stringify(file)});` }),
};
