import type { ICertificate } from 'aws-cdk-lib/aws-certificatemanager';
import type { IVpc } from 'aws-cdk-lib/aws-ec2';
import type { IApplicationLoadBalancerTarget } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { IHostedZone } from 'aws-cdk-lib/aws-route53';
import type { Duration } from 'aws-cdk-lib/core';
import type { Branding } from './branding';
import type { ISharedFrontDoor } from './i-shared-front-door';
import type { MachineAccess } from './machine-access';

/** What `SharedDoorApp` needs to know, and what may be changed. */
export interface SharedDoorAppProps {
  /** The door: a `SharedFrontDoor`, or one of another repository by `SharedFrontDoor.fromParameters`. */
  readonly frontDoor: ISharedFrontDoor;

  /** Network of the app: the door's. */
  readonly vpc: IVpc;

  /** The app behind the door: an ECS service, or anything else that listens for HTTP. */
  readonly target: IApplicationLoadBalancerTarget;

  /** TCP port on which the target listens for HTTP, from 1 to 65535. */
  readonly targetPort: number;

  /** Address of the app, one label below the door's: `sales.apps.example.com`. Any other one needs a `certificate`. */
  readonly domainName: string;

  /**
   * Place of the app's rules among those of the door's other apps, from 1 to 199. Whoever runs the door keeps the list.
   *
   * Without one it is made from `domainName`. Two of ten apps get the same one in 3 of 100 companies, two of 50 in every
   * second: number the apps from a dozen on. A slot that is taken is refused, here or by AWS at deployment.
   *
   * @default - made from `domainName`
   */
  readonly slot?: number;

  /**
   * Certificate for a `domainName` that is not below the door's. It is added to the door's listener, which has room for 25.
   *
   * @default - the door's certificate is for this name, too
   */
  readonly certificate?: ICertificate;

  /**
   * Zone that gets a DNS record for a `domainName` that is not below the door's.
   *
   * @default - the door's DNS record is for this name, too
   */
  readonly hostedZone?: IHostedZone;

  /**
   * The look of the sign-in pages, where the door has `ownSignInPages`.
   *
   * @default - Cognito's
   */
  readonly branding?: Branding;

  /**
   * Paths that everyone may see without signing in, exact (`/about`) or a folder (`/static/*`).
   *
   * @default - none
   */
  readonly publicPaths?: string[];

  /**
   * Paths that answer 401 without a session, whoever asks: exact or a folder (`/api/*`).
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
   * @default Duration.seconds(15)
   */
  readonly deregistrationDelay?: Duration;
}
