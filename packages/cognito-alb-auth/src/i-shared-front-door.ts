import type { IConstruct } from 'constructs';
import type { FrontDoorQuotas } from './front-door-quotas';

/** A front door for many apps, as an app needs to know it. */
export interface ISharedFrontDoor extends IConstruct {
  /** Name of the door, by which apps of other repositories find it. */
  readonly doorName: string;
  /** The name below which apps have theirs: `sales.apps.example.com` below `apps.example.com`. */
  readonly domainName: string;
  /** ARN of the HTTPS listener. */
  readonly listenerArn: string;
  /** ARN of the load balancer, which signs who is asking. */
  readonly loadBalancerArn: string;
  /** The load balancer's own name, for DNS records. */
  readonly loadBalancerDnsName: string;
  /** Zone of the load balancer's own name, for DNS records. */
  readonly loadBalancerHostedZoneId: string;
  /** Security group of the load balancer. Apps let it in and never change it. */
  readonly securityGroupId: string;
  /** Id of the user pool that all apps share. */
  readonly userPoolId: string;
  /** ARN of that user pool. */
  readonly userPoolArn: string;
  /** First part of the address of the sign-in pages, or their whole address when they have a domain of their own. */
  readonly signInDomain: string;
  /** Names of the providers by which colleagues sign in. */
  readonly identityProviderNames: string[];
  /** Whether users of the user pool sign in with a password. */
  readonly passwordSignIn: boolean;
  /** Whether the sign-in pages are the newer ones, which need a style for each app. */
  readonly ownSignInPages: boolean;
  /** What the account's quotas have been raised to. */
  readonly quotas: FrontDoorQuotas;
}

/** What is told about a door of another repository. The rest is read at deployment from the parameters that it wrote. */
export interface SharedFrontDoorAttributes {
  /**
   * Name of the door.
   *
   * @default 'apps'
   */
  readonly doorName?: string;

  /** The door's `domainName`. */
  readonly domainName: string;

  /**
   * Names of its `identityProviders`, like `EntraID`.
   *
   * @default - none
   */
  readonly identityProviderNames?: string[];

  /**
   * Its `passwordSignIn`.
   *
   * @default - true without `identityProviderNames`, false with them
   */
  readonly passwordSignIn?: boolean;

  /**
   * Its `ownSignInPages`.
   *
   * @default false
   */
  readonly ownSignInPages?: boolean;

  /**
   * Its `quotas`.
   *
   * @default - those of a new account
   */
  readonly quotas?: FrontDoorQuotas;
}
