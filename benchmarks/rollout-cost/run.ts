/**
 * What the default shape costs a month, counted from its template, against that of aws-ecs-patterns with the same host.
 *
 *   node benchmarks/rollout-cost/run.mjs
 */
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { ApplicationLoadBalancedEc2Service } from 'aws-cdk-lib/aws-ecs-patterns';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { EcsEc2Service } from '../../packages/ecs-ec2-service/src';
import { writeReport } from '../write-report';
import { bill } from './bill';

process.env.CDK_VALIDATION = 'false';
const image = ecs.ContainerImage.fromRegistry('example/app:1');
const env = { account: '111122223333', region: 'us-east-1' };

const shapes: Record<string, (stack: Stack) => void> = {
  'ecs-ec2-service, with a load balancer': (stack) => {
    const { service, vpc, containerPort } = new EcsEc2Service(stack, 'App', { image });
    const balancer = new elbv2.ApplicationLoadBalancer(stack, 'Balancer', { vpc, internetFacing: true });
    balancer
      .addListener('Http', { port: 80 })
      .addTargets('App', { port: containerPort, protocol: elbv2.ApplicationProtocol.HTTP, targets: [service] });
  },
  'aws-ecs-patterns': (stack) => {
    const cluster = new ecs.Cluster(stack, 'Cluster');
    cluster.addCapacity('Hosts', {
      instanceType: new ec2.InstanceType('t4g.small'),
      machineImage: ecs.EcsOptimizedImage.amazonLinux2(ecs.AmiHardwareType.ARM),
    });
    new ApplicationLoadBalancedEc2Service(stack, 'App', { cluster, memoryLimitMiB: 512, taskImageOptions: { image } });
  },
};

const results = Object.entries(shapes).map(([name, make]) => {
  const stack = new Stack(new App(), 'Shape', { env });
  make(stack);
  const template = Template.fromStack(stack).toJSON() as Parameters<typeof bill>[0];
  const usd = bill(template);
  const monthly = Object.values(usd).reduce((sum, value) => sum + value, 0);
  return {
    name,
    resources: Object.keys(template.Resources).length,
    ...Object.fromEntries(Object.entries(usd).map(([kind, value]) => [`${kind}Usd`, Number(value.toFixed(2))])),
    monthlyUsd: Number(monthly.toFixed(2)),
  };
});
const report = {
  benchmark: 'rollout-cost',
  what: 'USD a month at list prices of us-east-1 (benchmarks/rollout-cost/prices.ts), one host, two zones as both have by default, no traffic; logs come on top',
  results,
};
writeReport(report);
console.table(results);
