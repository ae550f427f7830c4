import { Match, Template } from 'aws-cdk-lib/assertions';
import type { Stack } from 'aws-cdk-lib/core';
import { makeApp } from '../app';

/** What the team typed by hand until now, so that it finds its own names again. One test a row. */
const app = makeApp();
const pipelineStack = app.node.findChild('PaebblPipeline') as Stack;
const vizStack = app.node.findChild('PaebblViz') as Stack;
const pipeline = Template.fromStack(pipelineStack);
const viz = Template.fromStack(vizStack);

const containerDefinition = (expected: object) =>
  viz.hasResourceProperties('AWS::ECS::TaskDefinition', {
    ContainerDefinitions: [Match.objectLike(expected)],
  });

test('both stacks are in us-east-1', () => {
  expect([pipelineStack.region, vizStack.region]).toEqual(['us-east-1', 'us-east-1']);
});

test('the image repository is paebbl-repository', () => {
  pipeline.hasResourceProperties('AWS::ECR::Repository', { RepositoryName: 'paebbl-repository' });
});

test('a commit SHA as tag is never overwritten', () => {
  pipeline.hasResourceProperties('AWS::ECR::Repository', { ImageTagMutability: Match.stringLikeRegexp('^IMMUTABLE') });
});

test('the cluster is ecs-paebbl-cluster with container insights', () => {
  viz.hasResourceProperties('AWS::ECS::Cluster', {
    ClusterName: 'ecs-paebbl-cluster',
    ClusterSettings: [{ Name: 'containerInsights', Value: 'enabled' }],
  });
});

test('the cluster is tagged app and owner', () => {
  viz.hasResourceProperties('AWS::ECS::Cluster', {
    Tags: Match.arrayWith([
      { Key: 'app', Value: 'ecs-paebbl-cluster' },
      { Key: 'owner', Value: 'paebbl' },
    ]),
  });
});

test('services find each other in paebbl-namespace', () => {
  viz.hasResourceProperties('AWS::ServiceDiscovery::HttpNamespace', { Name: 'paebbl-namespace' });
  viz.hasResourceProperties('AWS::ECS::Cluster', {
    ServiceConnectDefaults: { Namespace: Match.anyValue() },
  });
});

test('the capacity is EC2: one provider, weight 1, the default strategy', () => {
  viz.resourceCountIs('AWS::ECS::CapacityProvider', 1);
  const [provider] = Object.keys(viz.findResources('AWS::ECS::CapacityProvider'));
  viz.hasResourceProperties('AWS::ECS::ClusterCapacityProviderAssociations', {
    CapacityProviders: [{ Ref: provider }],
    DefaultCapacityProviderStrategy: [{ CapacityProvider: { Ref: provider }, Weight: 1 }],
  });
});

test('the task is task-definition-app: awsvpc on EC2, 256 CPU units, 512 MiB', () => {
  viz.hasResourceProperties('AWS::ECS::TaskDefinition', {
    Family: 'task-definition-app',
    NetworkMode: 'awsvpc',
    RequiresCompatibilities: ['EC2'],
    Cpu: '256',
    Memory: '512',
  });
});

test('its container is app', () => {
  containerDefinition({ Name: 'app' });
});

test('its port is app-port, 5000/tcp http', () => {
  containerDefinition({
    PortMappings: [{ Name: 'app-port', ContainerPort: 5000, Protocol: 'tcp', AppProtocol: 'http' }],
  });
});

test('its logs are in flask-app with the prefix flask-app-paebbl', () => {
  viz.hasResourceProperties('AWS::Logs::LogGroup', { LogGroupName: 'flask-app' });
  containerDefinition({
    LogConfiguration: {
      LogDriver: 'awslogs',
      Options: Match.objectLike({ 'awslogs-stream-prefix': 'flask-app-paebbl' }),
    },
  });
});

test('its command is gunicorn on 0.0.0.0:5000, one argument an element', () => {
  containerDefinition({ Command: ['gunicorn', '--bind', '0.0.0.0:5000', 'paebbl_viz.wsgi:app'] });
});

test('the service is app and wants one task, once an image is released', () => {
  viz.hasResourceProperties('AWS::ECS::Service', {
    ServiceName: 'app',
    DesiredCount: { 'Fn::If': [Match.anyValue(), 0, 1] },
  });
});

test('others reach it as app on port 80', () => {
  viz.hasResourceProperties('AWS::ECS::Service', {
    ServiceConnectConfiguration: {
      Enabled: true,
      Services: [{ PortName: 'app-port', ClientAliases: [{ DnsName: 'app', Port: 80 }] }],
    },
  });
});
