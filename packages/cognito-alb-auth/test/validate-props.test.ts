import { Mfa, UserPool, UserPoolIdentityProviderSamlMetadata } from 'aws-cdk-lib/aws-cognito';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { App, CfnParameter, Duration, Stack } from 'aws-cdk-lib/core';
import { type CognitoAlbAuthProps, IdentityProvider } from '../src';
import { newAuth, newStack, synthesize, templateOf, zoneOf } from './fixture';

const SOMEBODY = IdentityProvider.saml({
  metadata: UserPoolIdentityProviderSamlMetadata.url('https://id.example.com/metadata'),
});

const REFUSED: [string, Partial<CognitoAlbAuthProps>, string][] = [
  ['capitals in the address', { domainName: 'Viz.example.com' }, "'domainName' must be a domain name in lower case"],
  ['a URL for an address', { domainName: 'https://viz.example.com' }, "'domainName' must be a domain name"],
  ['a name without a dot', { domainName: 'viz' }, "'domainName' must be a domain name"],
  [
    "the load balancer's own name",
    { domainName: 'door-1.eu-west-1.elb.amazonaws.com' },
    "'domainName' must be a name of your own",
  ],
  [
    'an address outside the zone',
    { domainName: 'viz.example.org' },
    "'domainName' must be in the zone of 'hostedZone', example.com, got: viz.example.org",
  ],
  ['an address that only ends like the zone', { domainName: 'vizexample.com' }, "'domainName' must be in the zone"],
  [
    'neither certificate nor zone',
    { hostedZone: undefined },
    "'certificate' must be given when there is no 'hostedZone'",
  ],
  ['a prefix with a reserved word', { signInDomainPrefix: 'my-aws-app' }, "'signInDomainPrefix' must be 1 to 63"],
  ['a prefix with a dot', { signInDomainPrefix: 'a.b' }, "'signInDomainPrefix' must be"],
  ['a prefix of 64 characters', { signInDomainPrefix: 'a'.repeat(64) }, "'signInDomainPrefix' must be"],
  ['port 0', { targetPort: 0 }, "'targetPort' must be a whole number from 1 to 65535, got: 0"],
  ['half a port', { targetPort: 80.5 }, "'targetPort' must be a whole number"],
  [
    'a session without time',
    { sessionDuration: Duration.seconds(0) },
    "'sessionDuration' must be a whole number from 1 to 604800, got: 0",
  ],
  ['a session of eight days', { sessionDuration: Duration.days(8) }, "'sessionDuration' must be"],
  [
    'draining for two hours',
    { deregistrationDelay: Duration.hours(2) },
    "'deregistrationDelay' must be a whole number from 0 to 3600, got: 7200",
  ],
  [
    'a relative health check',
    { healthCheckPath: 'healthz' },
    "'healthCheckPath' must be a path that starts with '/', got: healthz",
  ],
  [
    'everything as a public path',
    { publicPaths: ['/*'] },
    "'publicPaths' must leave something to sign in for, got: /*",
  ],
  ['a star in the middle', { publicPaths: ['/*/about'] }, "'publicPaths' must have paths like '/about' or '/static/*'"],
  ['a star that cuts a name', { publicPaths: ['/pub*'] }, "'publicPaths' must have paths like"],
  ['a question mark', { publicPaths: ['/a?out'] }, "'publicPaths' must have paths like"],
  ['an encoded character', { publicPaths: ['/a%2fb'] }, "'publicPaths' must have paths like"],
  [
    'a character that load balancers do not know',
    { publicPaths: ['/a,b'] },
    "'publicPaths' must have paths like '/about' or '/static/*'",
  ],
  [
    'a path that is too long',
    { apiPaths: [`/${'a'.repeat(100)}`] },
    "'apiPaths' must have paths like '/about' or '/static/*', of 100 characters at most (a dot counts twice)",
  ],
  ['a long path full of dots', { publicPaths: [`/${'a.'.repeat(45)}b/*`] }, '(a dot counts twice)'],
  ['a path without a slash', { publicPaths: ['about'] }, "'publicPaths' must have paths like"],
  ['a path that walks up', { publicPaths: ['/static/../*'] }, "'publicPaths' must have no '.' or '..'"],
  ['a public path twice', { publicPaths: ['/about', '/about'] }, "'publicPaths' must name every path once"],
  ['the sign-out path', { publicPaths: ['/logout'] }, "'publicPaths' must leave the paths of signing in and out alone"],
  ['the callback', { apiPaths: ['/oauth2/*'] }, "'apiPaths' must leave the paths of signing in and out alone"],
  [
    'a path of two kinds',
    { publicPaths: ['/api/*'], apiPaths: ['/api/*'] },
    "'apiPaths' must not repeat a path of 'publicPaths'",
  ],
  [
    'programs without a path',
    { machineAccess: { paths: [], clients: ['a'] } },
    "'machineAccess.paths' must have at least one path, got: []",
  ],
  [
    'paths without a program',
    { machineAccess: { paths: ['/api/*'], clients: [] } },
    "'machineAccess.clients' must have at least one name",
  ],
  [
    'a program with a strange name',
    { machineAccess: { paths: ['/api/*'], clients: ['A b'] } },
    "'machineAccess.clients' must be names like nightly-job, got: A b",
  ],
  [
    'a program twice',
    { machineAccess: { paths: ['/api/*'], clients: ['a', 'a'] } },
    "'machineAccess.clients' must name every program once",
  ],
  [
    'a token for two days',
    { machineAccess: { paths: ['/api/*'], clients: ['a'], tokenValidity: Duration.days(2) } },
    "'machineAccess.tokenValidity' must be from 5 minutes to a day, got: 2 days",
  ],
  ['an empty allow-list', { allow: {} }, "'allow' must have 'emailDomains' or 'groups', got: {}"],
  [
    'an allow-list of no domains',
    { allow: { emailDomains: [] } },
    "'allow.emailDomains' must have at least one domain, got: []",
  ],
  [
    'a domain with an @',
    { allow: { emailDomains: ['@example.com'] } },
    "'allow.emailDomains' must be domains in lower case",
  ],
  [
    'a wildcard domain',
    { allow: { emailDomains: ['*.example.com'] } },
    "'allow.emailDomains' must be domains in lower case",
  ],
  ['a group with a comma', { allow: { groups: ['a,b'] } }, "'allow.groups' must be names without commas"],
  [
    'nobody who could sign in',
    { passwordSignIn: false },
    "'passwordSignIn' must be true when there are no 'identityProviders'",
  ],
  [
    'passkeys where nobody signs in with the user pool',
    { passkeys: true, passwordSignIn: false, identityProviders: [SOMEBODY] },
    "'passkeys' must be off when 'passwordSignIn' is, because only users of the user pool have them, got: true",
  ],
  [
    'passkeys where the company signs people in',
    { passkeys: true, identityProviders: [SOMEBODY] },
    "'passkeys' must be off when 'passwordSignIn' is",
  ],
  [
    'a limit of nothing',
    { firewall: { requestsPerFiveMinutes: 0 } },
    "'firewall.requestsPerFiveMinutes' must be a whole number from 10",
  ],
  [
    'logs for an hour',
    { accessLogs: { retention: Duration.hours(1) } },
    "'accessLogs.retention' must be a day or more, got: 1 hour",
  ],
];

test.each(REFUSED)('%s is refused before anything is made', (_name, changes, message) => {
  expect(() => synthesize(changes)).toThrow(message);
});

test('an address that is only known at deployment needs a prefix for the sign-in pages', () => {
  const domainName = (stack = newStack()) => ({ stack, value: new CfnParameter(stack, 'Name').valueAsString });
  const without = domainName();
  expect(() => newAuth({ domainName: without.value }, without.stack)).toThrow("'signInDomainPrefix' must be given");

  const given = domainName();
  const auth = newAuth({ domainName: given.value, signInDomainPrefix: 'viz' }, given.stack);
  expect(templateOf(auth).findResources('AWS::Cognito::UserPoolClient')).toMatchObject({});
});

test('the name of the zone itself is an address in it', () => {
  const stack = newStack();
  expect(newAuth({ domainName: 'dash.example.org', hostedZone: zoneOf(stack, 'dash.example.org.') }, stack).url).toBe(
    'https://dash.example.org',
  );
});

test.each(['allow', 'mfa', 'passkeys', 'signInDomainPrefix'] as const)(
  '%s belongs to the pool, so it cannot be set beside a pool that is there',
  (prop) => {
    const stack = newStack();
    const existingUserPool = { userPool: UserPool.fromUserPoolId(stack, 'Shared', 'eu-west-1_a'), domainName: 'viz' };
    const value = { allow: { groups: ['a'] }, mfa: Mfa.OFF, passkeys: true, signInDomainPrefix: 'a' }[prop];

    expect(() => newAuth({ existingUserPool, [prop]: value }, stack)).toThrow(
      `'${prop}' must be set on the pool itself when 'existingUserPool' is given`,
    );
  },
);

test('a provider that is open to anybody cannot be added to a pool whose allow-list is not ours', () => {
  const stack = newStack();
  const existingUserPool = { userPool: UserPool.fromUserPoolId(stack, 'Shared', 'eu-west-1_a'), domainName: 'viz' };
  const clientSecret = Secret.fromSecretNameV2(stack, 'Secret', 'google');
  const identityProviders = [IdentityProvider.google({ clientId: 'a', clientSecret })];

  expect(() => newAuth({ existingUserPool, identityProviders }, stack)).toThrow(
    "'identityProviders' must leave out what anybody can sign in with, when 'existingUserPool' is given, got: Google",
  );
});

test('access logs need a stack that knows its region', () => {
  expect(() => newAuth({ accessLogs: {} }, new Stack(new App(), 'Anywhere'))).toThrow(
    "'accessLogs' must be used in a stack with a region",
  );
});
