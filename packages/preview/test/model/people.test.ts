import { type Change, changedModel, type Json } from '../helpers/assembly';

const COGNITO = 'Resources.Https.Properties.DefaultActions.0.AuthenticateCognitoConfig';
const CLIENT = 'Resources.Client.Properties';
const USERS = 'Resources.Users.Properties';

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
    const model = changedModel(({ Https, ApiRule }) => {
      for (const [action] of [Https.Properties.DefaultActions, ApiRule.Properties.Actions]) {
        action.AuthenticateCognitoConfig.UserPoolClientId = 'theirs';
      }
    });
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
  const ARN = 'arn:aws:cognito-idp:eu-central-1:123456789012:userpool/eu-central-1_Abc123';
  const withOtherPool =
    (domain: unknown, arn: unknown = ARN): Change =>
    (resources) => {
      for (const [action] of [resources.Https.Properties.DefaultActions, resources.ApiRule.Properties.Actions]) {
        Object.assign(action.AuthenticateCognitoConfig, { UserPoolArn: arn, UserPoolDomain: domain });
      }
      resources.Client.Properties.UserPoolId = 'eu-central-1_Abc123';
    };

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
      resources.Task.Properties.ContainerDefinitions[0].Environment = [];
      resources.MachineRule.Properties.Actions[0].JwtValidationConfig = { Issuer: 'a', JwksEndpoint: 'b' };
      resources.Client.Properties.SupportedIdentityProviders = ['COGNITO', 'EntraID'];
    });
    expect(companies).toEqual([{ name: 'EntraID', type: 'OIDC', mapping: { email: 'email', name: 'name' } }]);
    expect(notes).toContain('A local provider plays EntraID.');
  });

  test.each(['pool', `x${ARN}`, `${ARN}/x`, ARN.replace('userpool', 'pool'), ARN.replace(':123456789012', ':me')])(
    'must be given as an ARN, not as %s',
    (arn) => {
      expect(() => changedModel(withOtherPool('company', arn))).toThrow(
        `UserPoolArn: must be the ARN of a user pool, got: ${arn}.`,
      );
    },
  );

  test('and one of this stack are one too many', () => {
    const change: Change = ({ Https }) =>
      Object.assign(Https.Properties.DefaultActions[0].AuthenticateCognitoConfig, {
        UserPoolArn: ARN,
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
    ({ Https, ApiRule }) => {
      for (const [action] of [Https.Properties.DefaultActions, ApiRule.Properties.Actions]) {
        delete action.AuthenticateCognitoConfig;
        action.Type = 'authenticate-oidc';
        action.AuthenticateOidcConfig = { ...config, ...more };
      }
    };

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

describe('jwt-validation', () => {
  const AT = 'Resources.MachineRule.Properties.Actions.0.JwtValidationConfig';
  const withClaims =
    (...claims: Json[]): Change =>
    ({ MachineRule }) =>
      (MachineRule.Properties.Actions[0].JwtValidationConfig.AdditionalClaims = claims);
  const validationOf = (change: Change) => {
    const [gate] = changedModel(change).door.rules.find(({ name }) => name === 'MachineRule')!.gates;
    return gate.type === 'validate-jwt' ? gate.validation : undefined;
  };
  const claim = (Name: string, Format = 'single-string') => ({ Name, Format, Values: ['a', 1] });

  test('is read with its claims', () => {
    const formats = ['single-string', 'string-array', 'space-separated-values'];
    expect(validationOf(withClaims(...formats.map((format) => claim(format, format))))).toEqual({
      issuer: expect.stringMatching(/^https:\/\/cognito-idp\.us-east-1\.amazonaws\.com\/us-east-1_\w{9}$/),
      jwksEndpoint: expect.stringMatching(/\/us-east-1_\w{9}\/\.well-known\/jwks\.json$/),
      claims: formats.map((format) => ({ name: format, format, values: ['a', '1'] })),
    });
    expect(validationOf(() => undefined)?.claims).toEqual([]);
  });

  test('has ten claims at most', () => {
    const many = (length: number) => withClaims(...Array.from({ length }, (_, index) => claim(`c${index}`)));
    expect(validationOf(many(10))?.claims).toHaveLength(10);
    expect(() => changedModel(many(11))).toThrow(`${AT}.AdditionalClaims: must be 10 claims at most, got: 11.`);
  });

  test.each(['exp', 'iss', 'nbf', 'iat'])('does not name %s, which is checked anyway', (name) => {
    expect(() => changedModel(withClaims(claim('ok'), claim(name)))).toThrow(
      `${AT}.AdditionalClaims.1.Name: must not be one that is checked anyway, got: ${name}.`,
    );
  });

  test.each<[string, Change, string]>([
    [
      'an unknown format',
      withClaims(claim('a', 'list')),
      `${AT}.AdditionalClaims.0.Format: the preview knows single-string, string-array, space-separated-values, got: "list".`,
    ],
    [
      'an unknown option of a claim',
      withClaims({ ...claim('a'), Moon: 1 }),
      `${AT}.AdditionalClaims.0.Moon: the preview does not know this property.`,
    ],
    [
      'values that are no list',
      withClaims({ ...claim('a'), Values: 'a' }),
      `${AT}.AdditionalClaims.0.Values: must be a list of strings, got: "a".`,
    ],
    [
      'an unknown option',
      ({ MachineRule }) => (MachineRule.Properties.Actions[0].JwtValidationConfig.Moon = 1),
      `${AT}.Moon: the preview does not know this property.`,
    ],
    [
      'no issuer',
      ({ MachineRule }) => delete MachineRule.Properties.Actions[0].JwtValidationConfig.Issuer,
      `${AT}.Issuer: must be a string, got: undefined.`,
    ],
    [
      'no keys',
      ({ MachineRule }) => delete MachineRule.Properties.Actions[0].JwtValidationConfig.JwksEndpoint,
      `${AT}.JwksEndpoint: must be a string, got: undefined.`,
    ],
  ])('%s is refused', (_name, change, sentence) => {
    expect(() => changedModel(change)).toThrow(sentence);
  });
});

describe('the client of the user pool', () => {
  const clientOf = (change: Change) => changedModel(change).clients.get('Client')!;
  const withClient =
    (more: Json): Change =>
    ({ Client }) =>
      Object.assign(Client.Properties, more);

  test('has the times of Cognito where nothing is said', () => {
    expect(clientOf(({ Client }) => delete Client.Properties.SupportedIdentityProviders)).toEqual({
      clientId: expect.stringMatching(/^[0-9a-f]{26}$/),
      callbackUrls: ['https://viz.example.com/oauth2/idpresponse'],
      logoutUrls: ['https://viz.example.com/signed-out'],
      scopes: ['openid', 'email', 'profile'],
      accessTokenSeconds: 3_600,
      idTokenSeconds: 3_600,
      refreshTokenSeconds: 2_592_000,
      identityProviders: ['COGNITO'],
    });
  });

  test('has its own times in units of its own, or in those of Cognito', () => {
    const times = { AccessTokenValidity: 2, IdTokenValidity: '3', RefreshTokenValidity: 4 };
    expect(clientOf(withClient(times))).toMatchObject({
      accessTokenSeconds: 7_200,
      idTokenSeconds: 10_800,
      refreshTokenSeconds: 345_600,
    });
    const units = { AccessToken: 'seconds', IdToken: 'minutes', RefreshToken: 'hours' };
    expect(clientOf(withClient({ ...times, TokenValidityUnits: units }))).toMatchObject({
      accessTokenSeconds: 2,
      idTokenSeconds: 180,
      refreshTokenSeconds: 14_400,
    });
    expect(clientOf(withClient({ ...times, TokenValidityUnits: { IdToken: 'days' } })).idTokenSeconds).toBe(259_200);
  });

  test.each<[string, Json, string]>([
    ['no code flow', { AllowedOAuthFlows: undefined }, `${CLIENT}.AllowedOAuthFlows: must allow the flow code: it is`],
    ['flows that are off', { AllowedOAuthFlowsUserPoolClient: false }, `${CLIENT}.AllowedOAuthFlows: must allow the`],
    ['a secret that is none', { GenerateSecret: 'x' }, `${CLIENT}.GenerateSecret: must be true or false, got: "x".`],
    [
      'callbacks that are no list',
      { CallbackURLs: 'a' },
      `${CLIENT}.CallbackURLs: must be a list of strings, got: "a".`,
    ],
    ['a time in words', { IdTokenValidity: 'x' }, `${CLIENT}.IdTokenValidity: must be a whole number, got: "x".`],
    ['units that are none', { TokenValidityUnits: 'x' }, `${CLIENT}: must be an object, got: "x".`],
  ])('%s is refused', (_name, more, sentence) => {
    expect(() => changedModel(withClient(more))).toThrow(sentence);
  });

  test('those for programs are found by their flow and their pool', () => {
    const { machines } = changedModel((resources) => {
      const machine = (pool: unknown) => ({
        Type: 'AWS::Cognito::UserPoolClient',
        Properties: {
          UserPoolId: pool,
          GenerateSecret: true,
          AllowedOAuthFlows: ['client_credentials'],
          AllowedOAuthFlowsUserPoolClient: true,
          AllowedOAuthScopes: ['api/read'],
        },
      });
      resources.Robot = machine({ Ref: 'Users' });
      resources.Stranger = machine('us-east-1_Elsewhere');
    });
    expect(machines).toEqual([expect.objectContaining({ name: 'Robot', scopes: ['api/read'] })]);
  });
});

describe('the user pool', () => {
  test('is known by its domain', () => {
    const { userPool } = changedModel();
    expect(userPool).toEqual({
      name: 'Users',
      id: expect.stringMatching(/^us-east-1_\w{9}$/),
      domainOrigin: 'https://fixture-viz.auth.us-east-1.amazoncognito.com',
      issuer: `https://cognito-idp.us-east-1.amazonaws.com/${userPool?.id}`,
      triggers: new Map(),
      notes: [],
    });
    const own = changedModel(({ Domain }) =>
      Object.assign(Domain.Properties, { Domain: 'id.example.com', CustomDomainConfig: {} }),
    );
    expect(own.userPool?.domainOrigin).toBe('https://id.example.com');
  });

  test('of several, has its own domain', () => {
    const { userPool } = changedModel((resources) => {
      const { Domain, Users, ...rest } = resources;
      for (const name of Object.keys(resources)) {
        delete resources[name];
      }
      resources.Others = structuredClone(Users);
      resources.OtherDomain = structuredClone(Domain);
      Object.assign(resources.OtherDomain.Properties, { Domain: 'other', UserPoolId: { Ref: 'Others' } });
      Object.assign(resources, { Domain, Users, ...rest });
    });
    expect(userPool?.domainOrigin).toContain('fixture-viz');
  });

  const fn = { 'Fn::GetAtt': ['SignOut', 'Arn'] };
  const triggersOf = (config: Json) =>
    Object.fromEntries(changedModel(({ Users }) => (Users.Properties.LambdaConfig = config)).userPool!.triggers);

  test.each(['PreAuthentication', 'PostAuthentication', 'PreSignUp', 'PostConfirmation', 'PreTokenGeneration'])(
    'runs %s at sign-in',
    (trigger) => {
      expect(triggersOf({ [trigger]: fn })).toEqual({ [trigger]: 'SignOut' });
    },
  );

  test.each(['CustomMessage', 'VerifyAuthChallengeResponse', 'CreateAuthChallenge', 'DefineAuthChallenge'])(
    'may have %s, which sign-in never reaches',
    (trigger) => {
      expect(triggersOf({ [trigger]: fn })).toEqual({});
    },
  );

  test('takes the versioned trigger before the old one', () => {
    const versioned = { LambdaArn: fn, LambdaVersion: 'V2_0' };
    expect(triggersOf({ PreTokenGeneration: fn, PreTokenGenerationConfig: versioned, PreSignUp: fn })).toEqual({
      'PreTokenGeneration:V2_0': 'SignOut',
      PreSignUp: 'SignOut',
    });
  });

  test.each<[string, Json, string]>([
    ['triggers that are none', { LambdaConfig: 'x' }, `${USERS}.LambdaConfig: must be an object, got: "x".`],
    [
      'a trigger of no function',
      { LambdaConfig: { PreSignUp: 'arn' } },
      `${USERS}.LambdaConfig.PreSignUp: must point at a resource of this stack, got: "arn".`,
    ],
    [
      'a versioned trigger that is none',
      { LambdaConfig: { PreTokenGenerationConfig: 'x' } },
      `${USERS}.LambdaConfig.PreTokenGenerationConfig: must be an object, got: "x".`,
    ],
    [
      'a versioned trigger of no function',
      { LambdaConfig: { PreTokenGenerationConfig: { LambdaArn: 'arn' } } },
      `${USERS}.LambdaConfig.PreTokenGenerationConfig.LambdaArn: must point at a resource of this stack, got: "arn".`,
    ],
    ['policies that are none', { Policies: 'x' }, `${USERS}.Policies: must be an object, got: "x".`],
    [
      'a policy that is none',
      { Policies: { SignInPolicy: 'x' } },
      `${USERS}.Policies.SignInPolicy: must be an object, got: "x".`,
    ],
    [
      'ways to sign in that are no list',
      { Policies: { SignInPolicy: { AllowedFirstAuthFactors: 'x' } } },
      `${USERS}.Policies.SignInPolicy.AllowedFirstAuthFactors: must be a list of strings, got: "x".`,
    ],
  ])('%s: refused', (_name, more, sentence) => {
    expect(() => changedModel(({ Users }) => Object.assign(Users.Properties, more))).toThrow(sentence);
  });

  test('without a domain nobody can sign in', () => {
    const change: Change = (resources) => {
      resources.Others = structuredClone(resources.Users);
      resources.Domain.Properties.UserPoolId = { Ref: 'Others' };
    };
    expect(() => changedModel(change)).toThrow(
      `${USERS}: the user pool must have a domain (AWS::Cognito::UserPoolDomain), or nobody can sign in.`,
    );
  });

  test.each<[Json, string[]]>([
    [{ MfaConfiguration: 'OFF' }, []],
    [{ MfaConfiguration: 'ON' }, ['The user pool asks for a second factor (MFA ON); the local sign-in does not.']],
    [{ Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD'] } } }, []],
    [
      { Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['EMAIL_OTP', 'PASSWORD', 'SMS_OTP'] } } },
      ['The user pool has other ways to sign in (EMAIL_OTP, SMS_OTP); here there are passwords only.'],
    ],
  ])('of %j it is said what differs', (more, notes) => {
    expect(changedModel(({ Users }) => Object.assign(Users.Properties, more)).userPool?.notes).toEqual(notes);
  });
});

describe('companies', () => {
  const withCompany =
    (more: Json = {}): Change =>
    (resources) => {
      resources.Client.Properties.SupportedIdentityProviders = ['EntraID'];
      resources.Company = {
        Type: 'AWS::Cognito::UserPoolIdentityProvider',
        Properties: { ProviderName: 'EntraID', ProviderType: 'OIDC', ...more },
      };
    };

  test.each(['OIDC', 'SAML', 'Google', 'Facebook', 'LoginWithAmazon', 'SignInWithApple'])(
    'may be of the kind %s',
    (ProviderType) => {
      const mapping = { email: 'mail', 'custom:level': 3 };
      const { companies, notes } = changedModel(withCompany({ ProviderType, AttributeMapping: mapping }));
      expect(companies).toEqual([
        { name: 'EntraID', type: ProviderType, mapping: { email: 'mail', 'custom:level': '3' } },
      ]);
      expect(notes).toContain('A local provider plays EntraID.');
    },
  );

  test('need no attributes, and those that no client supports are left out', () => {
    expect(changedModel(withCompany()).companies).toEqual([{ name: 'EntraID', type: 'OIDC', mapping: {} }]);
    const unused: Change = (resources, template) => {
      withCompany()(resources, template);
      resources.Client.Properties.SupportedIdentityProviders = ['COGNITO'];
    };
    expect(changedModel(unused).companies).toEqual([]);
  });

  test.each<[string, Json, string]>([
    [
      'another kind',
      { ProviderType: 'LDAP' },
      'Resources.Company.Properties.ProviderType: the preview knows OIDC, SAML, Google, Facebook, LoginWithAmazon, SignInWithApple, got: "LDAP".',
    ],
    [
      'attributes that are none',
      { AttributeMapping: 'x' },
      'Resources.Company.Properties.AttributeMapping: must be an object, got: "x".',
    ],
    ['no name', { ProviderName: undefined }, 'Resources.Company.Properties.ProviderName: must be a string, got:'],
    [
      'another name than the client supports',
      { ProviderName: 'Other' },
      'Resources: no AWS::Cognito::UserPoolIdentityProvider has the ProviderName EntraID.',
    ],
  ])('%s is refused', (_name, more, sentence) => {
    expect(() => changedModel(withCompany(more))).toThrow(sentence);
  });
});

describe('the origin under which colleagues open the app', () => {
  const originOf = (callbacks: string[], logouts: string[], domains: string[]) =>
    changedModel((resources) => {
      Object.assign(resources.Client.Properties, { CallbackURLs: callbacks, LogoutURLs: logouts });
      const { Certificate } = resources;
      delete resources.Certificate;
      for (const [index, DomainName] of domains.entries()) {
        resources[`Certificate${index}`] = { ...Certificate, Properties: { DomainName } };
      }
      resources.Https.Properties.Certificates = [];
    }).publicOrigin;

  test.each<[string, string, string[], string[], string[]]>([
    [
      'the callback of the load balancer',
      'https://b.example',
      ['https://a.example/x', 'https://b.example/oauth2/idpresponse'],
      [],
      [],
    ],
    ['another callback', 'https://a.example', ['https://a.example/x'], ['https://b.example/'], ['c.example']],
    ['where one is led after signing out', 'https://b.example:8443', [], ['https://b.example:8443/out'], ['c.example']],
    ['one with HTTPS', 'https://b.example', ['http://localhost/oauth2/idpresponse'], ['https://b.example/'], []],
    ['the certificate', 'https://c.example', [], [], ['c.example']],
    ['a certificate for one name', 'https://c.example', [], [], ['*.example', 'c.example']],
  ])('is that of %s', (_name, origin, callbacks, logouts, domains) => {
    expect(originOf(callbacks, logouts, domains)).toBe(origin);
  });

  test('must be named somewhere', () => {
    expect(() => originOf([], [], ['*.example'])).toThrow(
      'Resources: neither a callback URL nor a certificate names the domain of the app.',
    );
  });
});
