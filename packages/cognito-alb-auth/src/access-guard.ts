import * as path from 'node:path';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { ACCESS_POLICY_ENVIRONMENT, type AccessPolicy } from './access-guard-contract';
import { SmallFunction } from './small-function';

/**
 * Asks a function before anyone is signed in, before anyone from outside becomes a user, and before any token is made.
 *
 * The last of these decides: no token, no session. It also runs when the load balancer renews a session, so whoever
 * loses a group is out within the hour that a token lives.
 */
export class AccessGuard extends Construct {
  public readonly handler: lambda.Function;

  public constructor(scope: Construct, id: string, userPool: cognito.UserPool, policy: AccessPolicy) {
    super(scope, id);
    this.handler = new SmallFunction(this, 'Function', {
      description: 'Decides who may sign in',
      asset: path.join(__dirname, '..', 'assets', 'access-guard'),
      environment: { [ACCESS_POLICY_ENVIRONMENT]: JSON.stringify(policy) },
      // Cognito gives up after five seconds.
      timeout: Duration.seconds(5),
    }).handler;
    userPool.addTrigger(cognito.UserPoolOperation.PRE_SIGN_UP, this.handler);
    userPool.addTrigger(cognito.UserPoolOperation.PRE_AUTHENTICATION, this.handler);
    userPool.addTrigger(
      cognito.UserPoolOperation.PRE_TOKEN_GENERATION_CONFIG,
      this.handler,
      cognito.LambdaVersion.V2_0,
    );
  }
}
