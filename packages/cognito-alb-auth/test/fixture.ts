import { Template } from 'aws-cdk-lib/assertions';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { IpTarget } from 'aws-cdk-lib/aws-elasticloadbalancingv2-targets';
import { HostedZone } from 'aws-cdk-lib/aws-route53';
import { App, Stack } from 'aws-cdk-lib/core';
import { CognitoAlbAuth, type CognitoAlbAuthProps } from '../src';

export function newStack(): Stack {
  return new Stack(new App(), 'Stack', { env: { region: 'eu-west-1' } });
}

export function zoneOf(stack: Stack, zoneName = 'example.com') {
  return HostedZone.fromHostedZoneAttributes(stack, 'Zone', { hostedZoneId: 'Z0123456789', zoneName });
}

/** A construct with the smallest properties, changed by those given. */
export function newAuth(changes: Partial<CognitoAlbAuthProps> = {}, stack = newStack()): CognitoAlbAuth {
  return new CognitoAlbAuth(stack, 'Auth', {
    vpc: new Vpc(stack, 'Vpc', { natGateways: 0 }),
    target: new IpTarget('10.0.0.10', 5000),
    targetPort: 5000,
    domainName: 'viz.example.com',
    ...('hostedZone' in changes ? {} : { hostedZone: zoneOf(stack) }),
    ...changes,
  });
}

export function synthesize(changes: Partial<CognitoAlbAuthProps> = {}): Template {
  return templateOf(newAuth(changes));
}

export function templateOf(auth: CognitoAlbAuth): Template {
  return Template.fromStack(Stack.of(auth));
}

/** The only resource of a type. */
// biome-ignore lint/suspicious/noExplicitAny: a template has no types
export function only(template: Template, type: string): { id: string; properties: Record<string, any> } {
  const found = Object.entries(template.findResources(type));
  if (found.length !== 1) {
    throw new Error(`expected one ${type}, found ${found.length}`);
  }
  return { id: found[0][0], properties: found[0][1].Properties };
}

/** The properties of the listener rule of a priority. */
// biome-ignore lint/suspicious/noExplicitAny: a template has no types
export function ruleOf(template: Template, priority: number): Record<string, any> {
  const rules = template.findResources('AWS::ElasticLoadBalancingV2::ListenerRule', {
    Properties: { Priority: priority },
  });
  return Object.values(rules)[0]?.Properties;
}
