import { Template } from 'aws-cdk-lib/assertions';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { IpTarget } from 'aws-cdk-lib/aws-elasticloadbalancingv2-targets';
import { HostedZone } from 'aws-cdk-lib/aws-route53';
import { App, Stack } from 'aws-cdk-lib/core';
import {
  type ISharedFrontDoor,
  SharedDoorApp,
  type SharedDoorAppProps,
  SharedFrontDoor,
  type SharedFrontDoorProps,
} from '../src';

const env = { account: '111122223333', region: 'eu-west-1' };

/** A company: one CDK app with a stack for the door and a stack for each app behind it. */
export class Company {
  public readonly app = new App();
  public readonly doorStack = new Stack(this.app, 'Door', { env });
  public readonly vpc = new Vpc(this.doorStack, 'Vpc', { natGateways: 0 });
  private apps = 0;

  public newDoor(changes: Partial<SharedFrontDoorProps> = {}, id = 'Apps'): SharedFrontDoor {
    return new SharedFrontDoor(this.doorStack, id, {
      vpc: this.vpc,
      domainName: 'apps.example.com',
      hostedZone: this.zone(this.doorStack, id),
      ...changes,
    });
  }

  public newApp(frontDoor: ISharedFrontDoor, changes: Partial<SharedDoorAppProps> = {}, stack = this.newStack()) {
    return new SharedDoorApp(stack, 'App', {
      frontDoor,
      vpc: this.vpc,
      target: new IpTarget('10.0.0.10', 5000),
      targetPort: 5000,
      domainName: `app-${this.apps}.apps.example.com`,
      slot: this.apps,
      ...changes,
    });
  }

  public newStack(): Stack {
    this.apps++;
    return new Stack(this.app, `App${this.apps}`, { env });
  }

  public zone(stack: Stack, id: string) {
    return HostedZone.fromHostedZoneAttributes(stack, `${id}Zone`, {
      hostedZoneId: 'Z0123456789',
      zoneName: 'example.com',
    });
  }
}

export const RULE = 'AWS::ElasticLoadBalancingV2::ListenerRule';

export function templateOfStack(construct: SharedDoorApp | SharedFrontDoor): Template {
  return Template.fromStack(Stack.of(construct));
}

/** Rules of a template in the order in which the load balancer looks at them. */
// biome-ignore lint/suspicious/noExplicitAny: a template has no types
export function rulesOf(template: Template): Record<string, any>[] {
  return Object.values(template.findResources(RULE))
    .map(({ Properties }) => Properties)
    .sort((a, b) => a.Priority - b.Priority);
}
