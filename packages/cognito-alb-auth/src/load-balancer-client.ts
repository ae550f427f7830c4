import * as cognito from 'aws-cdk-lib/aws-cognito';
import { Duration } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { CALLBACK_PATH, SIGNED_OUT_PATH } from './sign-out-contract';

export interface LoadBalancerClientProps {
  readonly domainName: string;
  readonly sessionDuration: Duration;
  readonly providerNames: string[];
  readonly passwordSignIn: boolean;
  readonly passkeys: boolean;
  /**
   * Attributes that sign-in at a provider fills in: Cognito refuses it if the client may not write them.
   *
   * Undefined means all of them, for a pool whose providers are somebody else's.
   */
  readonly writeAttributes?: cognito.ClientAttributes;
}

/** The load balancer as a client of the user pool. Nobody else knows its secret: Cognito hands it over by itself. */
export function createLoadBalancerClient(
  scope: Construct,
  userPool: cognito.IUserPool,
  { domainName, sessionDuration, providerNames, passwordSignIn, passkeys, writeAttributes }: LoadBalancerClientProps,
): cognito.UserPoolClient {
  return new cognito.UserPoolClient(scope, 'Client', {
    userPool,
    generateSecret: true,
    preventUserExistenceErrors: true,
    enableTokenRevocation: true,
    authFlows: { userSrp: true, user: passkeys },
    writeAttributes,
    supportedIdentityProviders: [
      ...(passwordSignIn ? [cognito.UserPoolClientIdentityProvider.COGNITO] : []),
      ...providerNames.map((name) => cognito.UserPoolClientIdentityProvider.custom(name)),
    ],
    oAuth: {
      flows: { authorizationCodeGrant: true },
      // Not the scope with which a token could change the user's own attributes, groups included.
      scopes: [cognito.OAuthScope.OPENID, cognito.OAuthScope.EMAIL],
      callbackUrls: [`https://${domainName}${CALLBACK_PATH}`],
      logoutUrls: [`https://${domainName}${SIGNED_OUT_PATH}`],
    },
    idTokenValidity: Duration.hours(1),
    accessTokenValidity: Duration.hours(1),
    // The load balancer renews a session with it, so it lives as long as the session, and at least Cognito's minimum.
    refreshTokenValidity: sessionDuration.toSeconds() < 3600 ? Duration.hours(1) : roundUp(sessionDuration),
  });
}

/** Cognito counts in minutes. */
function roundUp(duration: Duration) {
  return Duration.minutes(Math.ceil(duration.toSeconds() / 60));
}
