import { Construct } from 'constructs';
import type { FrontDoorQuotas } from './front-door-quotas';
import type { ISharedFrontDoor, SharedFrontDoorAttributes } from './i-shared-front-door';
import { readDoor } from './shared-door-parameters';

/**
 * A door of another repository. What it wrote into its parameters is read when the stack is deployed, and only what is
 * used: a parameter of the template that nothing refers to would be one more that can be missing.
 */
export class ImportedFrontDoor extends Construct implements ISharedFrontDoor {
  public readonly doorName: string;
  public readonly domainName: string;
  public readonly identityProviderNames: string[];
  public readonly passwordSignIn: boolean;
  public readonly ownSignInPages: boolean;
  public readonly quotas: FrontDoorQuotas;

  public constructor(scope: Construct, id: string, door: SharedFrontDoorAttributes & { readonly doorName: string }) {
    super(scope, id);
    this.doorName = door.doorName;
    this.domainName = door.domainName;
    this.identityProviderNames = door.identityProviderNames ?? [];
    this.passwordSignIn = door.passwordSignIn ?? this.identityProviderNames.length === 0;
    this.ownSignInPages = door.ownSignInPages ?? false;
    this.quotas = door.quotas ?? {};
  }

  public get listenerArn(): string {
    return readDoor(this, this.doorName, 'listener-arn');
  }

  public get loadBalancerArn(): string {
    return readDoor(this, this.doorName, 'load-balancer-arn');
  }

  public get loadBalancerDnsName(): string {
    return readDoor(this, this.doorName, 'load-balancer-dns-name');
  }

  public get loadBalancerHostedZoneId(): string {
    return readDoor(this, this.doorName, 'load-balancer-hosted-zone-id');
  }

  public get securityGroupId(): string {
    return readDoor(this, this.doorName, 'security-group-id');
  }

  public get userPoolId(): string {
    return readDoor(this, this.doorName, 'user-pool-id');
  }

  public get userPoolArn(): string {
    return readDoor(this, this.doorName, 'user-pool-arn');
  }

  public get signInDomain(): string {
    return readDoor(this, this.doorName, 'sign-in-domain');
  }
}
