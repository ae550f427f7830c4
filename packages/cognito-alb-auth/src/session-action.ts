import type * as cognito from 'aws-cdk-lib/aws-cognito';
import type * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { AuthenticateCognitoAction } from 'aws-cdk-lib/aws-elasticloadbalancingv2-actions';
import type { Duration } from 'aws-cdk-lib/core';

export interface SessionActionProps {
  readonly userPool: cognito.IUserPool;
  readonly client: cognito.IUserPoolClient;
  readonly domain: cognito.IUserPoolDomain;
  /** Name of the session's cookie, without the number of a shard. */
  readonly cookieName: string;
  readonly sessionDuration: Duration;
  readonly providerNames: readonly string[];
  readonly passwordSignIn: boolean;
  readonly onUnauthenticatedRequest: elbv2.UnauthenticatedAction;
  readonly next: elbv2.ListenerAction;
}

/** Lets a request with a session through; what becomes of one without is said by `onUnauthenticatedRequest`. */
export function sessionAction(props: SessionActionProps): elbv2.ListenerAction {
  const { providerNames, passwordSignIn } = props;
  return new AuthenticateCognitoAction({
    userPool: props.userPool,
    userPoolClient: props.client,
    userPoolDomain: props.domain,
    scope: 'openid email',
    sessionCookieName: props.cookieName,
    sessionTimeout: props.sessionDuration,
    onUnauthenticatedRequest: props.onUnauthenticatedRequest,
    // A page with a single button is one click too many.
    authenticationRequestExtraParams:
      providerNames.length === 1 && !passwordSignIn ? { identity_provider: providerNames[0] } : undefined,
    next: props.next,
  });
}
