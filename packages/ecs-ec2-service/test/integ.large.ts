// Spot and Bottlerocket hosts behind NAT gateways, that scale, with alarms, a dashboard and a rollback on an alarm.

import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { App, Duration, Size, Stack } from 'aws-cdk-lib/core';
import { DeploymentStyle, EcsEc2Service, Egress, HostOperatingSystem, ServiceMonitoring } from '../src';

export function build(app: App): Stack {
  const stack = new Stack(app, 'IntegLarge');
  const errors = new cloudwatch.Metric({ namespace: 'Large', metricName: 'Errors' }).createAlarm(stack, 'Errors', {
    threshold: 1,
    evaluationPeriods: 1,
  });
  const large = new EcsEc2Service(stack, 'App', {
    image: ecs.ContainerImage.fromRegistry('public.ecr.aws/docker/library/nginx:1.29'),
    egress: Egress.natGateways(2),
    cpuUnits: 512,
    memory: Size.gibibytes(1),
    containerPort: 80,
    serviceName: 'large',
    namespaceName: 'large',
    serviceConnect: { alias: 'large' },
    enableExecuteCommand: true,
    hosts: {
      instanceType: new ec2.InstanceType('t4g.medium'),
      operatingSystem: HostOperatingSystem.BOTTLEROCKET,
      spot: { onDemandHosts: 1, otherTypes: [new ec2.InstanceType('t4g.large')] },
      max: 4,
    },
    autoScaling: { maxTasks: 4, memoryPercent: 80 },
    deployment: DeploymentStyle.rolling({ bakeTime: Duration.minutes(5), rollbackAlarms: [errors] }),
  });
  const balancer = new elbv2.ApplicationLoadBalancer(stack, 'Balancer', { vpc: large.vpc, internetFacing: true });
  const targetGroup = balancer.addListener('Http', { port: 80 }).addTargets('App', {
    port: large.containerPort,
    protocol: elbv2.ApplicationProtocol.HTTP,
    targets: [large.service],
  });
  large.scaleOnRequests(targetGroup, 600);
  new ServiceMonitoring(stack, 'Monitoring', { service: large.service, targetGroup });
  return stack;
}

if (require.main === module) {
  const app = new App();
  build(app);
  app.synth();
}
