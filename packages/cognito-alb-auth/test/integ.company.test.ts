import { App } from 'aws-cdk-lib/core';
import { build } from './integ.company';
import { ownResources } from './own-resources';

test('the scenario synthesizes to what was reviewed', () => {
  expect(ownResources(build(new App()))).toMatchSnapshot();
});
