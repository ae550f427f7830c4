import { cfnLint } from '../../../linters/cfn-lint';
import { makeApp } from './integ.team-dashboard';

// The first run installs the linter.
jest.setTimeout(180_000);

test('CloudFormation has nothing against the scenario team-dashboard', () => {
  expect(cfnLint(makeApp())).toEqual([]);
});
