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
