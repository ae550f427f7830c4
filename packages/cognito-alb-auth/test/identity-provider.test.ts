import { Match } from 'aws-cdk-lib/assertions';
import { UserPool, UserPoolIdentityProviderSamlMetadata } from 'aws-cdk-lib/aws-cognito';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { type CognitoAlbAuthProps, IdentityProvider } from '../src';
import { newAuth, newStack, only, templateOf } from './fixture';

const PROVIDER = 'AWS::Cognito::UserPoolIdentityProvider';
const TENANT = '8a9f2a5e-0000-4000-8000-1234567890ab';

function withProviders(
  make: (client: { clientId: string; clientSecret: ReturnType<typeof Secret.fromSecretNameV2> }) => IdentityProvider[],
  changes: Partial<CognitoAlbAuthProps> = {},
) {
  const stack = newStack();
  const clientSecret = Secret.fromSecretNameV2(stack, 'Secret', 'viz/provider');
  return templateOf(newAuth({ identityProviders: make({ clientId: 'client', clientSecret }), ...changes }, stack));
}

test('Entra ID is one tenant, asked for its groups, with a secret that CloudFormation reads', () => {
  withProviders((client) => [
    IdentityProvider.entraId({ ...client, tenantId: TENANT, groupsClaim: 'groups', clientSecretField: 'value' }),
  ]).hasResourceProperties(PROVIDER, {
    ProviderType: 'OIDC',
    ProviderName: 'EntraID',
    ProviderDetails: {
      oidc_issuer: `https://login.microsoftonline.com/${TENANT}/v2.0`,
      client_id: 'client',
      client_secret: {
        'Fn::Join': [
          '',
          Match.arrayWith([
            '{{resolve:secretsmanager:arn:',
            Match.stringLikeRegexp('viz/provider:SecretString:value::}}$'),
          ]),
        ],
      },
      authorize_scopes: 'openid email profile',
    },
    AttributeMapping: { email: 'email', 'custom:groups': 'groups' },
  });
});

test.each(['common', 'organizations', 'consumers', ''])('the shared tenant %j of Entra ID is refused', (tenantId) => {
  expect(() => withProviders((client) => [IdentityProvider.entraId({ ...client, tenantId })])).toThrow(
    `'tenantId' must be the id of one tenant (a GUID), got: ${tenantId}`,
  );
});

test('Okta is asked for groups only where they are used', () => {
  const issuer = (groupsClaim?: string) =>
    only(
      withProviders((client) => [IdentityProvider.okta({ ...client, domain: 'example.okta.com', groupsClaim })]),
      PROVIDER,
    ).properties.ProviderDetails;

  expect(issuer()).toMatchObject({ oidc_issuer: 'https://example.okta.com', authorize_scopes: 'openid email profile' });
  expect(issuer('groups')).toMatchObject({ authorize_scopes: 'openid email profile groups' });
});

test('Google needs an allow-list, because anybody has an account', () => {
  expect(() => withProviders((client) => [IdentityProvider.google(client)])).toThrow(
    "'allow' must name domains or groups, because anybody can sign in with a provider like Google, got: nothing",
  );
  withProviders((client) => [IdentityProvider.google(client)], {
    allow: { emailDomains: ['example.com'] },
  }).hasResourceProperties(PROVIDER, {
    ProviderType: 'Google',
    AttributeMapping: { email_verified: 'email_verified' },
  });
});

test('SAML accepts no sign-in that it did not ask for', () => {
  const metadata = UserPoolIdentityProviderSamlMetadata.url('https://id.example.com/metadata');
  withProviders(() => [IdentityProvider.saml({ metadata, groupsAttribute: 'memberOf' })]).hasResourceProperties(
    PROVIDER,
    {
      ProviderType: 'SAML',
      ProviderName: 'SAML',
      ProviderDetails: { MetadataURL: 'https://id.example.com/metadata', IDPInit: false },
      AttributeMapping: {
        email: 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress',
        'custom:groups': 'memberOf',
      },
    },
  );
});

test('with one provider and no passwords, visitors go straight to it', () => {
  const template = withProviders((client) => [
    IdentityProvider.oidc({ ...client, issuerUrl: 'https://id.example.com', name: 'Company' }),
  ]);

  template.hasResourceProperties('AWS::Cognito::UserPoolClient', { SupportedIdentityProviders: ['Company'] });
  template.hasResourceProperties('AWS::ElasticLoadBalancingV2::Listener', {
    DefaultActions: Match.arrayWith([
      Match.objectLike({
        AuthenticateCognitoConfig: Match.objectLike({
          AuthenticationRequestExtraParams: { identity_provider: 'Company' },
        }),
      }),
    ]),
  });
});

test('with passwords beside a provider, visitors choose', () => {
  const template = withProviders(
    (client) => [IdentityProvider.oidc({ ...client, issuerUrl: 'https://id.example.com', name: 'Company' })],
    { passwordSignIn: true },
  );

  template.hasResourceProperties('AWS::Cognito::UserPoolClient', {
    SupportedIdentityProviders: ['COGNITO', 'Company'],
  });
  expect(JSON.stringify(template)).not.toContain('identity_provider');
});

test('the client waits for its providers', () => {
  const template = withProviders((client) => [IdentityProvider.entraId({ ...client, tenantId: TENANT })]);

  template.hasResource('AWS::Cognito::UserPoolClient', { DependsOn: [only(template, PROVIDER).id] });
});

test('the groups of a provider may go, and the user pool is still the same', () => {
  const poolWith = (groupsClaim?: string) =>
    only(
      withProviders((client) => [IdentityProvider.entraId({ ...client, tenantId: TENANT, groupsClaim })]),
      'AWS::Cognito::UserPool',
    ).properties.Schema;

  expect(poolWith('groups')).toEqual([expect.objectContaining({ Name: 'groups', Mutable: true })]);
  expect(poolWith()).toEqual(poolWith('groups'));
});

describe('the client', () => {
  const clientOf = (changes: Partial<CognitoAlbAuthProps> = {}, groupsClaim?: string) =>
    only(
      withProviders(
        (client) => [
          IdentityProvider.entraId({ ...client, tenantId: TENANT, groupsClaim }),
          IdentityProvider.okta({ ...client, domain: 'example.okta.com' }),
        ],
        changes,
      ),
      'AWS::Cognito::UserPoolClient',
    ).properties;

  test('may write what a provider fills in, or Cognito would refuse the sign-in', () => {
    expect(clientOf().WriteAttributes).toEqual(['email', 'name']);
    expect(clientOf({}, 'groups').WriteAttributes).toEqual(['custom:groups', 'email', 'name']);
  });

  test('gets no token with which somebody could write their own groups', () => {
    expect(clientOf({}, 'groups').AllowedOAuthScopes).toEqual(['openid', 'email']);
  });

  test('of a pool with providers of others may write what those fill in', () => {
    const stack = newStack();
    const userPool = UserPool.fromUserPoolId(stack, 'Shared', 'eu-west-1_abcdefghi');
    const auth = newAuth({ existingUserPool: { userPool, domainName: 'company' } }, stack);

    expect(only(templateOf(auth), 'AWS::Cognito::UserPoolClient').properties).not.toHaveProperty('WriteAttributes');
  });
});

test('groups are believed of the providers that are asked for them, and of nobody else', () => {
  const template = withProviders((client) => [
    IdentityProvider.entraId({ ...client, tenantId: TENANT, groupsClaim: 'groups' }),
    IdentityProvider.okta({ ...client, domain: 'example.okta.com' }),
  ]);

  template.hasResourceProperties('AWS::Lambda::Function', {
    Environment: { Variables: { ACCESS_POLICY: '{"emailDomains":[],"groups":[],"groupProviders":["EntraID"]}' } },
  });
});

test.each([
  [
    () => IdentityProvider.saml({ metadata: UserPoolIdentityProviderSamlMetadata.file('x'), name: 'a b' }),
    "'name' must be",
  ],
  [
    () => IdentityProvider.oidc({ ...nobody(), issuerUrl: 'http://id.example.com' }),
    "'issuerUrl' must be an HTTPS URL",
  ],
  [() => IdentityProvider.oidc({ ...nobody(), issuerUrl: 'https://id.example.com?x' }), "'issuerUrl' must be"],
  [() => IdentityProvider.okta({ ...nobody(), domain: 'https://example.okta.com' }), "'domain' must be a host name"],
  [() => IdentityProvider.google({ ...nobody(), name: 'Mail' }), "'name' must be 'Google'"],
])('a provider that Cognito would refuse is refused at once: %#', (make, message) => {
  expect(make).toThrow(message);
});

function nobody() {
  return { clientId: 'client', clientSecret: Secret.fromSecretNameV2(newStack(), 'Secret', 'x') };
}
