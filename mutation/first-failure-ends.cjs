// @ts-check
const Environment = require('../jest/environment.cjs');

/** One failed test is enough to notice a change: the rest of its file is left out. Jest itself ends after files only. */
module.exports = class FirstFailureEnds extends Environment {
  failed = false;

  /** @param {import('@jest/types').Circus.Event} event */
  handleTestEvent = async (event) => {
    if (event.name === 'test_fn_failure' || event.name === 'hook_failure') {
      this.failed = true;
    } else if (event.name === 'test_start' && this.failed) {
      event.test.mode = 'skip';
    }
  };
};
