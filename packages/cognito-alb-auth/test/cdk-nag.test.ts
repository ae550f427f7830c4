import { CfnUserPool } from 'aws-cdk-lib/aws-cognito';
import { App } from 'aws-cdk-lib/core';
import { AwsSolutionsChecks } from 'cdk-nag';
import { build as buildCompany } from './integ.company';
import { build as buildShared } from './integ.shared';
import { build as buildSmallest } from './integ.smallest';

function findings(app: App): string[] {
  return new AwsSolutionsChecks()
    .validateScope(app)
    .violations.flatMap((rule) => rule.violatingResources.map((at) => `${rule.ruleName} at ${at.constructPath}`))
    .filter((finding) => finding.includes('/Auth'));
}

test.each([
  ['smallest', buildSmallest],
  ['company', buildCompany],
  ['shared', buildShared],
])('the AwsSolutions checks find nothing unexplained in the scenario %s', (_name, build: (app: App) => unknown) => {
  const app = new App();
  build(app);

  expect(findings(app)).toEqual([]);
});

test('the checks do find what is wrong', () => {
  const app = new App();
  const pool = buildSmallest(app)
    .node.findAll()
    .find((construct) => construct instanceof CfnUserPool) as CfnUserPool;
  pool.policies = { passwordPolicy: { minimumLength: 6 } };

  expect(findings(app)).toEqual([expect.stringContaining('AwsSolutions-COG1 at AuthSmallest/Auth')]);
});
