import { Match, Template } from 'aws-cdk-lib/assertions';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { App, Duration, type Stack } from 'aws-cdk-lib/core';
import { DeploymentStyle, PauseStage } from '../src';
import { build as buildCanary } from './integ.canary';
import { synthesize } from './stack';

const configurationOf = (template: Template) =>
  Object.values(template.findResources('AWS::ECS::Service'))[0].Properties.DeploymentConfiguration;
const alarm = (stack: Stack, id: string, alarmName?: string) =>
  new cloudwatch.Metric({ namespace: 'App', metricName: id }).createAlarm(stack, id, {
    alarmName,
    threshold: 1,
    evaluationPeriods: 1,
  });
const hook = (stack: Stack, id: string) =>
  new ecs.DeploymentLifecycleLambdaTarget(
    new lambda.Function(stack, id, {
      runtime: lambda.Runtime.NODEJS_22_X,
      handler: 'index.handler',
      code: lambda.Code.fromInline('exports.handler = async () => ({ hookStatus: "SUCCEEDED" })'),
    }),
    `${id}Hook`,
    { lifecycleStages: [ecs.DeploymentLifecycleStage.POST_SCALE_UP] },
  );

test('every failed task of a rollout counts, also when another one was healthy in between', () => {
  expect(configurationOf(synthesize({ failureThreshold: 2 }).template).DeploymentCircuitBreaker).toEqual({
    Enable: true,
    Rollback: true,
    ResetOnHealthyTask: false,
    ThresholdConfiguration: { Type: 'COUNT', Value: 2 },
  });
});

describe('alarms that roll back', () => {
  test('all of them count, from whichever side they come', () => {
    const made = synthesize((stack) => ({
      deployment: DeploymentStyle.rolling({ rollbackAlarms: [alarm(stack, 'First', 'first')] }),
    }));
    const { stack, service } = made;
    service.rollBackOn([alarm(stack, 'Second', 'second')]);
    service.service.enableDeploymentAlarms(['third']);
    service.rollBackOn([alarm(stack, 'Fourth', 'fourth')]);
    expect(configurationOf(made.template).Alarms).toEqual({
      AlarmNames: ['third', 'first', 'second', 'fourth'],
      Enable: true,
      Rollback: true,
    });
  });

  test('a wish of the service itself that nothing is rolled back is respected', () => {
    const made = synthesize({});
    made.service.service.enableDeploymentAlarms(['watched'], { behavior: ecs.AlarmBehavior.FAIL_ON_ALARM });
    made.service.rollBackOn([alarm(made.stack, 'Other', 'other')]);
    expect(configurationOf(made.template).Alarms).toEqual({
      AlarmNames: ['watched', 'other'],
      Enable: true,
      Rollback: false,
    });
  });

  test('an alarm on the service itself makes no circle when its name is fixed', () => {
    const made = synthesize({});
    const cpu = made.service.service.metricCpuUtilization().createAlarm(made.stack, 'Cpu', {
      alarmName: 'app-cpu',
      threshold: 90,
      evaluationPeriods: 1,
    });
    made.service.rollBackOn([cpu]);
    expect(configurationOf(made.template).Alarms.AlarmNames).toEqual(['app-cpu']);
  });

  test('an alarm without a fixed name is referred to', () => {
    const made = synthesize({});
    made.service.rollBackOn([alarm(made.stack, 'Any')]);
    expect(configurationOf(made.template).Alarms.AlarmNames).toEqual([{ Ref: expect.stringMatching(/^Any/) }]);
  });

  test('an imported alarm is known by its name', () => {
    const made = synthesize({});
    made.service.rollBackOn([
      cloudwatch.Alarm.fromAlarmArn(made.stack, 'Theirs', 'arn:aws:cloudwatch:us-east-1:111122223333:alarm:theirs'),
    ]);
    expect(configurationOf(made.template).Alarms.AlarmNames).toEqual(['theirs']);
  });
});

describe('pauses', () => {
  test('a deployment waits for a day and goes back when nobody answers', () => {
    const { template } = synthesize({
      deployment: DeploymentStyle.blueGreen({ pauses: [{ stage: PauseStage.BEFORE_TRAFFIC }] }),
    });
    expect(configurationOf(template).LifecycleHooks).toEqual([
      {
        TargetType: 'PAUSE',
        LifecycleStages: ['PRE_PRODUCTION_TRAFFIC_SHIFT'],
        TimeoutConfiguration: { TimeoutInMinutes: 1440, Action: 'ROLLBACK' },
      },
    ]);
  });

  test('stand beside functions that are asked, before and after', () => {
    const made = synthesize((stack) => ({
      deployment: DeploymentStyle.rolling({
        lifecycleHooks: [hook(stack, 'One')],
        pauses: [{ stage: PauseStage.AFTER_START, timeout: Duration.minutes(30), continueOnTimeout: true }],
      }),
    }));
    made.service.service.addLifecycleHook(hook(made.stack, 'Two'));
    const hooks = configurationOf(made.template).LifecycleHooks;
    expect(hooks.map(({ TargetType }: { TargetType?: string }) => TargetType)).toEqual([undefined, undefined, 'PAUSE']);
    expect(hooks[2].TimeoutConfiguration).toEqual({ TimeoutInMinutes: 30, Action: 'CONTINUE' });
  });

  test.each([
    [PauseStage.BEFORE_START, 'PRE_SCALE_UP'],
    [PauseStage.AFTER_START, 'POST_SCALE_UP'],
    [PauseStage.AFTER_TEST_TRAFFIC, 'POST_TEST_TRAFFIC_SHIFT'],
    [PauseStage.AFTER_TRAFFIC, 'POST_PRODUCTION_TRAFFIC_SHIFT'],
  ])('%s is a stage of ECS', (stage, name) => {
    const { template } = synthesize({ deployment: DeploymentStyle.linear({ pauses: [{ stage }] }) });
    expect(configurationOf(template).LifecycleHooks[0].LifecycleStages).toEqual([name]);
  });

  test.each<[object, string]>([
    [
      { stage: PauseStage.AFTER_START, timeout: Duration.seconds(30) },
      "'pauses.timeout' must be from 1 minute to 14 days, in whole minutes, got: 0.5 minutes",
    ],
    [
      { stage: PauseStage.AFTER_START, timeout: Duration.days(15) },
      "'pauses.timeout' must be from 1 minute to 14 days, in whole minutes, got: 21600 minutes",
    ],
    [
      { stage: PauseStage.BEFORE_TRAFFIC },
      "'pauses.stage' must be BEFORE_START or AFTER_START for rolling, which shifts no traffic, got: PRE_PRODUCTION",
    ],
  ])('%j is refused', (pause, message) => {
    expect(() => DeploymentStyle.rolling({ pauses: [pause as { stage: PauseStage }] })).toThrow(message);
  });
});

test('a function is asked only once ECS may ask it', () => {
  const { template } = synthesize((stack) => ({
    deployment: DeploymentStyle.blueGreen({ lifecycleHooks: [hook(stack, 'Check')] }),
  }));
  template.hasResource('AWS::ECS::Service', {
    DependsOn: Match.arrayWith([Match.stringLikeRegexp('CheckHookRoleDefaultPolicy')]),
  });
});

test.each<[() => DeploymentStyle, string]>([
  [
    () => DeploymentStyle.linear({ stepPercent: 5, stepBakeTime: Duration.minutes(105) }),
    "'bakeTime' must take 33 hours at most, together with the time between steps, got: 33.3",
  ],
  [
    () => DeploymentStyle.canary({ canaryBakeTime: Duration.hours(24), bakeTime: Duration.hours(10) }),
    "'bakeTime' must take 33 hours at most, together with the time between steps, got: 34 hours",
  ],
  [
    () => DeploymentStyle.linear({ stepBakeTime: Duration.seconds(90) }),
    "'stepBakeTime' must be from 0 to 24 hours, in whole minutes, got: 1.5 minutes",
  ],
  [
    () => DeploymentStyle.canary({ canaryBakeTime: Duration.hours(25) }),
    "'canaryBakeTime' must be from 0 to 24 hours, in whole minutes, got: 1500 minutes",
  ],
])('times that CloudFormation would refuse are refused: %p', (make, message) => {
  expect(make).toThrow(message);
});

test('the longest linear deployment that CloudFormation takes is taken', () => {
  expect(() =>
    DeploymentStyle.linear({ stepPercent: 25, stepBakeTime: Duration.hours(10), bakeTime: Duration.hours(3) }),
  ).not.toThrow();
});

test('linear says what it does by default', () => {
  const { template } = synthesize({ deployment: DeploymentStyle.linear() });
  expect(configurationOf(template).LinearConfiguration).toEqual({ StepPercent: 10, StepBakeTimeInMinutes: 6 });
});

test('canary shifts traffic between two target groups, by the rules of two listeners', () => {
  const template = Template.fromStack(buildCanary(new App()));
  const [other] = Object.keys(template.findResources('AWS::ElasticLoadBalancingV2::TargetGroup')).filter((id) =>
    id.startsWith('Other'),
  );
  template.hasResourceProperties('AWS::ECS::Service', {
    LoadBalancers: [
      {
        ContainerName: 'app',
        ContainerPort: 80,
        TargetGroupArn: { Ref: Match.stringLikeRegexp('^One') },
        AdvancedConfiguration: {
          AlternateTargetGroupArn: { Ref: other },
          ProductionListenerRule: { Ref: Match.stringLikeRegexp('^BalancerProduction') },
          TestListenerRule: { Ref: Match.stringLikeRegexp('^BalancerTest') },
          RoleArn: Match.anyValue(),
        },
      },
    ],
  });
});
