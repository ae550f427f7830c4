import { App, CfnResource, Stack } from 'aws-cdk-lib/core';
import { cfnLint } from '../../../linters/cfn-lint';
import { build as buildCanary } from './integ.canary';
import { build as buildLarge } from './integ.large';
import { build as buildSmallest } from './integ.smallest';

// The first run installs the linter.
jest.setTimeout(180_000);

test.each([
  ['smallest', buildSmallest],
  ['large', buildLarge],
  ['canary', buildCanary],
])('CloudFormation has nothing against the scenario %s', (_name, build) => {
  const app = new App();
  build(app);
  expect(cfnLint(app)).toEqual([]);
});

test('the linter does find what is wrong', () => {
  const app = new App();
  const properties = { Strategy: 'ROLLING', NoSuchProperty: 1 };
  new CfnResource(new Stack(app, 'Wrong'), 'Service', {
    type: 'AWS::ECS::Service',
    properties: { DeploymentConfiguration: properties },
  });
  expect(cfnLint(app)).toEqual([expect.stringMatching(/^E3002 .*'NoSuchProperty' was unexpected/)]);
});
