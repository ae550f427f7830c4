import { Match } from 'aws-cdk-lib/assertions';
import { UserPool } from 'aws-cdk-lib/aws-cognito';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { IdentityProvider } from '../src';
import { Company, RULE, rulesOf, templateOfStack } from './shared-door-fixture';

const LISTENER = 'AWS::ElasticLoadBalancingV2::Listener';

test('one certificate and one DNS record are for all apps below the address', () => {
  const template = templateOfStack(new Company().newDoor());

  template.hasResourceProperties('AWS::CertificateManager::Certificate', { DomainName: '*.apps.example.com' });
  template.hasResourceProperties('AWS::Route53::RecordSet', { Name: '*.apps.example.com.', Type: 'A' });
});

test('an address that no app has is answered with 404', () => {
  templateOfStack(new Company().newDoor()).hasResourceProperties(LISTENER, {
    Port: 443,
    DefaultActions: [{ Type: 'fixed-response', FixedResponseConfig: Match.objectLike({ StatusCode: '404' }) }],
  });
});

test('the door itself has the five rules that all apps share: two of signing out, three against forged headers', () => {
  const rules = rulesOf(templateOfStack(new Company().newDoor()));

  expect(rules.map(({ Priority }) => Priority)).toEqual([1, 2, 10, 11, 12]);
  expect(rules[0].Conditions[0].PathPatternConfig.Values).toEqual(['/logout/*', '/signed-out']);
  expect(rules.slice(2).map(({ Actions }) => Actions[0].FixedResponseConfig.StatusCode)).toEqual(['400', '400', '400']);
});

test('the load balancer may reach the apps and the user pool, by two rules however many apps there are', () => {
  const company = new Company();
  const door = company.newDoor();
  company.newApp(door);
  company.newApp(door);
  const template = templateOfStack(door);

  const groups = Object.values(template.findResources('AWS::EC2::SecurityGroup')).map(({ Properties }) => Properties);
  const [own] = groups.filter(({ GroupDescription }) => GroupDescription === 'Load balancer of many apps');
  expect(own.SecurityGroupEgress).toHaveLength(2);
  template.resourceCountIs('AWS::EC2::SecurityGroupEgress', 0);
});

test('the older sign-in pages have no limit of looks, so they are the default', () => {
  templateOfStack(new Company().newDoor()).hasResourceProperties('AWS::Cognito::UserPoolDomain', {
    ManagedLoginVersion: 1,
  });
  templateOfStack(new Company().newDoor({ ownSignInPages: true })).hasResourceProperties(
    'AWS::Cognito::UserPoolDomain',
    { ManagedLoginVersion: 2 },
  );
});

test('what apps of other repositories need to know stands in parameters, and none of it is a secret', () => {
  const template = templateOfStack(new Company().newDoor({ doorName: 'team-apps' }));

  const names = Object.values(template.findResources('AWS::SSM::Parameter')).map(({ Properties }) => Properties.Name);
  expect(names.sort()).toEqual(
    [
      'listener-arn',
      'load-balancer-arn',
      'load-balancer-dns-name',
      'load-balancer-hosted-zone-id',
      'security-group-id',
      'sign-in-domain',
      'user-pool-arn',
      'user-pool-id',
    ].map((key) => `/front-door/team-apps/${key}`),
  );
});

test('firewall and access logs are those of the one load balancer', () => {
  const template = templateOfStack(new Company().newDoor({ firewall: {}, accessLogs: {} }));

  template.resourceCountIs('AWS::WAFv2::WebACLAssociation', 1);
  template.resourceCountIs('AWS::S3::Bucket', 1);
});

test('a second door takes the user pool of the first, so that colleagues sign in once', () => {
  const company = new Company();
  const first = company.newDoor();
  const second = company.newDoor(
    {
      doorName: 'more-apps',
      domainName: 'more.example.com',
      existingUserPool: {
        userPool: UserPool.fromUserPoolId(company.doorStack, 'Pool', first.userPoolId),
        domainName: first.signInDomain,
      },
      existingProviderNames: ['EntraID'],
      passwordSignIn: false,
    },
    'More',
  );

  const template = templateOfStack(second);
  template.resourceCountIs('AWS::Cognito::UserPool', 1);
  template.resourceCountIs('AWS::ElasticLoadBalancingV2::LoadBalancer', 2);
  expect(second.identityProviderNames).toEqual(['EntraID']);
  expect(second.passwordSignIn).toBe(false);
});

test('a provider of the company is made once, for all apps', () => {
  const company = new Company();
  const door = company.newDoor({
    identityProviders: [
      IdentityProvider.oidc({
        issuerUrl: 'https://id.example.org',
        clientId: 'apps',
        clientSecret: Secret.fromSecretNameV2(company.doorStack, 'Secret', 'apps/oidc'),
      }),
    ],
    allow: { groups: ['staff'] },
  });
  const app = company.newApp(door);

  templateOfStack(door).resourceCountIs('AWS::Cognito::UserPoolIdentityProvider', 1);
  const template = templateOfStack(app);
  template.resourceCountIs('AWS::Cognito::UserPoolIdentityProvider', 0);
  template.hasResourceProperties('AWS::Cognito::UserPoolClient', { SupportedIdentityProviders: ['OpenID'] });
  template.hasResourceProperties(RULE, {
    Actions: Match.arrayWith([
      Match.objectLike({
        AuthenticateCognitoConfig: Match.objectLike({
          AuthenticationRequestExtraParams: { identity_provider: 'OpenID' },
        }),
      }),
    ]),
  });
});

test.each([
  [{ doorName: 'Team Apps' }, "'doorName' must be 1 to 63 lower-case letters, digits and hyphens"],
  [{ hostedZone: undefined }, "'certificate' must be given when there is no 'hostedZone'"],
  [
    { existingProviderNames: ['EntraID'] },
    "'existingProviderNames' must be given together with 'existingUserPool' only",
  ],
  [{ quotas: { rules: 99 } }, "'quotas.rules' must be a whole number from 100 to 10000, got: 99"],
  [{ quotas: { certificates: 1 } }, "'quotas.certificates' must be a whole number from 25 to 10000, got: 1"],
  [{ quotas: { resourceServers: 301 } }, "'quotas.resourceServers' must be a whole number from 25 to 300, got: 301"],
  [{ quotas: { userPoolClients: 10_001 } }, "'quotas.userPoolClients' must be a whole number from 1000 to 10000"],
])('a door with %j is refused in one sentence', (changes, sentence) => {
  expect(() => new Company().newDoor(changes)).toThrow(sentence);
});
