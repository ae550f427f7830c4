import { App } from 'aws-cdk-lib/core';
import { build } from './integ.shared';
import { ownResources } from './own-resources';

test('the scenario synthesizes to what was reviewed', () => {
  const [door, elsewhere] = build(new App());

  expect(ownResources(door)).toMatchSnapshot('the door and the app beside it');
  expect(ownResources(elsewhere)).toMatchSnapshot('the app elsewhere');
});
