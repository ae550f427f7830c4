import { Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { App, Stack } from 'aws-cdk-lib/core';
import { EcrPipeline, type EcrPipelineProps } from '../src';

export const source = { owner: 'paebbl', repository: 'data-visualization-ops', branch: 'main' };

/** A pipeline stack, and the stack of a service that runs what is released. */
export function makeStacks(props: Partial<EcrPipelineProps> | ((stack: Stack) => Partial<EcrPipelineProps>) = {}) {
  const app = new App();
  const stack = new Stack(app, 'Pipeline', { env: { region: 'us-east-1' } });
  const own = typeof props === 'function' ? props(stack) : props;
  const pipeline = new EcrPipeline(stack, 'Pipeline', { repositoryName: 'paebbl-repository', source, ...own });
  const appStack = new Stack(app, 'App', { env: { region: 'us-east-1' } });
  return {
    app,
    stack,
    pipeline,
    appStack,
    get template() {
      return Template.fromStack(stack);
    },
    get appTemplate() {
      return Template.fromStack(appStack);
    },
  };
}

/** A service as a consumer would write it. */
export function addService(stack: Stack, pipeline: EcrPipeline, count = 1): ecs.Ec2Service {
  const cluster = new ecs.Cluster(stack, 'Cluster', { vpc: new ec2.Vpc(stack, 'Vpc', { natGateways: 0 }) });
  cluster.addCapacity('Hosts', { instanceType: new ec2.InstanceType('t4g.small') });
  const taskDefinition = new ecs.Ec2TaskDefinition(stack, 'Task');
  taskDefinition.addContainer('app', { image: pipeline.releasedImage, memoryLimitMiB: 256 });
  return new ecs.Ec2Service(stack, 'Service', {
    cluster,
    taskDefinition,
    desiredCount: pipeline.desiredCount(stack, count),
    minHealthyPercent: 100,
  });
}

/**
 * Every action that the policies of a template allow to a role, sorted, with what it is allowed on: a list where several
 * statements allow it.
 *
 * @throws Error when the role has rights that are not among these policies, or statements that name what they do not allow
 */
export function allowed(template: Template, rolePrefix: string): Record<string, unknown> {
  const roles = Object.entries(template.findResources('AWS::IAM::Role')).filter(([id]) => id.includes(rolePrefix));
  const statements = Object.values(template.findResources('AWS::IAM::Policy'))
    .filter(({ Properties }) => JSON.stringify(Properties.Roles).includes(rolePrefix))
    .flatMap(({ Properties }) => Properties.PolicyDocument.Statement);
  const elsewhere = roles.filter(([, { Properties }]) => Properties.ManagedPolicyArns ?? Properties.Policies);
  const strange = statements.filter(({ Effect, Action, Resource }) => Effect !== 'Allow' || !Action || !Resource);
  if (elsewhere.length + strange.length > 0) {
    throw new Error(`rights that are not read here: ${JSON.stringify([elsewhere, strange])}`);
  }
  const found: Record<string, unknown[]> = {};
  for (const { Action, Resource } of statements) {
    for (const action of [Action].flat()) {
      found[action] = [...(found[action] ?? []), Resource];
    }
  }
  return Object.fromEntries(
    Object.entries(found)
      .sort(([a], [b]) => a.localeCompare(b))
      .map(([action, resources]) => [action, resources.length === 1 ? resources[0] : resources]),
  );
}
