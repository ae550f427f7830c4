import { AwsSolutionsChecks } from 'cdk-nag';
import { makeApp } from '../app';

test('cdk-nag finds nothing that is not explained where it is acknowledged', () => {
  const { violations } = new AwsSolutionsChecks().validateScope(makeApp());

  expect(
    violations.flatMap((rule) =>
      rule.violatingResources.map(({ constructPath }) => `${rule.ruleName} at ${constructPath}`),
    ),
  ).toEqual([]);
});
