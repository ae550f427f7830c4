import * as iam from 'aws-cdk-lib/aws-iam';
import * as logs from 'aws-cdk-lib/aws-logs';
import { App, RemovalPolicy, Stack } from 'aws-cdk-lib/core';
import { AwsSolutionsChecks } from 'cdk-nag';
import { EcrPipeline, type EcrPipelineProps } from '../src';
import { addService, source } from './stack';

/** Findings below the pipeline, or of the policy that it added to a service, that nobody has explained. */
function findings(props: Partial<EcrPipelineProps>): string[] {
  const app = new App();
  const pipeline = new EcrPipeline(new Stack(app, 'Pipeline'), 'Images', { source, ...props });
  pipeline.grantCdkDeploy();
  const stack = new Stack(app, 'App');
  pipeline.grantDeploy(addService(stack, pipeline), { logGroup: new logs.LogGroup(stack, 'Logs') });
  const { violations } = new AwsSolutionsChecks().validateScope(app);
  return violations
    .flatMap((rule) => rule.violatingResources.map((at) => `${rule.ruleName} at ${at.constructPath}`))
    .filter((finding) => / at Pipeline\/|DeployPolicy/.test(finding));
}

test.each<[string, Partial<EcrPipelineProps>]>([
  ['with its defaults', {}],
  ['that is destroyed with its stack', { removalPolicy: RemovalPolicy.DESTROY, pullAccounts: ['111122223333'] }],
])('the AwsSolutions checks find nothing unexplained in a pipeline %s', (_name, props) => {
  expect(findings(props)).toEqual([]);
});

test('the checks do find what is wrong', () => {
  const app = new App();
  const { pushRole } = new EcrPipeline(new Stack(app, 'Pipeline'), 'Images', { source });
  pushRole.addToPolicy(new iam.PolicyStatement({ actions: ['s3:*'], resources: ['*'] }));
  const { violations } = new AwsSolutionsChecks().validateScope(app);
  expect(violations.map((rule) => rule.ruleName)).toContain('AwsSolutions-IAM5[Action::s3:*]');
});
