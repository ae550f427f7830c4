import { App } from 'aws-cdk-lib/core';
import { cfnLint } from '../../../linters/cfn-lint';
import { build as buildCompany } from './integ.company';
import { build as buildShared } from './integ.shared';
import { build as buildSmallest } from './integ.smallest';

// The first run installs the linter.
jest.setTimeout(180_000);

test.each([
  ['smallest', buildSmallest],
  ['company', buildCompany],
  ['shared', buildShared],
])('CloudFormation has nothing against the scenario %s', (_name, build: (app: App) => unknown) => {
  const app = new App();
  build(app);
  expect(cfnLint(app)).toEqual([]);
});
