// @ts-check
const { readFileSync, statSync } = require('node:fs');
const { default: Sequencer } = require('@jest/test-sequencer');

/** What starts servers, processes or whole rollouts. */
const SLOW = /from '[^']*(harness|helpers\/preview|world|run-cli|lambda|stage|server)[^']*'/;

/**
 * Tests that only call a function run before those that start something: most changes are noticed by one of them, and then
 * nothing else runs.
 */
module.exports = class QuickFirst extends Sequencer {
  /** @param {import('@jest/test-result').Test[]} tests */
  sort(tests) {
    const weight = (/** @type {import('@jest/test-result').Test} */ { path }) =>
      statSync(path).size + (SLOW.test(readFileSync(path, 'utf8')) ? 1_000_000 : 0);
    return [...tests].sort((a, b) => weight(a) - weight(b));
  }
};
