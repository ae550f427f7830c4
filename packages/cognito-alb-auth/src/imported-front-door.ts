import { Construct } from 'constructs';
import type { FrontDoorQuotas } from './front-door-quotas';
import type { ISharedFrontDoor, SharedFrontDoorAttributes } from './i-shared-front-door';
import { readDoor } from './shared-door-parameters';

/** A door of another repository. What it wrote into its parameters is read when the stack is deployed. */
export class ImportedFrontDoor extends Construct implements ISharedFrontDoor {
  public readonly doorName: string;
  public readonly domainName: string;
  public readonly identityProviderNames: string[];
  public readonly passwordSignIn: boolean;
  public readonly ownSignInPages: boolean;
  public readonly quotas: FrontDoorQuotas;
  public readonly listenerArn: string;
  public readonly loadBalancerArn: string;
  public readonly loadBalancerDnsName: string;
  public readonly loadBalancerHostedZoneId: string;
  public readonly securityGroupId: string;
  public readonly userPoolId: string;
  public readonly userPoolArn: string;
  public readonly signInDomain: string;

  public constructor(scope: Construct, id: string, door: SharedFrontDoorAttributes & { readonly doorName: string }) {
    super(scope, id);
    this.doorName = door.doorName;
    this.domainName = door.domainName;
    this.identityProviderNames = door.identityProviderNames ?? [];
    this.passwordSignIn = door.passwordSignIn ?? this.identityProviderNames.length === 0;
    this.ownSignInPages = door.ownSignInPages ?? false;
    this.quotas = door.quotas ?? {};
    this.listenerArn = readDoor(this, door.doorName, 'listener-arn');
    this.loadBalancerArn = readDoor(this, door.doorName, 'load-balancer-arn');
    this.loadBalancerDnsName = readDoor(this, door.doorName, 'load-balancer-dns-name');
    this.loadBalancerHostedZoneId = readDoor(this, door.doorName, 'load-balancer-hosted-zone-id');
    this.securityGroupId = readDoor(this, door.doorName, 'security-group-id');
    this.userPoolId = readDoor(this, door.doorName, 'user-pool-id');
    this.userPoolArn = readDoor(this, door.doorName, 'user-pool-arn');
    this.signInDomain = readDoor(this, door.doorName, 'sign-in-domain');
  }
}
