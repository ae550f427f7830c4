// The smallest service, behind an open load balancer: everything by its defaults.

import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { App, Duration, Stack } from 'aws-cdk-lib/core';
import { EcsEc2Service } from '../src';

export function build(app: App): Stack {
  const stack = new Stack(app, 'IntegSmallest');
  const image = ecs.ContainerImage.fromRegistry('public.ecr.aws/docker/library/nginx:1.29');
  const { service, vpc, containerPort } = new EcsEc2Service(stack, 'App', { image, containerPort: 80 });
  const balancer = new elbv2.ApplicationLoadBalancer(stack, 'Balancer', { vpc, internetFacing: true });
  balancer.addListener('Http', { port: 80 }).addTargets('App', {
    port: containerPort,
    protocol: elbv2.ApplicationProtocol.HTTP,
    targets: [service],
    healthCheck: { interval: Duration.seconds(5), timeout: Duration.seconds(3), healthyThresholdCount: 2 },
    deregistrationDelay: Duration.seconds(30),
  });
  return stack;
}

if (require.main === module) {
  const app = new App();
  build(app);
  app.synth();
}
