import { generateKeyPairSync } from 'node:crypto';
import { IdentityError, IdentityVerifier } from '../src';
import { ARN, Authority, CLIENT, ISSUER, inSeconds, SUBJECT } from './authority';

let authority: Authority;
let verifier: IdentityVerifier;
let grouped: IdentityVerifier;

beforeAll(async () => {
  authority = await Authority.start();
});

afterAll(() => authority.stop());

beforeEach(() => {
  const settings = {
    loadBalancerArn: ARN,
    clientId: CLIENT,
    issuer: ISSUER,
    keyEndpoint: authority.url,
    jwksUri: `${authority.url}/jwks.json`,
  };
  verifier = new IdentityVerifier(settings);
  grouped = new IdentityVerifier(settings, { groups: true });
  authority.asked.length = 0;
});

async function codeOf(given: Promise<unknown>): Promise<string> {
  const error = await given.then(
    () => new Error('it was believed'),
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof IdentityError)) {
    throw error;
  }
  expect(error.message).not.toMatch(/eyJ/);
  return error.code;
}

test('a padded token of the load balancer says who is asking', async () => {
  const token = authority.data();
  expect(token).toContain('=');

  const reader = await verifier.verify({ 'x-amzn-oidc-data': token, 'x-amzn-oidc-identity': SUBJECT });

  expect(reader).toMatchObject({ subject: SUBJECT, email: 'ada@example.com', groups: [] });
});

test('a key is fetched once', async () => {
  await verifier.verify({ 'x-amzn-oidc-data': authority.data() });
  await verifier.verify({ 'x-amzn-oidc-data': authority.data() });

  expect(authority.asked).toHaveLength(1);
});

test.each([
  ['another signer', { signer: ARN.replace('door', 'other') }, {}],
  ['no signer', { signer: undefined }, {}],
  ['another client', { client: 'other' }, {}],
  ['no client', { client: undefined }, {}],
  ['another issuer', {}, { iss: `${ISSUER}x` }],
  ['no issuer', {}, { iss: undefined }],
  ['no algorithm', { alg: 'none' }, {}],
  ['a symmetric algorithm', { alg: 'HS256' }, {}],
  ['an expired header', { exp: inSeconds(-3600) }, {}],
  ['a header without expiry', { exp: undefined }, {}],
  ['an expiry that is a text', { exp: '4102444800' }, {}],
  ['expired claims', {}, { exp: inSeconds(-3600) }],
  ['claims without a subject', {}, { sub: undefined }],
  ['a key id that leads elsewhere', { kid: '../keys' }, {}],
  ['no key id', { kid: undefined }, {}],
])('a token with %s is not believed', async (_name, header, claims) => {
  await expect(codeOf(verifier.verify({ 'x-amzn-oidc-data': authority.data(header, claims) }))).resolves.toBe(
    'not-verified',
  );
});

test('a token under an unknown key is not believed', async () => {
  const token = authority.data({ kid: '00000000-0000-4000-8000-000000000000' });

  await expect(codeOf(verifier.verify({ 'x-amzn-oidc-data': token }))).resolves.toBe('no-key');
});

test("somebody else's signature is not believed", async () => {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });

  await expect(codeOf(verifier.verify({ 'x-amzn-oidc-data': authority.data({}, {}, privateKey) }))).resolves.toBe(
    'not-verified',
  );
});

test('claims of one token under the signature of another are not believed', async () => {
  const [header, , signature] = authority.data().split('.');
  const [, claims] = authority.data({}, { sub: 'somebody-else' }).split('.');

  await expect(codeOf(verifier.verify({ 'x-amzn-oidc-data': `${header}.${claims}.${signature}` }))).resolves.toBe(
    'not-verified',
  );
});

test.each(['a', 'a.b.c', '...', 'eyJhbGciOiJub25lIn0.e30.', 'x'.repeat(1_000_000), '{}.{}.{}'])(
  'a text that is no token is not believed: %.20s',
  async (text) => {
    await expect(codeOf(verifier.verify({ 'x-amzn-oidc-data': text }))).resolves.toBe('not-verified');
  },
);

test('without headers nobody signed in', async () => {
  await expect(codeOf(verifier.verify({}))).resolves.toBe('missing');
  await expect(codeOf(verifier.verify({ 'x-amzn-oidc-data': '' }))).resolves.toBe('missing');
});

test('a header that came twice is not believed', async () => {
  const token = authority.data();

  await expect(codeOf(verifier.verify({ 'x-amzn-oidc-data': [token, token] }))).resolves.toBe('not-verified');
  await expect(codeOf(verifier.verify({ 'x-amzn-oidc-data': `${token}, ${token}` }))).resolves.toBe('not-verified');
});

test('headers that speak of different people are not believed', async () => {
  const headers = { 'x-amzn-oidc-data': authority.data(), 'x-amzn-oidc-identity': 'somebody-else' };

  await expect(codeOf(verifier.verify(headers))).resolves.toBe('wrong-subject');
});

test("nobody else's token makes us fetch a key", async () => {
  await codeOf(verifier.verify({ 'x-amzn-oidc-data': authority.data({ signer: 'mine' }) }));

  expect(authority.asked).toEqual([]);
});

test('groups come from the access token of the user pool', async () => {
  const reader = await grouped.verify({
    'x-amzn-oidc-data': authority.data(),
    'x-amzn-oidc-accesstoken': authority.accessToken({ 'cognito:groups': ['viz', 'ops'] }),
  });

  expect(reader.groups).toEqual(['viz', 'ops']);
});

test.each([
  ['another person', { sub: 'somebody-else' }, 'wrong-subject'],
  ['another issuer', { iss: `${ISSUER}x` }, 'not-verified'],
  ['another client', { client_id: 'other' }, 'not-verified'],
  ['another use', { token_use: 'id' }, 'not-verified'],
  ['an hour ago', { exp: inSeconds(-3600) }, 'not-verified'],
  ['for ever', { exp: undefined }, 'not-verified'],
  ['groups that are a text', { 'cognito:groups': 'viz' }, 'not-verified'],
])('an access token for %s gives no groups', async (_name, claims, code) => {
  const headers = {
    'x-amzn-oidc-data': authority.data(),
    'x-amzn-oidc-accesstoken': authority.accessToken(claims),
  };

  await expect(codeOf(grouped.verify(headers))).resolves.toBe(code);
});

test('an access token of another key gives no groups', async () => {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const headers = {
    'x-amzn-oidc-data': authority.data(),
    'x-amzn-oidc-accesstoken': authority.accessToken({}, privateKey),
  };

  await expect(codeOf(grouped.verify(headers))).resolves.toBe('not-verified');
});
