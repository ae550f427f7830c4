import { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Stack } from 'aws-cdk-lib/core';
import { AwsSolutionsChecks } from 'cdk-nag';
import { synthesize } from './stack';

function findings(stack: Stack): string[] {
  const { violations } = new AwsSolutionsChecks().validateScope(stack.node.root);
  return violations.flatMap((rule) => rule.violatingResources.map((at) => `${rule.ruleName} at ${at.constructPath}`));
}

test('the AwsSolutions checks find nothing unexplained', () => {
  expect(findings(synthesize().stack)).toEqual([]);
});

test('the checks do find what is wrong', () => {
  const { stack } = synthesize();
  new Queue(stack, 'Open');

  expect(findings(stack)).toContainEqual(expect.stringContaining('AwsSolutions-SQS'));
});
