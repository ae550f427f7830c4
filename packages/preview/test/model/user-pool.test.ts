import { type Change, changedModel, type Json } from '../helpers/assembly';

const CLIENT = 'Resources.Client.Properties';
const USERS = 'Resources.Users.Properties';

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
