import { type Change, changedModel, type Json } from '../helpers/assembly';

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
