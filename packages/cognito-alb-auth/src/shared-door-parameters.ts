import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import type { Construct } from 'constructs';
import type { ISharedFrontDoor } from './i-shared-front-door';

/** What a door tells apps of other repositories. None of it is a secret. */
const KEYS = {
  'listener-arn': 'listenerArn',
  'load-balancer-arn': 'loadBalancerArn',
  'load-balancer-dns-name': 'loadBalancerDnsName',
  'load-balancer-hosted-zone-id': 'loadBalancerHostedZoneId',
  'security-group-id': 'securityGroupId',
  'user-pool-id': 'userPoolId',
  'user-pool-arn': 'userPoolArn',
  'sign-in-domain': 'signInDomain',
} as const;
export type DoorKey = keyof typeof KEYS;

export function writeDoor(scope: Construct, door: ISharedFrontDoor): void {
  for (const [key, property] of Object.entries(KEYS)) {
    new StringParameter(scope, `Parameter-${key}`, {
      parameterName: nameOf(door.doorName, key),
      stringValue: door[property],
    });
  }
}

/** The value at deployment. */
export function readDoor(scope: Construct, doorName: string, key: DoorKey): string {
  return StringParameter.valueForStringParameter(scope, nameOf(doorName, key));
}

function nameOf(doorName: string, key: string) {
  return `/front-door/${doorName}/${key}`;
}
