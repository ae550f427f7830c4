import { Peer, Port, SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { App, Stack } from 'aws-cdk-lib/core';
import { AwsSolutionsChecks } from 'cdk-nag';
import { EcsEc2Service, type EcsEc2ServiceProps, Egress, HostOperatingSystem } from '../src';
import { image } from './stack';

/** Findings that nobody has explained, as `rule at path`. */
function findings(props: Partial<EcsEc2ServiceProps>): string[] {
  const app = new App();
  new EcsEc2Service(new Stack(app, 'Test'), 'App', { image, ...props });
  const { violations } = new AwsSolutionsChecks().validateScope(app);
  return violations.flatMap((rule) => rule.violatingResources.map((at) => `${rule.ruleName} at ${at.constructPath}`));
}

test.each<[string, Partial<EcsEc2ServiceProps>]>([
  ['with its defaults', {}],
  ['with NAT gateways', { egress: Egress.natGateways() }],
  ['on Bottlerocket', { hosts: { operatingSystem: HostOperatingSystem.BOTTLEROCKET } }],
  ['on Spot hosts', { hosts: { spot: {} } }],
  ['that scales', { autoScaling: { maxTasks: 2 } }],
  ['with ECS Exec and plain settings', { enableExecuteCommand: true, environment: { LEVEL: 'info' } }],
])('the AwsSolutions checks find nothing unexplained in a service %s', (_name, props) => {
  expect(findings(props)).toEqual([]);
});

test('the checks do find what is wrong', () => {
  const app = new App();
  const stack = new Stack(app, 'Test');
  const { vpc } = new EcsEc2Service(stack, 'App', { image });
  new SecurityGroup(stack, 'Open', { vpc }).addIngressRule(Peer.anyIpv4(), Port.tcp(22));
  const { violations } = new AwsSolutionsChecks().validateScope(app);
  expect(violations.map((rule) => rule.ruleName)).toContain('AwsSolutions-EC23');
});
