import type { IUserPool } from 'aws-cdk-lib/aws-cognito';

/**
 * A user pool that is there already, shared by several apps.
 *
 * Its sign-in pages must be the newer ones (managed login), and it needs the attribute `custom:groups` for providers with a
 * `groupsClaim`.
 */
export interface ExistingUserPool {
  /** The user pool. The load balancer becomes one more client of it. */
  readonly userPool: IUserPool;

  /** First part of the address of its sign-in pages, or their whole address when they have a domain of their own. */
  readonly domainName: string;
}
