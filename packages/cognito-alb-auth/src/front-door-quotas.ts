/**
 * Quotas of AWS that many apps behind one door come up against, as far as an account can have them raised.
 *
 * They are compared with the apps of one CDK app when it is synthesized, so that a full door is a sentence and not a
 * failed deployment.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/quotas.html
 */
export interface FrontDoorQuotas {
  /**
   * Rules of a load balancer. An app takes 3, and more for `publicPaths`, `apiPaths` and `machineAccess`; the door takes 5.
   *
   * @default 100
   */
  readonly rules?: number;

  /**
   * Certificates of a load balancer besides its first one. Apps below the door's `domainName` need none.
   *
   * @default 25
   */
  readonly certificates?: number;

  /**
   * Resource servers of a user pool: an app with `machineAccess` takes one. AWS raises it to 300 at most.
   *
   * @default 25
   */
  readonly resourceServers?: number;

  /**
   * Clients of a user pool: one for each app, and one for each program of `machineAccess`. AWS raises it to 10,000 at most.
   *
   * @default 1000
   */
  readonly userPoolClients?: number;
}
