import { Match, Template } from 'aws-cdk-lib/assertions';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { App, Stack, Tags } from 'aws-cdk-lib/core';
import { EcrPipeline } from '../src';
import { addService, makeStacks, source } from './stack';

const unreleased = (template: Template) =>
  Object.entries(template.findConditions('*')).filter(([name]) => name.startsWith('Unreleased'));

test('a task runs the image that the parameter names when it is deployed', () => {
  const { pipeline, appStack, stack } = makeStacks();
  addService(appStack, pipeline);
  const template = Template.fromStack(appStack);
  const [parameter] = Object.keys(
    template.findParameters('*', {
      Type: 'AWS::SSM::Parameter::Value<String>',
      Default: '/paebbl-repository/released-image',
    }),
  );
  template.hasResourceProperties('AWS::ECS::TaskDefinition', {
    ContainerDefinitions: [Match.objectLike({ Image: { Ref: parameter } })],
  });
  expect(appStack.dependencies).toContain(stack);
});

test('the host of a task may pull from the repository', () => {
  const { pipeline, appStack } = makeStacks();
  addService(appStack, pipeline);
  Template.fromStack(appStack).hasResourceProperties('AWS::IAM::Policy', {
    PolicyDocument: {
      Statement: Match.arrayWith([Match.objectLike({ Action: Match.arrayWith(['ecr:BatchGetImage']) })]),
    },
    Roles: [{ Ref: Match.stringLikeRegexp('TaskExecutionRole') }],
  });
});

test('no task is started while nothing is released, and the wanted number after that', () => {
  const { pipeline, appStack } = makeStacks();
  addService(appStack, pipeline, 3);
  const template = Template.fromStack(appStack);
  const [[condition, expression]] = unreleased(template);
  expect(expression).toEqual({ 'Fn::Equals': [{ Ref: expect.any(String) }, 'unreleased'] });
  template.hasResourceProperties('AWS::ECS::Service', { DesiredCount: { 'Fn::If': [condition, 0, 3] } });
});

test('two services of a stack share the condition', () => {
  const { pipeline, appStack } = makeStacks();
  pipeline.desiredCount(appStack, 1);
  pipeline.desiredCount(appStack, 2);
  expect(unreleased(Template.fromStack(appStack))).toHaveLength(1);
});

test('the parameter is created once and no deployment writes it again, whatever changes around it', () => {
  const stacks = makeStacks();
  Tags.of(stacks.app).add('team', 'data');
  stacks.template.resourceCountIs('AWS::SSM::Parameter', 0);
  const [{ Properties }] = Object.values(stacks.template.findResources('Custom::ReleasedImageParameter'));
  const create = JSON.parse(Properties.Create);
  expect(create).toMatchObject({
    action: 'PutParameter',
    parameters: { Name: '/paebbl-repository/released-image', Value: 'unreleased', Overwrite: false },
    ignoreErrorCodesMatching: 'ParameterAlreadyExists',
  });
  expect(Properties.Update).toBeUndefined();
  expect(Properties.Delete).toBeUndefined();
});

test('the released image can only be used where CloudFormation can read the parameter', () => {
  const app = new App();
  const stack = new Stack(app, 'Pipeline', { env: { account: '111122223333', region: 'us-east-1' } });
  const pipeline = new EcrPipeline(stack, 'Pipeline', { source });
  const use = (consumer: Stack) => () =>
    new ecs.Ec2TaskDefinition(consumer, 'Task').addContainer('app', {
      image: pipeline.releasedImage,
      memoryLimitMiB: 64,
    });

  expect(use(stack)).toThrow("'releasedImage' must be used in another stack than the pipeline's, got: Pipeline");
  const far = new Stack(app, 'Far', { env: { account: '111122223333', region: 'eu-west-1' } });
  expect(use(far)).toThrow("'releasedImage' must be used in the pipeline's region (us-east-1), got: eu-west-1");
});
