const loadedOnce = require('./jest/loaded-once.cjs');

// The first synth of each process loads a validator of 9 MB (up to 3 s, 500 MB). Tests synthesize often and check the
// template themselves; `npm run synth` and deployments validate as usual.
process.env.CDK_VALIDATION = 'false';

/** Shared by every package's jest.config.json. swc does not check types: the `typecheck` target does. */
module.exports = {
  testEnvironment: require.resolve('./jest/environment.cjs'),
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  transform: {
    [loadedOnce.pattern]: require.resolve('./jest/loaded-once.cjs'),
    '^.+\\.[tj]sx?$': ['@swc/jest', { jsc: { target: 'es2022', parser: { syntax: 'typescript' } } }],
  },
  transformIgnorePatterns: [loadedOnce.others],
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/lib/', '<rootDir>/cdk.out/'],
  // Not a measure of speed: only the end of a test that hangs, on a machine that does many things at once.
  testTimeout: 120_000,
};
