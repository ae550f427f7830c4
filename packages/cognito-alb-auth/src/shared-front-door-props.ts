import type { ICertificate } from 'aws-cdk-lib/aws-certificatemanager';
import type { Mfa } from 'aws-cdk-lib/aws-cognito';
import type { IVpc } from 'aws-cdk-lib/aws-ec2';
import type { IHostedZone } from 'aws-cdk-lib/aws-route53';
import type { RemovalPolicy } from 'aws-cdk-lib/core';
import type { AccessLogsOptions } from './access-logs';
import type { AllowList } from './allow-list';
import type { ExistingUserPool } from './existing-user-pool';
import type { FirewallOptions } from './firewall';
import type { FrontDoorQuotas } from './front-door-quotas';
import type { IdentityProvider } from './identity-provider';
import type { SecurityHeaders } from './security-headers';

/** What `SharedFrontDoor` needs to know, and what may be changed. */
export interface SharedFrontDoorProps {
  /** Network of the load balancer and of the apps. It needs public subnets in two availability zones. */
  readonly vpc: IVpc;

  /** The name below which every app has its own: `sales.apps.example.com` below `apps.example.com`, in lower case. */
  readonly domainName: string;

  /**
   * Name by which apps of other repositories find the door: it writes SSM parameters below `/front-door/<name>/`.
   *
   * @default 'apps'
   */
  readonly doorName?: string;

  /**
   * Zone of `domainName`: it gets one DNS record for all apps, and proves to the certificate authority that the name is yours.
   *
   * @default - no DNS record is made, and `certificate` is required
   */
  readonly hostedZone?: IHostedZone;

  /**
   * Certificate for `*.<domainName>`, in the load balancer's region.
   *
   * @default - one is made, validated by a record in `hostedZone`
   */
  readonly certificate?: ICertificate;

  /**
   * First part of the address of the sign-in pages, unique in the region.
   *
   * @default - `domainName` with hyphens for dots
   */
  readonly signInDomainPrefix?: string;

  /**
   * The company's own sign-in, for all apps.
   *
   * @default - none: colleagues are invited to the user pool
   */
  readonly identityProviders?: IdentityProvider[];

  /**
   * Whether users of the user pool may sign in with a password.
   *
   * @default - true without `identityProviders`, false with them
   */
  readonly passwordSignIn?: boolean;

  /**
   * Who may come in to any of the apps, of all who can sign in.
   *
   * @default - everyone who can sign in
   */
  readonly allow?: AllowList;

  /**
   * Whether a password is followed by a second factor, a code of an authenticator app.
   *
   * With `REQUIRED`, Cognito has everybody set up an app at the first sign-in. With `OPTIONAL` it asks only those who have
   * one, and its sign-in pages offer nobody to set one up: a password is enough. Users of `identityProviders` are asked by
   * their provider, never by Cognito.
   *
   * @default Mfa.REQUIRED
   */
  readonly mfa?: Mfa;

  /**
   * Whether sign-in shows Cognito's newer pages, with a look for each app.
   *
   * Cognito has 20 looks for a user pool and raises that for nobody, so 20 apps are the end of it. Its older pages look the
   * same for all apps and have no such limit; with a single provider and no password nobody sees either.
   *
   * @default false
   */
  readonly ownSignInPages?: boolean;

  /**
   * A user pool to use: that of another door, whose load balancer is full.
   *
   * Its identity providers are there already: name them in `existingProviderNames`.
   *
   * @default - one is made
   */
  readonly existingUserPool?: ExistingUserPool;

  /**
   * Names of the providers of `existingUserPool`, like `EntraID`.
   *
   * @default - none
   */
  readonly existingProviderNames?: string[];

  /**
   * Headers that the load balancer puts into every answer, of every app.
   *
   * @default - HSTS for a year, no sniffing of content types, no frames, no `Server` header
   */
  readonly securityHeaders?: SecurityHeaders;

  /**
   * A line for each request, in a bucket.
   *
   * @default - no access logs
   */
  readonly accessLogs?: AccessLogsOptions;

  /**
   * A web application firewall in front of the load balancer, for all apps.
   *
   * @default - none
   */
  readonly firewall?: FirewallOptions;

  /**
   * What the account's quotas have been raised to.
   *
   * @default - those of a new account: 31 apps of the smallest kind
   */
  readonly quotas?: FrontDoorQuotas;

  /**
   * Whether load balancer and user pool refuse to be deleted until this is switched off.
   *
   * @default true
   */
  readonly deletionProtection?: boolean;

  /**
   * What becomes of the user pool, with all its users, when the construct leaves the stack.
   *
   * @default RemovalPolicy.RETAIN
   */
  readonly removalPolicy?: RemovalPolicy;
}
