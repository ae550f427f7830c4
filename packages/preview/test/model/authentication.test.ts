import { type Change, changedModel, everySignIn, type Json, OTHER_POOL, withOtherPool } from '../helpers/assembly';

const COGNITO = 'Resources.Https.Properties.DefaultActions.0.AuthenticateCognitoConfig';

/** Another way in for everyone who comes through the door. */
const withGate =
  (change: (config: Json) => void): Change =>
  ({ Https }) =>
    change(Https.Properties.DefaultActions[0].AuthenticateCognitoConfig);
const gateOf = (change: Change) => changedModel(change).authentications.at(-1)!;

describe('authenticate-cognito', () => {
  test('is read with what the load balancer takes where nothing is said', () => {
    const bare = gateOf(
      withGate((config) => {
        delete config.Scope;
        delete config.SessionTimeout;
      }),
    );
    expect(bare).toEqual({
      kind: 'cognito',
      poolName: 'Users',
      poolClientName: 'Client',
      issuer: expect.stringMatching(/^https:\/\/cognito-idp\.us-east-1\.amazonaws\.com\/us-east-1_\w{9}$/),
      clientId: expect.stringMatching(/^[0-9a-f]{26}$/),
      scope: 'openid',
      cookieName: 'AWSELBAuthSessionCookie',
      sessionTimeoutSeconds: 604_800,
      onUnauthenticated: 'authenticate',
      extraParams: {},
    });
  });

  test('is read with all that can be said', () => {
    const full = gateOf(
      withGate((config) =>
        Object.assign(config, {
          Scope: 'openid email',
          SessionTimeout: 1,
          SessionCookieName: 'My.Session-1_a',
          OnUnauthenticatedRequest: 'allow',
          AuthenticationRequestExtraParams: { prompt: 'login', max_age: 5 },
        }),
      ),
    );
    expect(full).toMatchObject({
      scope: 'openid email',
      cookieName: 'My.Session-1_a',
      sessionTimeoutSeconds: 1,
      onUnauthenticated: 'allow',
      extraParams: { prompt: 'login', max_age: '5' },
    });
  });

  test('a client of another stack is known by its id only', () => {
    const model = changedModel((resources) =>
      everySignIn(resources, (action) => (action.AuthenticateCognitoConfig.UserPoolClientId = 'theirs')),
    );
    expect(model.authentications[0]).toMatchObject({ clientId: 'theirs' });
    expect(model.authentications[0]).not.toHaveProperty('poolClientName');
    expect(model.clients.size).toBe(0);
  });

  test.each<[string, (config: Json) => void, string]>([
    ['an unknown option', (config) => (config.Moon = 1), `${COGNITO}.Moon: the preview does not know this property.`],
    [
      'a session of no time',
      (config) => (config.SessionTimeout = '0'),
      `${COGNITO}.SessionTimeout: must be 1 to 604800 seconds, got: 0.`,
    ],
    [
      'a session of a time in words',
      (config) => (config.SessionTimeout = 'long'),
      `${COGNITO}.SessionTimeout: must be a whole number, got: "long".`,
    ],
    [
      'a cookie of two names',
      (config) => (config.SessionCookieName = 'a;b'),
      `${COGNITO}.SessionCookieName: must be a name of a cookie, got: a;b.`,
    ],
    [
      'a cookie after a space',
      (config) => (config.SessionCookieName = ' a'),
      `${COGNITO}.SessionCookieName: must be a name of a cookie, got:  a.`,
    ],
    [
      'another answer to strangers',
      (config) => (config.OnUnauthenticatedRequest = 'ignore'),
      `${COGNITO}.OnUnauthenticatedRequest: the preview knows authenticate, allow, deny, got: "ignore".`,
    ],
    [
      'a scope that only AWS knows',
      (config) => (config.Scope = { 'Fn::GetAtt': ['Certificate', 'Arn'] }),
      `${COGNITO}.Scope: Certificate (`,
    ],
    [
      'parameters that are none',
      (config) => (config.AuthenticationRequestExtraParams = 'x'),
      `${COGNITO}: must be an object, got: "x".`,
    ],
    [
      'no client',
      (config) => delete config.UserPoolClientId,
      `${COGNITO}.UserPoolClientId: must be a string, got: undefined.`,
    ],
    [
      'a domain from elsewhere',
      (config) => (config.UserPoolDomain = 'theirs'),
      `${COGNITO}.UserPoolDomain: must point at a resource of this stack, got: "theirs".`,
    ],
  ])('%s is refused', (_name, change, sentence) => {
    expect(() => gateOf(withGate(change))).toThrow(sentence);
  });
});

describe('a user pool of another stack', () => {
  test('is known by its ARN and its domain, and what is not known of it is said', () => {
    const { userPool, notes } = changedModel(withOtherPool('company'));
    expect(userPool).toEqual({
      name: 'eu-central-1_Abc123',
      id: 'eu-central-1_Abc123',
      issuer: 'https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_Abc123',
      domainOrigin: 'https://company.auth.eu-central-1.amazoncognito.com',
      triggers: new Map(),
      notes: [
        'The user pool eu-central-1_Abc123 is not part of the stack: its triggers and settings are not in the preview.',
      ],
    });
    expect(notes).toEqual(expect.arrayContaining([...userPool!.notes]));
  });

  test('may have a domain of its own', () => {
    expect(changedModel(withOtherPool('id.example.com')).userPool?.domainOrigin).toBe('https://id.example.com');
  });

  test('has the companies that its clients name, by what is usual', () => {
    const { companies, notes } = changedModel((resources, template) => {
      withOtherPool('company')(resources, template);
      resources.Client.Properties.SupportedIdentityProviders = ['COGNITO', 'EntraID'];
    });
    expect(companies).toEqual([{ name: 'EntraID', type: 'OIDC', mapping: { email: 'email', name: 'name' } }]);
    expect(notes).toContain('A local provider plays EntraID.');
  });

  test.each([
    'pool',
    `x${OTHER_POOL}`,
    `${OTHER_POOL}/x`,
    OTHER_POOL.replace('userpool', 'pool'),
    OTHER_POOL.replace(':123456789012', ':me'),
  ])('must be given as an ARN, not as %s', (arn) => {
    expect(() => changedModel(withOtherPool('company', arn))).toThrow(
      `UserPoolArn: must be the ARN of a user pool, got: ${arn}.`,
    );
  });

  test('and one of this stack are one too many', () => {
    const change: Change = ({ Https }) =>
      Object.assign(Https.Properties.DefaultActions[0].AuthenticateCognitoConfig, {
        UserPoolArn: OTHER_POOL,
        UserPoolDomain: 'company',
      });
    expect(() => changedModel(change)).toThrow(
      /^Resources: the preview signs people in with one provider, got: https:\S+, https:\S+Abc123\./,
    );
  });
});

describe('authenticate-oidc', () => {
  const config = {
    Issuer: 'https://login.example.com',
    AuthorizationEndpoint: 'a',
    TokenEndpoint: 'b',
    UserInfoEndpoint: 'c',
    ClientId: 'viz',
    ClientSecret: '{{resolve:secretsmanager:viz:SecretString:secret}}',
    UseExistingClientSecret: true,
  };
  const withOidc =
    (more: Json = {}): Change =>
    (resources) =>
      everySignIn(resources, (action) => {
        delete action.AuthenticateCognitoConfig;
        action.Type = 'authenticate-oidc';
        action.AuthenticateOidcConfig = { ...config, ...more };
      });

  test('is known by issuer and client', () => {
    const { authentications, userPool } = changedModel(withOidc());
    expect(authentications[0]).toEqual({
      kind: 'oidc',
      issuer: 'https://login.example.com',
      clientId: 'viz',
      scope: 'openid',
      cookieName: 'AWSELBAuthSessionCookie',
      sessionTimeoutSeconds: 604_800,
      onUnauthenticated: 'authenticate',
      extraParams: {},
    });
    expect(userPool).toBeUndefined();
  });

  test.each<[Json, string]>([
    [{ Moon: 1 }, 'AuthenticateOidcConfig.Moon: the preview does not know this property.'],
    [{ Issuer: undefined }, 'AuthenticateOidcConfig.Issuer: must be a string, got: undefined.'],
    [{ ClientId: undefined }, 'AuthenticateOidcConfig.ClientId: must be a string, got: undefined.'],
  ])('with %j it is refused', (more, sentence) => {
    expect(() => changedModel(withOidc(more))).toThrow(sentence);
  });
});
