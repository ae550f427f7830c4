import { Match } from 'aws-cdk-lib/assertions';
import { only, ruleOf, synthesize } from './fixture';

const FUNCTION = 'AWS::Lambda::Function';

test('signing out comes before everything else and needs no session', () => {
  const properties = ruleOf(synthesize(), 1);

  expect(properties).toMatchObject({
    Priority: 1,
    Conditions: [{ Field: 'path-pattern', PathPatternConfig: { Values: ['/logout', '/signed-out'] } }],
    Actions: [{ Type: 'forward' }],
  });
});

test('the sign-out page is a function whose answer may have several cookies', () => {
  synthesize().hasResourceProperties('AWS::ElasticLoadBalancingV2::TargetGroup', {
    TargetType: 'lambda',
    TargetGroupAttributes: Match.arrayWith([{ Key: 'lambda.multi_value_headers.enabled', Value: 'true' }]),
  });
});

test('the function is told where Cognito ends its session and where to come back to', () => {
  const template = synthesize({ signInDomainPrefix: 'viz' });
  const client = only(template, 'AWS::Cognito::UserPoolClient').id;
  const domain = only(template, 'AWS::Cognito::UserPoolDomain').id;

  template.hasResourceProperties(FUNCTION, {
    Environment: {
      Variables: {
        SESSION_COOKIE_NAME: 'AWSELBAuthSessionCookie',
        LOGOUT_URL: {
          'Fn::Join': [
            '',
            [
              'https://',
              { Ref: domain },
              '.auth.eu-west-1.amazoncognito.com/logout?client_id=',
              { Ref: client },
              '&logout_uri=https%3A%2F%2Fviz.example.com%2Fsigned-out',
            ],
          ],
        },
      },
    },
  });
});

test('the function may write its own log and do nothing else', () => {
  const template = synthesize();
  const log = only(template, 'AWS::Logs::LogGroup').id;
  const { properties } = only(template, 'AWS::IAM::Policy');

  expect(properties.PolicyDocument.Statement).toEqual([
    {
      Effect: 'Allow',
      Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      Resource: { 'Fn::GetAtt': [log, 'Arn'] },
    },
  ]);
  expect(only(template, 'AWS::IAM::Role').properties.ManagedPolicyArns).toBeUndefined();
});

test('whoever Cognito turns away sees a page instead of a bare 561, and a code never goes there', () => {
  expect(ruleOf(synthesize(), 2)).toMatchObject({
    Conditions: [
      { Field: 'path-pattern', PathPatternConfig: { Values: ['/oauth2/idpresponse'] } },
      { Field: 'query-string', QueryStringConfig: { Values: [{ Key: 'error', Value: '*' }] } },
    ],
    Actions: [{ Type: 'forward' }],
  });
});
