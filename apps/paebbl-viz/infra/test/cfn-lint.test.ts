import { cfnLint } from '../../../../linters/cfn-lint';
import { makeApp } from '../app';

// The first run installs the linter.
jest.setTimeout(180_000);

test('CloudFormation has nothing against either stack', () => {
  expect(cfnLint(makeApp())).toEqual([]);
});
