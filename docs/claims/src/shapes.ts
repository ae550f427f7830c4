import { EcsEc2Service, type EcsEc2ServiceProps, Egress } from '@paebbl/ecs-ec2-service';
import { Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { App, Stack } from 'aws-cdk-lib/core';
import { bill } from '../../../benchmarks/rollout-cost/bill';

const small = new ec2.InstanceType('t4g.small');

/** What a team may choose, by the words of the page about costs. */
const SHAPES: Record<string, Partial<EcsEc2ServiceProps>> = {
  'one host, NAT instance (the default)': {},
  'one host, no way out (bring VPC endpoints)': { egress: Egress.none() },
  'one host, one NAT gateway': { egress: Egress.natGateways(1) },
  'two hosts, NAT instance': { hosts: { instanceType: small, min: 2 } },
  'two hosts, two NAT gateways': { hosts: { instanceType: small, min: 2 }, egress: Egress.natGateways(2) },
};

/** The rows of the table of costs, counted from synthesized templates. In USD a month. */
export function shapes(): { name: string; row: string }[] {
  return Object.entries(SHAPES).map(([name, props]) => {
    const usd = bill(templateOf(props));
    const columns = [
      usd.hosts + usd.hostDisks,
      usd.wayOut + usd.wayOutDisks,
      usd.loadBalancer,
      usd.publicAddresses,
      usd.containerInsights,
      Object.values(usd).reduce((sum, value) => sum + value, 0),
    ];
    return { name, row: `| ${name} | ${columns.map((value) => `$${Math.round(value)}`).join(' | ')} |` };
  });
}

function templateOf(props: Partial<EcsEc2ServiceProps>) {
  const env = { account: '111122223333', region: 'us-east-1' };
  const stack = new Stack(new App(), 'Shape', { env });
  const image = ecs.ContainerImage.fromRegistry('example/app:1');
  const { service, vpc, containerPort } = new EcsEc2Service(stack, 'App', { image, ...props });
  new elbv2.ApplicationLoadBalancer(stack, 'Balancer', { vpc, internetFacing: true })
    .addListener('Http', { port: 80 })
    .addTargets('App', { port: containerPort, protocol: elbv2.ApplicationProtocol.HTTP, targets: [service] });
  return Template.fromStack(stack).toJSON() as Parameters<typeof bill>[0];
}
