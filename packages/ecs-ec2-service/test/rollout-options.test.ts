import { Match } from 'aws-cdk-lib/assertions';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { type App, Duration, Stack } from 'aws-cdk-lib/core';
import { DeploymentStyle, EcsEc2Service, type EcsEc2ServiceProps } from '../src';
import { image, synthesize } from './stack';

const deploymentOf = (props: Parameters<typeof synthesize>[0], expected: object) =>
  synthesize(props).template.hasResourceProperties('AWS::ECS::Service', { DeploymentConfiguration: expected });
const alarm = (stack: Stack) =>
  new cloudwatch.Metric({ namespace: 'App', metricName: 'Errors' }).createAlarm(stack, 'Alarm', {
    alarmName: 'app-5xx',
    threshold: 1,
    evaluationPeriods: 1,
  });

test('a rolling deployment is the default, without waiting', () => {
  deploymentOf({}, { Strategy: 'ROLLING', BakeTimeInMinutes: Match.absent() });
});

test('an alarm rolls a deployment back within its bake time', () => {
  deploymentOf(
    (stack) => ({
      deployment: DeploymentStyle.rolling({ bakeTime: Duration.minutes(3), rollbackAlarms: [alarm(stack)] }),
    }),
    {
      BakeTimeInMinutes: 3,
      Alarms: { AlarmNames: [Match.anyValue()], Enable: true, Rollback: true },
    },
  );
});

test.each<[string, DeploymentStyle, object]>([
  ['blue/green', DeploymentStyle.blueGreen(), { Strategy: 'BLUE_GREEN', BakeTimeInMinutes: 5 }],
  [
    'linear',
    DeploymentStyle.linear({ stepPercent: 25 }),
    { Strategy: 'LINEAR', LinearConfiguration: { StepPercent: 25 } },
  ],
  [
    'canary',
    DeploymentStyle.canary({ canaryPercent: 20, canaryBakeTime: Duration.minutes(15) }),
    { Strategy: 'CANARY', CanaryConfiguration: { CanaryPercent: 20, CanaryBakeTimeInMinutes: 15 } },
  ],
])('%s is one prop away, and the circuit breaker stays', (_name, deployment, expected) => {
  deploymentOf(
    { deployment },
    { ...expected, DeploymentCircuitBreaker: Match.objectLike({ Enable: true, Rollback: true }) },
  );
});

test('a Lambda function can be asked at a stage of a deployment', () => {
  deploymentOf(
    (stack) => {
      const handler = new lambda.Function(stack, 'Check', {
        runtime: lambda.Runtime.NODEJS_22_X,
        handler: 'index.handler',
        code: lambda.Code.fromInline('exports.handler = async () => ({ hookStatus: "SUCCEEDED" })'),
      });
      const hook = new ecs.DeploymentLifecycleLambdaTarget(handler, 'Hook', {
        lifecycleStages: [ecs.DeploymentLifecycleStage.POST_TEST_TRAFFIC_SHIFT],
      });
      return { deployment: DeploymentStyle.blueGreen({ lifecycleHooks: [hook] }) };
    },
    { LifecycleHooks: [Match.objectLike({ LifecycleStages: ['POST_TEST_TRAFFIC_SHIFT'] })] },
  );
});

test.each([
  [() => DeploymentStyle.linear({ stepPercent: 2 }), "'stepPercent' must be a whole number from 3 to 100, got: 2"],
  [
    () => DeploymentStyle.canary({ canaryPercent: 100 }),
    "'canaryPercent' must be a whole number from 1 to 99, got: 100",
  ],
  [
    () => DeploymentStyle.rolling({ bakeTime: Duration.hours(25) }),
    "'bakeTime' must be from 0 to 24 hours, in whole minutes",
  ],
  [
    () => DeploymentStyle.rolling({ bakeTime: Duration.seconds(90) }),
    "'bakeTime' must be from 0 to 24 hours, in whole minutes",
  ],
])('a style that ECS would refuse is refused: %p', (make, message) => {
  expect(make).toThrow(message);
});

describe('auto scaling', () => {
  const scaled: Partial<EcsEc2ServiceProps> = { autoScaling: { maxTasks: 2, memoryPercent: 80 } };

  test('follows CPU and memory, and no deployment sets the count back', () => {
    const { template } = synthesize(scaled);
    template.hasResourceProperties('AWS::ECS::Service', { DesiredCount: Match.absent() });
    template.hasResourceProperties('AWS::ApplicationAutoScaling::ScalableTarget', { MinCapacity: 1, MaxCapacity: 2 });
    for (const [PredefinedMetricType, TargetValue] of [
      ['ECSServiceAverageCPUUtilization', 60],
      ['ECSServiceAverageMemoryUtilization', 80],
    ]) {
      template.hasResourceProperties('AWS::ApplicationAutoScaling::ScalingPolicy', {
        TargetTrackingScalingPolicyConfiguration: {
          PredefinedMetricSpecification: { PredefinedMetricType },
          TargetValue,
        },
      });
    }
  });

  test('follows requests once it knows the target group', () => {
    const made = synthesize(scaled);
    const { stack, service } = made;
    const listener = new elbv2.ApplicationLoadBalancer(stack, 'Balancer', { vpc: service.vpc }).addListener('Http', {
      port: 80,
      open: false,
    });
    const targetGroup = listener.addTargets('App', {
      port: 5000,
      protocol: elbv2.ApplicationProtocol.HTTP,
      targets: [service.service],
    });
    service.scaleOnRequests(targetGroup, 300);
    made.template.hasResourceProperties('AWS::ApplicationAutoScaling::ScalingPolicy', {
      TargetTrackingScalingPolicyConfiguration: {
        PredefinedMetricSpecification: Match.objectLike({ PredefinedMetricType: 'ALBRequestCountPerTarget' }),
        TargetValue: 300,
      },
    });
  });

  test.each([DeploymentStyle.blueGreen(), DeploymentStyle.linear(), DeploymentStyle.canary()])(
    'does not follow requests where traffic is shifted between two target groups, of which ECS knows no number per target',
    (deployment) => {
      const { stack, service } = synthesize({ ...scaled, deployment });
      const targetGroup = new elbv2.ApplicationTargetGroup(stack, 'Group', {
        vpc: service.vpc,
        protocol: elbv2.ApplicationProtocol.HTTP,
      });
      expect(() => service.scaleOnRequests(targetGroup, 300)).toThrow(
        "'deployment' must be rolling to scale on requests, got: one that shifts traffic",
      );
    },
  );

  test.each<[Partial<EcsEc2ServiceProps>, string]>([
    [{ ...scaled, desiredCount: 1 }, "'desiredCount' must be left out with 'autoScaling', got: both"],
    [{ autoScaling: { minTasks: 3, maxTasks: 2 } }, "'autoScaling.maxTasks' must be at least 'minTasks' (3), got: 2"],
    [
      { autoScaling: { maxTasks: 2, cpuPercent: 120 } },
      "'autoScaling.cpuPercent' must be a whole number from 1 to 100",
    ],
  ])('%j is refused', (props, message) => {
    expect(() => synthesize(props)).toThrow(message);
  });
});

describe('a cluster that is brought', () => {
  const cluster = (stack: Stack) =>
    new ecs.Cluster(stack, 'Ours', { vpc: new ec2.Vpc(stack, 'Vpc', { natGateways: 1 }), clusterName: 'ours' });

  test('gets hosts for the service, and keeps its network', () => {
    const { template } = synthesize((stack) => ({ cluster: cluster(stack) }));
    template.resourceCountIs('AWS::ECS::Cluster', 1);
    template.resourceCountIs('AWS::EC2::VPC', 1);
    template.resourceCountIs('AWS::ECS::CapacityProvider', 1);
  });

  test('brings its own namespace along, or one by name', () => {
    const { template } = synthesize((stack) => ({
      cluster: cluster(stack),
      serviceConnect: { alias: 'app', namespace: 'theirs' },
    }));
    template.hasResourceProperties('AWS::ECS::Service', { ServiceConnectConfiguration: { Namespace: 'theirs' } });
  });

  test('cannot be one of another stack, which would need this one and be needed by it', () => {
    expect(() =>
      synthesize((stack) => ({
        cluster: cluster(new Stack(stack.node.root as App, 'Theirs', { env: { region: 'us-east-1' } })),
      })),
    ).toThrow(
      "'cluster' must be made in the stack of the service, which adds its hosts to it: make it there, or leave it out, got: one of the stack Theirs",
    );
  });

  test('can be joined by two services of one stack, each with its own hosts', () => {
    const { template } = synthesize((stack) => {
      const shared = cluster(stack);
      new EcsEc2Service(stack, 'Other', { image, cluster: shared });
      return { cluster: shared };
    });
    template.resourceCountIs('AWS::ECS::Service', 2);
    template.resourceCountIs('AWS::AutoScaling::AutoScalingGroup', 2);
  });

  test('cannot be named again', () => {
    expect(() => synthesize((stack) => ({ cluster: cluster(stack), clusterName: 'other' }))).toThrow(
      "'clusterName' must be left out when 'cluster' is given, which has its own, got: both",
    );
  });
});

test('volumes are mounted where the app looks for them', () => {
  const { template } = synthesize({
    volumes: [{ volume: { name: 'data', host: { sourcePath: '/srv/data' } }, containerPath: '/data', readOnly: true }],
  });
  template.hasResourceProperties('AWS::ECS::TaskDefinition', {
    Volumes: Match.arrayWith([{ Name: 'data', Host: { SourcePath: '/srv/data' } }]),
    ContainerDefinitions: [
      Match.objectLike({
        MountPoints: Match.arrayWith([{ SourceVolume: 'data', ContainerPath: '/data', ReadOnly: true }]),
      }),
    ],
  });
});
