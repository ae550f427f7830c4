import type { ICertificate } from 'aws-cdk-lib/aws-certificatemanager';
import type { Mfa } from 'aws-cdk-lib/aws-cognito';
import type { IVpc } from 'aws-cdk-lib/aws-ec2';
import type { ApplicationLoadBalancer, IApplicationLoadBalancerTarget } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { IHostedZone } from 'aws-cdk-lib/aws-route53';
import type { Duration, RemovalPolicy } from 'aws-cdk-lib/core';
import type { AccessLogsOptions } from './access-logs';
import type { AllowList } from './allow-list';
import type { Branding } from './branding';
import type { ExistingUserPool } from './existing-user-pool';
import type { FirewallOptions } from './firewall';
import type { IdentityProvider } from './identity-provider';
import type { MachineAccess } from './machine-access';
import type { SecurityHeaders } from './security-headers';

/** What `CognitoAlbAuth` needs to know, and what may be changed. */
export interface CognitoAlbAuthProps {
  /** Network of the load balancer. It needs public subnets in two availability zones. */
  readonly vpc: IVpc;

  /** The app behind the door: an ECS service, or anything else that listens for HTTP. */
  readonly target: IApplicationLoadBalancerTarget;

  /** TCP port on which the target listens for HTTP, from 1 to 65535. */
  readonly targetPort: number;

  /**
   * Address of the app, for example `viz.example.com`.
   *
   * In lower case and not the load balancer's own name, because Cognito accepts no capitals in the addresses that it
   * sends a browser back to.
   *
   * @see https://github.com/aws/aws-cdk/issues/11171
   */
  readonly domainName: string;

  /**
   * Zone of `domainName`: it gets the DNS record, and proves to the certificate authority that the name is yours.
   *
   * @default - no DNS record is made, and `certificate` is required
   */
  readonly hostedZone?: IHostedZone;

  /**
   * Certificate for `domainName`, in the load balancer's region.
   *
   * @default - one is made, validated by a record in `hostedZone`
   */
  readonly certificate?: ICertificate;

  /**
   * First part of the address of the sign-in pages: `https://<prefix>.auth.<region>.amazoncognito.com`.
   *
   * No other user pool of the region, of any account, may have the same. Lower-case letters, digits and hyphens, 63 at
   * most, without the words `aws`, `amazon` and `cognito`.
   *
   * @default - `domainName` with hyphens for dots
   */
  readonly signInDomainPrefix?: string;

  /**
   * The company's own sign-in: Entra ID, Okta, Google, or any provider that speaks OpenID Connect or SAML.
   *
   * With a single one and no `passwordSignIn`, visitors go straight to it.
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
   * Who may come in, of all who can sign in.
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
   * Whether users of the user pool may sign in with a passkey instead of a password.
   *
   * Where a second factor is required, what unlocks the passkey (a fingerprint, a PIN) counts as one. Cognito offers nobody
   * to make a passkey by itself: the README says which address to open for that.
   *
   * @default false
   */
  readonly passkeys?: boolean;

  /**
   * The look of the sign-in pages.
   *
   * @default - Cognito's
   */
  readonly branding?: Branding;

  /**
   * Paths that everyone may see without signing in, exact (`/about`) or a folder (`/static/*`).
   *
   * The app learns nothing of who is there, even if somebody is.
   *
   * @default - none
   */
  readonly publicPaths?: string[];

  /**
   * Paths that answer 401 without a session, whoever asks: exact or a folder (`/api/*`).
   *
   * Scripts of a page (`fetch`, `XMLHttpRequest`) get 401 on every path, because browsers say that it is a script. Name
   * paths here for programs that do not: command-line tools, older browsers.
   *
   * @default - none
   */
  readonly apiPaths?: string[];

  /**
   * Programs that call the app without a person.
   *
   * @default - none
   */
  readonly machineAccess?: MachineAccess;

  /**
   * How long a visitor stays signed in, from one second to seven days.
   *
   * @default Duration.hours(12)
   */
  readonly sessionDuration?: Duration;

  /**
   * Path of the app that answers 200 as soon as it can serve.
   *
   * @default '/healthz'
   */
  readonly healthCheckPath?: string;

  /**
   * How long the load balancer waits for open requests when a target leaves, from 0 to 3600 seconds.
   *
   * Every rolling deployment waits this long, so it is short; make it longer for downloads and streams.
   *
   * @default Duration.seconds(15)
   */
  readonly deregistrationDelay?: Duration;

  /**
   * Headers that the load balancer puts into every answer.
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
   * A web application firewall in front of the load balancer.
   *
   * @default - none
   */
  readonly firewall?: FirewallOptions;

  /**
   * A load balancer to use, of the same `vpc` and without listeners on ports 80 and 443.
   *
   * Invalid headers are dropped and ambiguous requests refused on it too, because the promises of this construct depend
   * on that.
   *
   * @default - one is made, open to the internet
   */
  readonly loadBalancer?: ApplicationLoadBalancer;

  /**
   * A user pool to use, shared with other apps.
   *
   * What belongs to the whole pool is set there: `allow`, `mfa`, `passkeys` and `signInDomainPrefix` cannot be set here.
   *
   * @default - one is made
   */
  readonly existingUserPool?: ExistingUserPool;

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
