import { poolUser } from '../../src/federation/attribute-mapping';
import type { Company } from '../../src/model/companies';

const mapping = { email: 'email', 'custom:groups': 'groups' };
const groupsOf = (type: Company['type'], groups: unknown) =>
  poolUser({ name: 'Company', type, mapping }, { sub: '1', email: 'ada@example.com', groups }, 'pool').attributes[
    'custom:groups'
  ];

test.each([
  [['viewers', 'editors'], 'viewers,editors'],
  [['all viewers', 'a, b', 'x-1.y_*'], 'all+viewers,a%2C+b,x-1.y_*'],
  [['all viewers, and more'], 'all viewers, and more'],
  [[], ''],
  ['viewers', 'viewers'],
])('the groups %j of a SAML provider are a list of encoded names', (groups, text) => {
  expect(groupsOf('SAML', groups)).toBe(text);
});

test.each([
  [['viewers', 'editors'], '[viewers, editors]'],
  [['viewers'], '[viewers]'],
  [undefined, undefined],
  [null, undefined],
])('the groups %j of an OpenID provider are a list in brackets', (groups, text) => {
  expect(groupsOf('OIDC', groups)).toBe(text);
});

test('an address is not verified unless the provider says so and that is mapped', () => {
  const claims = { sub: '1', email: 'ada@example.com', email_verified: true };
  const of = (more: Record<string, string>) =>
    poolUser({ name: 'Google', type: 'Google', mapping: { email: 'email', ...more } }, claims, 'pool').attributes;

  expect(of({}).email_verified).toBe('false');
  expect(of({ email_verified: 'email_verified' }).email_verified).toBe('true');
});

test('somebody of a company is known by its name, has its group, and what it maps', () => {
  const ada = poolUser(
    { name: 'EntraID', type: 'OIDC', mapping: { email: 'mail', username: 'sub', name: 'name', nickname: 'nick' } },
    { sub: 7, mail: 'ada@example.com', name: 'Ada', nick: null, other: 'x' },
    'pool',
  );
  expect(ada).toEqual({
    sub: expect.stringMatching(/^[0-9a-f-]{36}$/),
    username: 'EntraID_7',
    email: 'ada@example.com',
    password: '',
    groups: ['pool_EntraID'],
    attributes: {
      email_verified: 'false',
      name: 'Ada',
      'cognito:user_status': 'EXTERNAL_PROVIDER',
      identities: '[{"userId":"7","providerName":"EntraID","providerType":"OIDC","primary":true}]',
    },
  });
  const other = (name: string, sub: string) => poolUser({ name, type: 'OIDC', mapping: {} }, { sub }, 'pool');
  expect(other('EntraID', '7').sub).toBe(ada.sub);
  expect(other('EntraID', '8').sub).not.toBe(ada.sub);
  expect(other('Google', '7')).toMatchObject({ email: '' });
  expect(other('Google', '7').sub).not.toBe(ada.sub);
});

test.each([
  ['http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress', 'email'],
  ['urn:oid/Mail', 'email'],
  ['http://schemas.xmlsoap.org/ws/2005/05/identity/claims/upn', 'email'],
  ['http://schemas.microsoft.com/identity/claims/displayname', 'name'],
  ['http://schemas.xmlsoap.org/ws/2005/05/identity/claims/givenname', 'given_name'],
  ['http://schemas.xmlsoap.org/ws/2005/05/identity/claims/surname', 'family_name'],
  ['http://schemas.xmlsoap.org/claims/Group', 'groups'],
  ['http://schemas.microsoft.com/ws/2008/06/identity/claims/roles', 'groups'],
  ['http://example.com/claims/locale', 'locale'],
  ['locale', 'locale'],
])('the SAML attribute %s is what the local provider calls %s', (attribute, claim) => {
  const user = poolUser(
    { name: 'Company', type: 'SAML', mapping: { 'custom:it': attribute } },
    { sub: '1', [claim]: 'value' },
    'pool',
  );
  expect(user.attributes['custom:it']).toBe('value');
});
