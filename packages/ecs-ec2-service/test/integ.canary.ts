// A fifth of the traffic first, after an approval on a test listener, with alarms that roll back.

import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { App, Duration, Stack } from 'aws-cdk-lib/core';
import { DeploymentStyle, EcsEc2Service, PauseStage, ServiceMonitoring } from '../src';

export function build(app: App): Stack {
  const stack = new Stack(app, 'IntegCanary');
  const canary = new EcsEc2Service(stack, 'App', {
    image: ecs.ContainerImage.fromRegistry('public.ecr.aws/docker/library/nginx:1.29'),
    containerPort: 80,
    deployment: DeploymentStyle.canary({
      canaryPercent: 20,
      canaryBakeTime: Duration.minutes(15),
      bakeTime: Duration.minutes(10),
      lifecycleHooks: [
        new ecs.DeploymentLifecycleLambdaTarget(check(stack), 'Checked', {
          lifecycleStages: [ecs.DeploymentLifecycleStage.POST_SCALE_UP],
        }),
      ],
      pauses: [{ stage: PauseStage.AFTER_TEST_TRAFFIC, timeout: Duration.hours(2) }],
    }),
  });
  const balancer = new elbv2.ApplicationLoadBalancer(stack, 'Balancer', { vpc: canary.vpc, internetFacing: true });
  const one = targetGroup(stack, 'One', canary);
  const other = targetGroup(stack, 'Other', canary);
  const ruleOf = (id: string, port: number) =>
    ecs.ListenerRuleConfiguration.applicationListenerRule(rule(balancer, id, port, [one, other]));
  const target = canary.service.loadBalancerTarget({
    containerName: canary.container.containerName,
    containerPort: canary.containerPort,
    alternateTarget: new ecs.AlternateTarget('Alternate', {
      alternateTargetGroup: other,
      productionListener: ruleOf('Production', 80),
      testListener: ruleOf('Test', 8080),
    }),
  });
  target.attachToApplicationTargetGroup(one);
  const { errors, unhealthy } = new ServiceMonitoring(stack, 'Monitoring', {
    service: canary.service,
    targetGroup: one,
    alternateTargetGroup: other,
  });
  canary.rollBackOn([errors, unhealthy]);
  return stack;
}

function check(stack: Stack): lambda.Function {
  return new lambda.Function(stack, 'Check', {
    runtime: lambda.Runtime.NODEJS_22_X,
    handler: 'index.handler',
    code: lambda.Code.fromInline('exports.handler = async () => ({ hookStatus: "SUCCEEDED" })'),
  });
}

function targetGroup(stack: Stack, id: string, { vpc, containerPort }: EcsEc2Service): elbv2.ApplicationTargetGroup {
  return new elbv2.ApplicationTargetGroup(stack, id, {
    vpc,
    port: containerPort,
    protocol: elbv2.ApplicationProtocol.HTTP,
    targetType: elbv2.TargetType.IP,
    healthCheck: { interval: Duration.seconds(5), timeout: Duration.seconds(3), healthyThresholdCount: 2 },
    deregistrationDelay: Duration.seconds(30),
  });
}

/** ECS moves its weights. */
function rule(
  balancer: elbv2.ApplicationLoadBalancer,
  id: string,
  port: number,
  [one, other]: elbv2.ApplicationTargetGroup[],
): elbv2.ApplicationListenerRule {
  const listener = balancer.addListener(id, {
    port,
    protocol: elbv2.ApplicationProtocol.HTTP,
    open: port === 80,
    defaultAction: elbv2.ListenerAction.fixedResponse(404),
  });
  return new elbv2.ApplicationListenerRule(listener, 'Rule', {
    listener,
    priority: 1,
    conditions: [elbv2.ListenerCondition.pathPatterns(['/*'])],
    action: elbv2.ListenerAction.weightedForward([
      { targetGroup: one, weight: 100 },
      { targetGroup: other, weight: 0 },
    ]),
  });
}

if (require.main === module) {
  const app = new App();
  build(app);
  app.synth();
}
