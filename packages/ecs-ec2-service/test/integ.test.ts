import { Template } from 'aws-cdk-lib/assertions';
import { App } from 'aws-cdk-lib/core';
import { build as buildCanary } from './integ.canary';
import { build as buildLarge } from './integ.large';
import { build as buildSmallest } from './integ.smallest';

test.each([
  ['smallest', buildSmallest],
  ['large', buildLarge],
  ['canary', buildCanary],
])('the scenario %s synthesizes to what was reviewed', (_name, build) => {
  const template = Template.fromStack(build(new App())).toJSON();
  // What aws-cdk-lib makes of a VPC is its own affair.
  const own = Object.entries(template.Resources as Record<string, { Type: string }>).filter(
    ([id, { Type }]) => id.startsWith('App') && !/VPC|Subnet|Route|Gateway|EIP/.test(Type),
  );
  expect(Object.fromEntries(own)).toMatchSnapshot();
});
