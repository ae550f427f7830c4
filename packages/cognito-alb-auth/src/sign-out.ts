import * as path from 'node:path';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as targets from 'aws-cdk-lib/aws-elasticloadbalancingv2-targets';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { PRIORITY } from './door-rules';
import { CALLBACK_PATH, COOKIE_NAME, SIGN_OUT_ENVIRONMENT, SIGN_OUT_PATH, SIGNED_OUT_PATH } from './sign-out-contract';
import { SmallFunction } from './small-function';

export interface SignOutProps {
  readonly listener: elbv2.IApplicationListener;
  /** Where to go on to when there is one app, or the sign-in pages of all apps: then the path names the app's client. */
  readonly goOn: { readonly logoutUrl: string } | { readonly signInOrigin: string };
}

/**
 * `/logout` and `/signed-out`, without a line in the app.
 *
 * They need no session: whoever signs out of an expired one must still be signed out of Cognito.
 */
export class SignOut extends Construct {
  public readonly handler: lambda.Function;

  public constructor(scope: Construct, id: string, { listener, goOn }: SignOutProps) {
    super(scope, id);
    this.handler = new SmallFunction(this, 'Function', {
      description: 'Ends sessions of the load balancer and of Cognito',
      asset: path.join(__dirname, '..', 'assets', 'sign-out'),
      environment: {
        ...('logoutUrl' in goOn
          ? { [SIGN_OUT_ENVIRONMENT.cookieName]: COOKIE_NAME, [SIGN_OUT_ENVIRONMENT.logoutUrl]: goOn.logoutUrl }
          : { [SIGN_OUT_ENVIRONMENT.signInOrigin]: goOn.signInOrigin }),
      },
      timeout: Duration.seconds(5),
    }).handler;
    const targetGroup = new elbv2.ApplicationTargetGroup(this, 'Target', {
      targetType: elbv2.TargetType.LAMBDA,
      targets: [new targets.LambdaTarget(this.handler)],
      // One answer expires several cookies, so it has several headers of the same name.
      multiValueHeadersEnabled: true,
    });
    const signOutPath = 'logoutUrl' in goOn ? SIGN_OUT_PATH : `${SIGN_OUT_PATH}/*`;
    new elbv2.ApplicationListenerRule(this, 'Rule', {
      listener,
      priority: PRIORITY.signOut,
      conditions: [elbv2.ListenerCondition.pathPatterns([signOutPath, SIGNED_OUT_PATH])],
      action: elbv2.ListenerAction.forward([targetGroup]),
    });
    // Whoever Cognito turns away comes back with an error, for which the load balancer has a bare '561'.
    new elbv2.ApplicationListenerRule(this, 'TurnedAway', {
      listener,
      priority: PRIORITY.turnedAway,
      conditions: [
        elbv2.ListenerCondition.pathPatterns([CALLBACK_PATH]),
        elbv2.ListenerCondition.queryStrings([{ key: 'error', value: '*' }]),
      ],
      action: elbv2.ListenerAction.forward([targetGroup]),
    });
  }
}
