import { Match } from 'aws-cdk-lib/assertions';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { Stack } from 'aws-cdk-lib/core';
import { AwsSolutionsChecks } from 'cdk-nag';
import { SharedFrontDoor } from '../src';
import { excessOf, listenerRules } from './door';
import { addHelloService } from './hello-service';
import { Company, RULE, rulesOf, templateOfStack } from './shared-door-fixture';

function newApp(changes: Parameters<Company['newApp']>[1] = {}) {
  const company = new Company();
  const app = company.newApp(company.newDoor(), { domainName: 'sales.apps.example.com', slot: 7, ...changes });
  return { app, template: templateOfStack(app), rules: rulesOf(templateOfStack(app)) };
}

test('the smallest app takes three rules, each for its own address only', () => {
  const { rules } = newApp();

  expect(rules).toHaveLength(3);
  for (const rule of rules) {
    expect(rule.Conditions).toContainEqual({
      Field: 'host-header',
      HostHeaderConfig: { Values: ['sales.apps.example.com'] },
    });
  }
});

test('its last rule asks everybody to sign in, whatever the path', () => {
  const last = newApp({ publicPaths: ['/about'], apiPaths: ['/api/*'] }).rules.at(-1);

  expect(last?.Conditions).toHaveLength(1);
  expect(last?.Actions[0]).toMatchObject({
    Type: 'authenticate-cognito',
    AuthenticateCognitoConfig: { OnUnauthenticatedRequest: 'authenticate' },
  });
});

test('a path that is added leaves the priorities of all other rules as they are', () => {
  const { rules } = newApp({ publicPaths: ['/about'] });
  const more = newApp({ publicPaths: ['/about', '/static/*'], apiPaths: ['/api/*'] }).rules;

  const priorities = more.map(({ Priority }) => Priority);
  for (const { Priority } of rules) {
    expect(priorities).toContain(Priority);
  }
});

test('rules have five values at most, the address among them', () => {
  const paths = (name: string) => Array.from({ length: 9 }, (_, index) => `/${name}-${index}`);
  const { template } = newApp({
    publicPaths: [...paths('open'), '/static/*'],
    apiPaths: paths('api'),
    machineAccess: { paths: paths('job'), clients: ['nightly'] },
  });

  const rules = listenerRules(template);
  expect(rules.map(excessOf)).toEqual(rules.map(() => []));
});

test('its session opens no other app: the cookie is named after its own client', () => {
  const { template, rules } = newApp();
  const [client] = Object.keys(template.findResources('AWS::Cognito::UserPoolClient'));

  const cookies = rules
    .flatMap(({ Actions }) =>
      Actions.flatMap((action: Record<string, Record<string, unknown>>) => action.AuthenticateCognitoConfig ?? []),
    )
    .map(({ SessionCookieName }) => SessionCookieName);
  expect(cookies).toHaveLength(2);
  for (const cookie of cookies) {
    expect(cookie).toEqual({ 'Fn::Join': ['', ['AWSELBAuthSessionCookie-', { Ref: client }]] });
  }
});

test("signing out goes to the door's function, with the app's client and address in the path", () => {
  const { template, rules } = newApp();
  const [client] = Object.keys(template.findResources('AWS::Cognito::UserPoolClient'));

  expect(rules[0].Conditions[1].PathPatternConfig.Values).toEqual(['/logout']);
  expect(rules[0].Actions).toEqual([
    {
      Type: 'redirect',
      RedirectConfig: {
        Path: { 'Fn::Join': ['', ['/logout/', { Ref: client }, '/sales.apps.example.com']] },
        StatusCode: 'HTTP_302',
      },
    },
  ]);
  template.resourceCountIs('AWS::Lambda::Function', 0);
});

test("an app changes nothing of the door: the service lets the load balancer in, and the door's group stays as it is", () => {
  const company = new Company();
  const door = company.newDoor();
  const stack = company.newStack();
  const { vpc, service } = addHelloService(stack);
  const alone = templateOfStack(new Company().newDoor()).toJSON().Resources;
  const template = templateOfStack(company.newApp(door, { vpc, target: service, targetPort: 80 }, stack));

  template.hasResourceProperties('AWS::EC2::SecurityGroupIngress', {
    FromPort: 80,
    SourceSecurityGroupId: { 'Fn::ImportValue': Match.stringLikeRegexp('SecurityGroup') },
  });
  template.resourceCountIs('AWS::EC2::SecurityGroupEgress', 0);
  expect(templateOfStack(door).toJSON().Resources).toEqual(alone);
});

test('a service waits for its rules, or ECS would refuse it', () => {
  const company = new Company();
  const stack = company.newStack();
  const { vpc, service } = addHelloService(stack);
  const template = templateOfStack(company.newApp(company.newDoor(), { vpc, target: service, targetPort: 80 }, stack));

  const [ecs] = Object.values(template.findResources('AWS::ECS::Service'));
  const rules = Object.keys(template.findResources(RULE));
  expect(ecs.DependsOn.filter((id: string) => rules.includes(id))).not.toHaveLength(0);
});

test('an app of another repository finds the door by its parameters', () => {
  const company = new Company();
  const stack = company.newStack();
  const door = SharedFrontDoor.fromParameters(stack, 'Door', {
    domainName: 'apps.example.com',
    identityProviderNames: ['EntraID'],
  });
  const template = templateOfStack(company.newApp(door, { domainName: 'ops.apps.example.com' }, stack));

  template.hasParameter('*', { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/front-door/apps/listener-arn' });
  template.hasResourceProperties(RULE, { ListenerArn: { Ref: Match.stringLikeRegexp('listenerarn') } });
  template.hasResourceProperties('AWS::Cognito::UserPoolClient', { SupportedIdentityProviders: ['EntraID'] });
});

test('an address of its own gets its certificate onto the listener, and its DNS record', () => {
  const company = new Company();
  const door = company.newDoor();
  const stack = company.newStack();
  const certificate = Certificate.fromCertificateArn(
    stack,
    'Certificate',
    'arn:aws:acm:eu-west-1:111122223333:certificate/mine',
  );
  const template = templateOfStack(
    company.newApp(
      door,
      { domainName: 'sales.example.com', certificate, hostedZone: company.zone(stack, 'Own') },
      stack,
    ),
  );

  template.resourceCountIs('AWS::ElasticLoadBalancingV2::ListenerCertificate', 1);
  template.hasResourceProperties('AWS::Route53::RecordSet', { Name: 'sales.example.com.' });
});

test('who is asking can be verified: the environment names the load balancer, the client and the issuer', () => {
  const company = new Company();
  const stack = company.newStack();
  const { identityEnvironment } = company.newApp(company.newDoor(), {}, stack);

  expect(Object.keys(identityEnvironment)).toEqual([
    'ALB_IDENTITY_LOAD_BALANCER_ARN',
    'ALB_IDENTITY_CLIENT_ID',
    'ALB_IDENTITY_ISSUER',
  ]);
  expect(JSON.stringify(Stack.of(stack).resolve(identityEnvironment))).toContain('cognito-idp.eu-west-1.');
});

test('two alarms are about the app, the third one about the whole door', () => {
  const { app, template } = newApp();

  template.resourceCountIs('AWS::CloudWatch::Alarm', 2);
  expect(app.serverErrors.alarmName).not.toBe(app.unhealthyTargets.alarmName);
});

test.each([
  [
    { domainName: 'sales.example.com' },
    "'domainName' must be one label below apps.example.com, or have a 'certificate'",
  ],
  [{ domainName: 'a.b.apps.example.com' }, "'domainName' must be one label below apps.example.com"],
  [{ domainName: 'apps.example.com' }, "'domainName' must be one label below apps.example.com"],
  [{ branding: {} }, "'branding' must be left out unless the door has 'ownSignInPages'"],
  [{ targetPort: 0 }, "'targetPort' must be a whole number from 1 to 65535, got: 0"],
  [
    {
      publicPaths: [
        '/a',
        '/b',
        '/c',
        '/d',
        '/e',
        '/f',
        '/g',
        '/h',
        '/i',
        '/j',
        '/k',
        '/l',
        '/m',
        '/n',
        '/o',
        '/p',
        '/q',
      ],
    },
    "'publicPaths' must lead to 4 rules at most on a shared door, got: 5",
  ],
])('an app with %j is refused in one sentence', (changes, sentence) => {
  expect(() => newApp(changes)).toThrow(sentence);
});

test('the AwsSolutions checks find nothing unexplained in a door and an app', () => {
  const company = new Company();
  company.newApp(company.newDoor({ allow: { emailDomains: ['example.com'] } }));

  const findings = new AwsSolutionsChecks()
    .validateScope(company.app)
    .violations.flatMap((rule) => rule.violatingResources.map((at) => `${rule.ruleName} at ${at.constructPath}`))
    .filter((finding) => !finding.includes('Door/Vpc'));
  expect(findings).toEqual([]);
});
