import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
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

/** Every action that the policies of a template allow to a role, sorted, with what it is allowed on. */
export function allowed(template: Template, rolePrefix: string): Record<string, unknown> {
  const statements = Object.values(template.findResources('AWS::IAM::Policy'))
    .filter(({ Properties }) => JSON.stringify(Properties.Roles).includes(rolePrefix))
    .flatMap(({ Properties }) => Properties.PolicyDocument.Statement);
  const entries = statements.flatMap(({ Action, Resource }) =>
    [Action].flat().map((action: string) => [action, Resource] as const),
  );
  return Object.fromEntries(entries.sort(([a], [b]) => a.localeCompare(b)));
}
