import { cfnLint } from '../../../linters/cfn-lint';
import { build as buildEverything } from './integ.everything';
import { build as buildSmallest } from './integ.smallest';

// The first run installs the linter.
jest.setTimeout(180_000);

test.each([
  ['smallest', buildSmallest],
  ['everything', buildEverything],
])('CloudFormation has nothing against the scenario %s', (_name, build) => {
  expect(cfnLint(build())).toEqual([]);
});
