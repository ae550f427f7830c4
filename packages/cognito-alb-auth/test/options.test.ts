import { Match } from 'aws-cdk-lib/assertions';
import { Mfa, UserPool } from 'aws-cdk-lib/aws-cognito';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { ApplicationLoadBalancer } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Duration } from 'aws-cdk-lib/core';
import { newAuth, newStack, only, ruleOf, synthesize, templateOf } from './fixture';

const POOL = 'AWS::Cognito::UserPool';
const LOAD_BALANCER = 'AWS::ElasticLoadBalancingV2::LoadBalancer';

test('an allow-list is asked before sign-up, before sign-in and before every token', () => {
  const template = synthesize({ allow: { emailDomains: ['example.com'], groups: ['viz'] } });

  template.hasResourceProperties(POOL, {
    LambdaConfig: {
      PreSignUp: Match.anyValue(),
      PreAuthentication: Match.anyValue(),
      PreTokenGenerationConfig: { LambdaVersion: 'V2_0' },
    },
  });
  template.hasResourceProperties('AWS::Lambda::Function', {
    Environment: { Variables: { ACCESS_POLICY: '{"emailDomains":["example.com"],"groups":["viz"]}' } },
  });
});

test('without an allow-list no function stands between Cognito and a token', () => {
  synthesize().hasResourceProperties(POOL, { LambdaConfig: Match.absent() });
});

test('API paths answer 401 instead of a page to sign in', () => {
  expect(ruleOf(synthesize({ apiPaths: ['/api/*'] }), 3000)).toMatchObject({
    Conditions: [{ Field: 'path-pattern', PathPatternConfig: { Values: ['/api/*'] } }],
    Actions: [
      {
        Order: 1,
        Type: 'authenticate-cognito',
        AuthenticateCognitoConfig: { OnUnauthenticatedRequest: 'deny', SessionTimeout: 43200 },
      },
      { Order: 2, Type: 'forward' },
    ],
  });
});

test('a script of a page gets 401 on every path, because it cannot follow anyone to sign in', () => {
  expect(ruleOf(synthesize(), 4000)).toMatchObject({
    Conditions: [
      { Field: 'http-header', HttpHeaderConfig: { HttpHeaderName: 'Sec-Fetch-Dest', Values: ['empty'] } },
      { Field: 'http-header', HttpHeaderConfig: { HttpHeaderName: 'Sec-Fetch-Mode', Values: ['cors', 'same-origin'] } },
    ],
    Actions: [
      { Type: 'authenticate-cognito', AuthenticateCognitoConfig: { OnUnauthenticatedRequest: 'deny' } },
      { Type: 'forward' },
    ],
  });
});

test('public paths reach the app directly', () => {
  expect(ruleOf(synthesize({ publicPaths: ['/about', '/static/*'] }), 2000)).toMatchObject({
    Conditions: [{ Field: 'path-pattern', PathPatternConfig: { Values: ['/about', '/static/*'] } }],
    Actions: [{ Type: 'forward' }],
  });
});

test.each(['x-amzn-oidc-identity', 'x-amzn-oidc-data', 'x-amzn-oidc-accesstoken'])(
  'where anyone may come in, a request that brings %s by itself is refused',
  (header) => {
    synthesize({ publicPaths: ['/about'] }).hasResourceProperties('AWS::ElasticLoadBalancingV2::ListenerRule', {
      Priority: Match.anyValue(),
      Conditions: [{ Field: 'http-header', HttpHeaderConfig: { HttpHeaderName: header, Values: ['*'] } }],
      Actions: [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '400' } }],
    });
  },
);

test('programs get clients of their own and come in with a token that was made for them', () => {
  const auth = newAuth({
    machineAccess: { paths: ['/api/*'], clients: ['nightly-job', 'other'], tokenValidity: Duration.minutes(5) },
  });
  const template = templateOf(auth);

  expect(Object.keys(auth.machineClients)).toEqual(['nightly-job', 'other']);
  template.hasResourceProperties('AWS::Cognito::UserPoolClient', {
    AllowedOAuthFlows: ['client_credentials'],
    GenerateSecret: true,
    ExplicitAuthFlows: ['ALLOW_REFRESH_TOKEN_AUTH'],
    AccessTokenValidity: 5,
    AllowedOAuthScopes: [{ 'Fn::Join': ['', [{ Ref: Match.anyValue() }, '/call']] }],
  });
  expect(ruleOf(template, 1000)).toMatchObject({
    Conditions: [
      { Field: 'path-pattern', PathPatternConfig: { Values: ['/api/*'] } },
      { Field: 'http-header', HttpHeaderConfig: { HttpHeaderName: 'Authorization', Values: ['Bearer *'] } },
    ],
    Actions: [
      {
        Order: 1,
        Type: 'jwt-validation',
        JwtValidationConfig: {
          AdditionalClaims: [
            { Name: 'token_use', Format: 'single-string', Values: ['access'] },
            { Name: 'scope', Format: 'space-separated-values', Values: ['https://viz.example.com/call'] },
          ],
        },
      },
      { Order: 2, Type: 'forward' },
    ],
  });
});

test('a second factor can be left to each user or left out', () => {
  synthesize({ mfa: Mfa.OPTIONAL }).hasResourceProperties(POOL, { MfaConfiguration: 'OPTIONAL' });
  synthesize({ mfa: Mfa.OFF }).hasResourceProperties(POOL, { MfaConfiguration: 'OFF', EnabledMfas: Match.absent() });
});

test('passkeys ask for a fingerprint or a PIN, and the client may use them', () => {
  const template = synthesize({ passkeys: true });

  template.hasResourceProperties(POOL, {
    Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'WEB_AUTHN'] } },
    WebAuthnUserVerification: 'required',
    WebAuthnFactorConfiguration: 'MULTI_FACTOR_WITH_USER_VERIFICATION',
  });
  template.hasResourceProperties('AWS::Cognito::UserPoolClient', {
    ExplicitAuthFlows: Match.arrayWith(['ALLOW_USER_AUTH']),
  });
});

test('a passkey is not counted as two factors where one is enough', () => {
  for (const mfa of [Mfa.OFF, Mfa.OPTIONAL]) {
    synthesize({ passkeys: true, mfa }).hasResourceProperties(POOL, { WebAuthnFactorConfiguration: Match.absent() });
  }
  synthesize().hasResourceProperties(POOL, { WebAuthnFactorConfiguration: Match.absent() });
});

test('access logs go to a private, encrypted bucket that forgets after ninety days', () => {
  const template = synthesize({ accessLogs: {} });

  template.hasResourceProperties('AWS::S3::Bucket', {
    PublicAccessBlockConfiguration: { BlockPublicAcls: true, RestrictPublicBuckets: true },
    BucketEncryption: {
      ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
    },
    LifecycleConfiguration: { Rules: [{ ExpirationInDays: 90, Status: 'Enabled' }] },
  });
  template.hasResourceProperties(LOAD_BALANCER, {
    LoadBalancerAttributes: Match.arrayWith([{ Key: 'access_logs.s3.enabled', Value: 'true' }]),
  });
});

test('access logs can go to a bucket that is there', () => {
  const stack = newStack();
  const bucket = Bucket.fromBucketName(stack, 'Logs', 'company-logs');

  const template = templateOf(newAuth({ accessLogs: { bucket } }, stack));

  template.resourceCountIs('AWS::S3::Bucket', 0);
  template.hasResourceProperties(LOAD_BALANCER, {
    LoadBalancerAttributes: Match.arrayWith([{ Key: 'access_logs.s3.bucket', Value: 'company-logs' }]),
  });
});

test('the firewall limits each address and counts what sign-in needs instead of blocking it', () => {
  const template = synthesize({ firewall: { requestsPerFiveMinutes: 500 } });

  template.hasResourceProperties('AWS::WAFv2::WebACL', {
    Scope: 'REGIONAL',
    Rules: Match.arrayWith([
      Match.objectLike({
        Name: 'TooManyRequests',
        Statement: { RateBasedStatement: { AggregateKeyType: 'IP', Limit: 500 } },
      }),
      Match.objectLike({
        Name: 'AWSManagedRulesCommonRuleSet',
        Statement: {
          ManagedRuleGroupStatement: Match.objectLike({
            RuleActionOverrides: Match.arrayWith([
              { Name: 'SizeRestrictions_Cookie_HEADER', ActionToUse: { Count: {} } },
            ]),
          }),
        },
      }),
    ]),
  });
  template.hasResourceProperties('AWS::WAFv2::WebACLAssociation', {
    ResourceArn: { Ref: only(template, LOAD_BALANCER).id },
  });
});

test('a load balancer that is there gets the listeners, and drops invalid headers from now on', () => {
  const stack = newStack();
  const vpc = new Vpc(stack, 'Network', { natGateways: 0 });
  const loadBalancer = new ApplicationLoadBalancer(stack, 'Mine', { vpc });

  const auth = newAuth({ vpc, loadBalancer }, stack);

  expect(auth.loadBalancer).toBe(loadBalancer);
  expect(only(templateOf(auth), LOAD_BALANCER).properties.LoadBalancerAttributes).toEqual(
    expect.arrayContaining([
      { Key: 'routing.http.drop_invalid_header_fields.enabled', Value: 'true' },
      { Key: 'routing.http.desync_mitigation_mode', Value: 'strictest' },
    ]),
  );
});

test.each([
  ['viz-company', 'https://viz-company.auth.eu-west-1.amazoncognito.com/logout'],
  ['id.example.com', 'https://id.example.com/logout'],
])('a user pool that is there, at %s, gets one more client and keeps its own settings', (domainName, logout) => {
  const stack = newStack();
  const userPool = UserPool.fromUserPoolId(stack, 'Shared', 'eu-west-1_abcdefghi');

  const template = templateOf(newAuth({ existingUserPool: { userPool, domainName } }, stack));

  template.resourceCountIs(POOL, 0);
  template.resourceCountIs('AWS::Cognito::UserPoolDomain', 0);
  template.hasResourceProperties('AWS::Cognito::UserPoolClient', { UserPoolId: 'eu-west-1_abcdefghi' });
  const { LOGOUT_URL } = only(template, 'AWS::Lambda::Function').properties.Environment.Variables;
  expect(JSON.stringify(LOGOUT_URL)).toContain(logout);
});
