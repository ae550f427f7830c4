import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { AuthenticateCognitoAction } from 'aws-cdk-lib/aws-elasticloadbalancingv2-actions';
import { LambdaTarget } from 'aws-cdk-lib/aws-elasticloadbalancingv2-targets';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as route53 from 'aws-cdk-lib/aws-route53';
import { LoadBalancerTarget } from 'aws-cdk-lib/aws-route53-targets';
import type { Construct } from 'constructs';
import { config } from '../../../../apps/paebbl-viz/infra/config';

const COOKIE = 'AWSELBAuthSessionCookie';

/** Load balancer, user pool, sign-out and alarms. The two functions' code is ours: somebody wrote it by hand once, too. */
export function addSignIn(
  scope: Construct,
  vpc: ec2.IVpc,
  target: elbv2.IApplicationLoadBalancerTarget,
  zone: route53.IHostedZone,
  assets: string,
) {
  const { domainName } = config.address;
  const fn = (id: string, asset: string, environment: Record<string, string>) =>
    new lambda.Function(scope, id, {
      code: lambda.Code.fromAsset(`${assets}/${asset}`),
      handler: 'index.handler',
      runtime: lambda.Runtime.NODEJS_24_X,
      architecture: lambda.Architecture.ARM_64,
      timeout: Duration.seconds(5),
      logGroup: new logs.LogGroup(scope, `${id}Log`, {
        retention: logs.RetentionDays.ONE_MONTH,
        removalPolicy: RemovalPolicy.DESTROY,
      }),
      environment,
    });
  const guard = fn('Guard', 'access-guard', {
    ACCESS_POLICY: JSON.stringify({ emailDomains: config.signIn.emailDomains, groups: [] }),
  });
  const users = new cognito.UserPool(scope, 'Users', {
    selfSignUpEnabled: false,
    signInAliases: { email: true },
    signInCaseSensitive: false,
    autoVerify: { email: true },
    accountRecovery: cognito.AccountRecovery.EMAIL_ONLY,
    passwordPolicy: {
      minLength: 12,
      requireLowercase: true,
      requireUppercase: true,
      requireDigits: true,
      requireSymbols: true,
    },
    mfa: cognito.Mfa.REQUIRED,
    mfaSecondFactor: { sms: false, otp: true },
    featurePlan: cognito.FeaturePlan.ESSENTIALS,
    deletionProtection: true,
    lambdaTriggers: { preSignUp: guard, preAuthentication: guard },
  });
  users.addTrigger(cognito.UserPoolOperation.PRE_TOKEN_GENERATION_CONFIG, guard, cognito.LambdaVersion.V2_0);
  const domain = users.addDomain('Domain', {
    cognitoDomain: { domainPrefix: config.signIn.domainPrefix },
    managedLoginVersion: cognito.ManagedLoginVersion.NEWER_MANAGED_LOGIN,
  });
  const client = users.addClient('Client', {
    generateSecret: true,
    preventUserExistenceErrors: true,
    enableTokenRevocation: true,
    authFlows: { userSrp: true },
    oAuth: {
      flows: { authorizationCodeGrant: true },
      scopes: [cognito.OAuthScope.OPENID, cognito.OAuthScope.EMAIL],
      callbackUrls: [`https://${domainName}/oauth2/idpresponse`],
      logoutUrls: [`https://${domainName}/signed-out`],
    },
    idTokenValidity: Duration.hours(1),
    accessTokenValidity: Duration.hours(1),
    refreshTokenValidity: Duration.hours(12),
  });
  new cognito.CfnManagedLoginBranding(scope, 'Branding', {
    userPoolId: users.userPoolId,
    clientId: client.userPoolClientId,
    useCognitoProvidedValues: true,
  });
  const targets = new elbv2.ApplicationTargetGroup(scope, 'Targets', {
    vpc,
    port: config.task.port,
    protocol: elbv2.ApplicationProtocol.HTTP,
    targets: [target],
    deregistrationDelay: Duration.seconds(15),
    healthCheck: { path: config.task.healthCheckPath, interval: Duration.seconds(5), timeout: Duration.seconds(4) },
  });
  const session = (onUnauthenticatedRequest: elbv2.UnauthenticatedAction) =>
    new AuthenticateCognitoAction({
      userPool: users,
      userPoolClient: client,
      userPoolDomain: domain,
      scope: 'openid email',
      sessionCookieName: COOKIE,
      sessionTimeout: Duration.hours(12),
      onUnauthenticatedRequest,
      next: elbv2.ListenerAction.forward([targets]),
    });
  const balancer = new elbv2.ApplicationLoadBalancer(scope, 'LoadBalancer', {
    vpc,
    internetFacing: true,
    deletionProtection: true,
    dropInvalidHeaderFields: true,
    desyncMitigationMode: elbv2.DesyncMitigationMode.STRICTEST,
  });
  balancer.addRedirect();
  const listener = balancer.addListener('Https', {
    port: 443,
    certificates: [
      new acm.Certificate(scope, 'Certificate', {
        domainName,
        validation: acm.CertificateValidation.fromDns(zone),
      }),
    ],
    sslPolicy: elbv2.SslPolicy.TLS13_12_RES_PQ,
    defaultAction: session(elbv2.UnauthenticatedAction.AUTHENTICATE),
  });
  for (const [name, value] of Object.entries({
    strict_transport_security: 'max-age=31536000',
    x_content_type_options: 'nosniff',
    x_frame_options: 'DENY',
  })) {
    listener.setAttribute(`routing.http.response.${name}.header_value`, value);
  }
  const back = `https%3A%2F%2F${domainName}%2Fsigned-out`;
  const signOut = fn('SignOut', 'sign-out', {
    SESSION_COOKIE_NAME: COOKIE,
    LOGOUT_URL: `${domain.baseUrl()}/logout?client_id=${client.userPoolClientId}&logout_uri=${back}`,
  });
  const signOutTargets = new elbv2.ApplicationTargetGroup(scope, 'SignOutTargets', {
    targetType: elbv2.TargetType.LAMBDA,
    targets: [new LambdaTarget(signOut)],
    multiValueHeadersEnabled: true,
  });
  listener.addAction('SignOutRule', {
    priority: 1,
    conditions: [elbv2.ListenerCondition.pathPatterns(['/logout', '/signed-out'])],
    action: elbv2.ListenerAction.forward([signOutTargets]),
  });
  listener.addAction('TurnedAwayRule', {
    priority: 2,
    conditions: [
      elbv2.ListenerCondition.pathPatterns(['/oauth2/idpresponse']),
      elbv2.ListenerCondition.queryStrings([{ key: 'error', value: '*' }]),
    ],
    action: elbv2.ListenerAction.forward([signOutTargets]),
  });
  listener.addAction('ScriptsRule', {
    priority: 4000,
    conditions: [
      elbv2.ListenerCondition.httpHeader('Sec-Fetch-Dest', ['empty']),
      elbv2.ListenerCondition.httpHeader('Sec-Fetch-Mode', ['cors', 'same-origin']),
    ],
    action: session(elbv2.UnauthenticatedAction.DENY),
  });
  new route53.ARecord(scope, 'Alias', {
    zone,
    recordName: `${domainName}.`,
    target: route53.RecordTarget.fromAlias(new LoadBalancerTarget(balancer)),
  });
  const alarm = (id: string, metric: cloudwatch.Metric, threshold: number) =>
    new cloudwatch.Alarm(scope, id, {
      metric: metric.with({ period: Duration.minutes(1) }),
      threshold,
      evaluationPeriods: 3,
      datapointsToAlarm: 2,
      comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
    });
  return {
    balancer,
    client,
    alarms: [
      alarm('ServerErrors', targets.metrics.httpCodeTarget(elbv2.HttpCodeTarget.TARGET_5XX_COUNT), 5),
      alarm('UnhealthyTargets', targets.metrics.unhealthyHostCount(), 1),
      alarm('SignInErrors', balancer.metrics.elbAuthError(), 5),
    ],
  };
}
