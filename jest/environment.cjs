// @ts-check
const { TestEnvironment } = require('jest-environment-node');

/** Node.js, with a way to what is loaded once (loaded-once.cjs). */
module.exports = class Environment extends TestEnvironment {
  /**
   * @param {import('@jest/environment').JestEnvironmentConfig} config
   * @param {import('@jest/environment').EnvironmentContext} context
   */
  constructor(config, context) {
    super(config, context);
    this.global.loadedOnce = require;
  }
};
