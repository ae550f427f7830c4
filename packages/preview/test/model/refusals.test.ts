import { PreviewError } from '../../src/errors';
import { type Change, changedModel, type Json, OTHER_POOL } from '../helpers/assembly';

const HTTPS = 'Resources.Https.Properties';

const containerOf = (task: Json) => task.Properties.ContainerDefinitions[0];
const gateOf = (listener: Json) => listener.Properties.DefaultActions[0].AuthenticateCognitoConfig;

test('the fixture itself is read', () => {
  const model = changedModel();
  expect(model.publicOrigin).toBe('https://viz.example.com');
  expect(model.door.rules.map(({ name }) => name)).toEqual([
    'SignOutRule',
    'ApiRule',
    'PublicRule',
    'OldRule',
    'TeapotRule',
    'MachineRule',
    'Https (default)',
  ]);
});

const REFUSED: [string, Change, string][] = [
  [
    'an unknown action',
    ({ Https }) => (Https.Properties.DefaultActions[1].Type = 'teleport'),
    `${HTTPS}.DefaultActions.1.Type: the preview knows`,
  ],
  [
    'an unknown condition',
    ({ ApiRule }) => (ApiRule.Properties.Conditions[0].Field = 'moon-phase'),
    'Resources.ApiRule.Properties.Conditions.0.Field: the preview knows',
  ],
  [
    'an unknown option of an action',
    ({ Https }) => (Https.Properties.DefaultActions[0].AuthenticateCognitoConfig.Surprise = 1),
    `${HTTPS}.DefaultActions.0.AuthenticateCognitoConfig.Surprise: the preview does not know`,
  ],
  [
    'an unknown property of the listener',
    ({ Https }) => (Https.Properties.Surprise = 1),
    `${HTTPS}.Surprise: the preview does not know`,
  ],
  [
    'an unknown property of a rule',
    ({ ApiRule }) => (ApiRule.Properties.Transforms = []),
    'Resources.ApiRule.Properties.Transforms: the preview does not know',
  ],
  [
    'a regular expression for the host',
    ({ ApiRule }) =>
      (ApiRule.Properties.Conditions[0] = { Field: 'host-header', HostHeaderConfig: { RegexValues: ['^a$'] } }),
    'RegexValues: the preview does not know',
  ],
  [
    'an unknown attribute of the listener',
    ({ Https }) => Https.Properties.ListenerAttributes.push({ Key: 'routing.surprise', Value: '1' }),
    'the preview does not know the attribute routing.surprise',
  ],
  [
    'an unknown attribute of the load balancer',
    ({ LoadBalancer }) => LoadBalancer.Properties.LoadBalancerAttributes.push({ Key: 'surprise', Value: '1' }),
    'the preview does not know the attribute surprise',
  ],
  [
    'an unknown attribute of a target group',
    ({ AppTargets }) => AppTargets.Properties.TargetGroupAttributes.push({ Key: 'surprise', Value: '1' }),
    'the preview does not know the attribute surprise',
  ],
  [
    'an unknown property of the container',
    ({ Task }) => (Task.Properties.ContainerDefinitions[0].Surprise = 1),
    'ContainerDefinitions.0.Surprise: the preview does not know',
  ],
  [
    'an unknown property of the user pool client',
    ({ Client }) => (Client.Properties.Surprise = 1),
    'Resources.Client.Properties.Surprise: the preview does not know',
  ],
  [
    'an unknown property of the user pool',
    ({ Users }) => (Users.Properties.IssuerConfiguration = {}),
    'Resources.Users.Properties.IssuerConfiguration: the preview does not know',
  ],
  [
    "an unknown property of the pool's domain",
    ({ Domain }) => (Domain.Properties.Routing = {}),
    'Resources.Domain.Properties.Routing: the preview does not know',
  ],
  [
    'an unknown property of a provider',
    (resources) => {
      resources.Client.Properties.SupportedIdentityProviders = ['EntraID'];
      resources.Company = {
        Type: 'AWS::Cognito::UserPoolIdentityProvider',
        Properties: { ProviderName: 'EntraID', ProviderType: 'OIDC', Surprise: 1 },
      };
    },
    'Resources.Company.Properties.Surprise: the preview does not know',
  ],
  [
    'an unknown property of the load balancer',
    ({ LoadBalancer }) => (LoadBalancer.Properties.Surprise = 1),
    'Resources.LoadBalancer.Properties.Surprise: the preview does not know',
  ],
  [
    'a load balancer of another kind',
    ({ LoadBalancer }) => (LoadBalancer.Properties.Type = 'network'),
    'Resources.LoadBalancer.Properties.Type: the preview knows application',
  ],
  [
    'an unknown trigger',
    ({ Users }) => (Users.Properties.LambdaConfig = { Surprise: { 'Fn::GetAtt': ['SignOut', 'Arn'] } }),
    'Resources.Users.Properties.LambdaConfig.Surprise: the preview does not know',
  ],
  [
    'a client without a secret',
    ({ Client }) => (Client.Properties.GenerateSecret = false),
    'Resources.Client.Properties.GenerateSecret: must be true',
  ],
  [
    'a client without the code flow',
    ({ Client }) => (Client.Properties.AllowedOAuthFlows = ['implicit']),
    'AllowedOAuthFlows: must allow the flow code',
  ],
  [
    'a pool without a domain',
    (resources) => delete resources.Domain,
    'AuthenticateCognitoConfig.UserPoolDomain: must point at a resource',
  ],
  [
    'an answer before the sign-in',
    ({ Https }) => (Https.Properties.DefaultActions[1].Order = 0),
    'the last action must be forward, redirect or fixed-response',
  ],
  ['two rules of one priority', ({ ApiRule }) => (ApiRule.Properties.Priority = 10), 'must be unique, got: 10 twice'],
  [
    'no HTTPS listener',
    ({ Https }) => (Https.Properties.Protocol = 'HTTP'),
    'the stack must have one HTTPS listener, got: 0',
  ],
  [
    'an HTTP listener that forwards',
    ({ HttpRedirect, Https }) => (HttpRedirect.Properties.DefaultActions = [Https.Properties.DefaultActions[1]]),
    'may only redirect to HTTPS',
  ],
  [
    'an HTTP listener that redirects to HTTP',
    ({ HttpRedirect }) => (HttpRedirect.Properties.DefaultActions[0].RedirectConfig.Protocol = '#{protocol}'),
    'may only redirect to HTTPS',
  ],
  [
    'mutual TLS',
    ({ Https }) => (Https.Properties.MutualAuthentication = { Mode: 'verify' }),
    'MutualAuthentication.Mode: the preview knows off',
  ],
  [
    'visitors kept on one of several target groups',
    ({ PublicRule }) => {
      PublicRule.Properties.Actions = [
        {
          Type: 'forward',
          ForwardConfig: {
            TargetGroups: [{ TargetGroupArn: { Ref: 'AppTargets' } }, { TargetGroupArn: { Ref: 'SignOutTargets' } }],
            TargetGroupStickinessConfig: { Enabled: true },
          },
        },
      ];
    },
    'does not keep a visitor',
  ],
  [
    'gRPC',
    ({ AppTargets }) => (AppTargets.Properties.ProtocolVersion = 'GRPC'),
    'ProtocolVersion: the preview knows HTTP1',
  ],
  [
    'HTTPS to the app',
    ({ AppTargets }) => (AppTargets.Properties.Protocol = 'HTTPS'),
    'Protocol: the preview knows HTTP',
  ],
  [
    'a placeholder that is none',
    ({ OldRule }) => (OldRule.Properties.Actions[0].RedirectConfig.Path = '/#{moon}'),
    'the preview does not know #{moon}',
  ],
  [
    'a session longer than seven days',
    ({ Https }) => (Https.Properties.DefaultActions[0].AuthenticateCognitoConfig.SessionTimeout = '604801'),
    'SessionTimeout: must be 1 to 604800 seconds',
  ],
  [
    'a secret without a value',
    ({ Task }) => (Task.Properties.ContainerDefinitions[0].Secrets = [{ Name: 'TOKEN', ValueFrom: 'arn' }]),
    'Give the app one with --env TOKEN=VALUE',
  ],
  [
    'a variable that only AWS knows',
    ({ Task }) =>
      Task.Properties.ContainerDefinitions[0].Environment.push({
        Name: 'ROLE',
        Value: { 'Fn::GetAtt': ['Certificate', 'Arn'] },
      }),
    'Give the app a value with --env ROLE=VALUE',
  ],
];

test.each(REFUSED)('%s is refused with its place in the template', (_what, change, sentence) => {
  let message = '';
  try {
    changedModel(change);
  } catch (error) {
    expect(error).toBeInstanceOf(PreviewError);
    expect((error as PreviewError).code).toBe('template');
    message = (error as Error).message;
  }
  expect(message).toContain(sentence);
  expect(message).toMatch(/^Resources/);
  expect(message).toMatch(/\. ('What it refuses' says what can be done: https:\S+#what-it-refuses|Give the app .*\.)$/);
});

const UNKNOWN = { Ref: 'Nowhere' };

test.each<[string, Change]>([
  ['Task.Properties.ContainerDefinitions.0.Command', ({ Task }) => (containerOf(Task).Command = UNKNOWN)],
  ['Task.Properties.ContainerDefinitions.0.Memory', ({ Task }) => (containerOf(Task).Memory = UNKNOWN)],
  [
    'Service.Properties.LoadBalancers.0.ContainerPort',
    ({ Service }) => (Service.Properties.LoadBalancers[0].ContainerPort = UNKNOWN),
  ],
  [
    'Https.Properties.DefaultActions.0.AuthenticateCognitoConfig.UserPoolArn',
    ({ Https }) => (gateOf(Https).UserPoolArn = UNKNOWN),
  ],
  [
    'Https.Properties.DefaultActions.0.AuthenticateCognitoConfig.UserPoolDomain',
    ({ Https }) => Object.assign(gateOf(Https), { UserPoolArn: OTHER_POOL, UserPoolDomain: UNKNOWN }),
  ],
  [
    'Https.Properties.DefaultActions.0.AuthenticateCognitoConfig.AuthenticationRequestExtraParams',
    ({ Https }) => (gateOf(Https).AuthenticationRequestExtraParams = UNKNOWN),
  ],
  ['TeapotRule.Properties.Priority', ({ TeapotRule }) => (TeapotRule.Properties.Priority = UNKNOWN)],
  ['TeapotRule.Properties.Conditions', ({ TeapotRule }) => (TeapotRule.Properties.Conditions = UNKNOWN)],
  ['AppTargets.Properties.Matcher', ({ AppTargets }) => (AppTargets.Properties.Matcher = UNKNOWN)],
  [
    'AppTargets.Properties.TargetGroupAttributes',
    ({ AppTargets }) => (AppTargets.Properties.TargetGroupAttributes = UNKNOWN),
  ],
  ['Client.Properties.LogoutURLs', ({ Client }) => (Client.Properties.LogoutURLs = UNKNOWN)],
  ['Domain.Properties.Domain', ({ Domain }) => (Domain.Properties.Domain = UNKNOWN)],
  ['LoadBalancer.Properties.Name', ({ LoadBalancer }) => (LoadBalancer.Properties.Name = UNKNOWN)],
  [
    'Certificate.Properties.DomainName',
    ({ Client, Certificate }) => {
      Object.assign(Client.Properties, { CallbackURLs: [], LogoutURLs: [] });
      Certificate.Properties.DomainName = UNKNOWN;
    },
  ],
])('%s is named where its value is known nowhere', (path, change) => {
  expect(() => changedModel(change)).toThrow(
    `Resources.${path}: Ref must name a parameter or a resource, got: Nowhere.`,
  );
});

test('a secret that is given on the command line is taken from there', () => {
  const { container } = changedModel(
    ({ Task }) => (Task.Properties.ContainerDefinitions[0].Secrets = [{ Name: 'TOKEN', ValueFrom: 'arn' }]),
    { TOKEN: 'x' },
  );
  expect(container.environment.get('TOKEN')).toBe('x');
});

test('passkeys, which the local sign-in does not have, are said aloud', () => {
  const { notes } = changedModel(({ Users }) => {
    Users.Properties.Policies = { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'WEB_AUTHN'] } };
  });
  expect(notes).toContain('The user pool has other ways to sign in (WEB_AUTHN); here there are passwords only.');
});

test('a way to the app without sign-in is said aloud', () => {
  const open = changedModel(({ Https }) => Https.Properties.DefaultActions.shift());
  expect(open.notes).toContain('The rule Https (default) lets everyone through to the app without signing in.');
});
