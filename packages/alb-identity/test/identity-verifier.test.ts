import { generateKeyPairSync } from 'node:crypto';
import { IdentityError, IdentityVerifier } from '../src';
import { ARN, Authority, CLIENT, ISSUER, inSeconds, LONG_KEY_ID, SUBJECT, TOO_LONG_KEY_ID } from './authority';

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
  return (await errorOf(given)).code;
}

/** Its code and its words, as a log would have them. */
async function wordsOf(given: Promise<unknown>): Promise<string> {
  const { code, message } = await errorOf(given);
  return `${code}: ${message}`;
}

async function errorOf(given: Promise<unknown>): Promise<IdentityError> {
  const error = await given.then(
    () => new Error('it was believed'),
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof IdentityError)) {
    throw error;
  }
  expect(error.name).toBe('IdentityError');
  expect(error.message).not.toMatch(/eyJ/);
  return error;
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

test('a reader without an e-mail address has none', async () => {
  const reader = await verifier.verify({ 'x-amzn-oidc-data': authority.data({}, { email: undefined }) });

  expect(reader).not.toHaveProperty('email');
});

test('clocks may be apart by the leeway, and no more', async () => {
  const late = (seconds: number) => ({ 'x-amzn-oidc-data': authority.data({ exp: inSeconds(-seconds) }) });

  await expect(verifier.verify(late(20))).resolves.toMatchObject({ subject: SUBJECT });
  await expect(codeOf(verifier.verify(late(40)))).resolves.toBe('not-verified');
});

test('with the leeway the last moment of a token is the one before its expiry', async () => {
  const now = jest.spyOn(Date, 'now');
  const headers = { 'x-amzn-oidc-data': authority.data({ exp: 2_000_000_000 }, { exp: 2_000_000_600 }) };

  now.mockReturnValue(2_000_000_029_999);
  await expect(verifier.verify(headers)).resolves.toMatchObject({ subject: SUBJECT });
  now.mockReturnValue(2_000_000_030_000);
  await expect(wordsOf(verifier.verify(headers))).resolves.toBe('not-verified: the token has expired');
  now.mockRestore();
});

test.each([
  ['another signer', { signer: undefined }, {}, 'not-verified: another load balancer signed it'],
  ['no expiry', { exp: undefined }, {}, 'not-verified: the token does not say when it expires'],
  ['a past expiry', { exp: inSeconds(-3600) }, {}, 'not-verified: the token has expired'],
  ['no subject', {}, { sub: '' }, 'not-verified: the token does not say whose it is'],
  ['another client', { client: 'other' }, {}, 'not-verified: the token does not hold (AlbJwtInvalidClientIdError)'],
  ['another key', { kid: '00000000-0000-4000-8000-000000000000' }, {}, 'no-key: a public key cannot be fetched'],
])('the log says why a token with %s is not believed', async (_name, header, claims, words) => {
  await expect(wordsOf(verifier.verify({ 'x-amzn-oidc-data': authority.data(header, claims) }))).resolves.toBe(words);
});

test('what the library said is kept as the cause', async () => {
  const expired = { 'x-amzn-oidc-data': authority.data({}, { exp: inSeconds(-3600) }) };
  const unknown = { 'x-amzn-oidc-data': authority.data({ kid: '00000000-0000-4000-8000-000000000000' }) };

  expect((await errorOf(verifier.verify(expired))).cause).toBeInstanceOf(Error);
  expect((await errorOf(verifier.verify(unknown))).cause).toMatchObject({
    message: expect.stringContaining('status 404'),
  });
});

test('no more is read than a key needs', async () => {
  await expect(verifier.verify({ 'x-amzn-oidc-data': authority.data({ kid: LONG_KEY_ID }) })).resolves.toMatchObject({
    subject: SUBJECT,
  });
  const error = await errorOf(verifier.verify({ 'x-amzn-oidc-data': authority.data({ kid: TOO_LONG_KEY_ID }) }));

  expect(error.code).toBe('no-key');
  expect(String((error.cause as Error).message)).toContain('the answer is too long for keys');
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
  await expect(wordsOf(verifier.verify({}))).resolves.toBe(
    'missing: there is no x-amzn-oidc-data: nobody signed in at a load balancer',
  );
  await expect(codeOf(verifier.verify({ 'x-amzn-oidc-data': '' }))).resolves.toBe('missing');
});

test('a header that came twice is not believed', async () => {
  const token = authority.data();

  await expect(wordsOf(verifier.verify({ 'x-amzn-oidc-data': [token, token] }))).resolves.toBe(
    'not-verified: x-amzn-oidc-data is not one that a load balancer sends',
  );
  await expect(codeOf(verifier.verify({ 'x-amzn-oidc-data': `${token}, ${token}` }))).resolves.toBe('not-verified');
});

test('headers that speak of different people are not believed', async () => {
  const headers = { 'x-amzn-oidc-data': authority.data(), 'x-amzn-oidc-identity': 'somebody-else' };

  await expect(wordsOf(verifier.verify(headers))).resolves.toBe(
    'wrong-subject: x-amzn-oidc-identity and x-amzn-oidc-data speak of different people',
  );
});

test('a token of the greatest length is read, one character more is not', async () => {
  const words = (length: number) => wordsOf(verifier.verify({ 'x-amzn-oidc-data': 'x'.repeat(length) }));

  await expect(words(16_384)).resolves.toBe('not-verified: the token does not hold (JwtParseError)');
  await expect(words(16_385)).resolves.toBe('not-verified: x-amzn-oidc-data is not one that a load balancer sends');
});

test('an address of keys that ends in a slash means the same', async () => {
  const { url } = authority;
  const slashed = new IdentityVerifier({
    loadBalancerArn: ARN,
    clientId: CLIENT,
    issuer: ISSUER,
    keyEndpoint: `${url}/`,
  });

  await expect(slashed.verify({ 'x-amzn-oidc-data': authority.data() })).resolves.toMatchObject({ subject: SUBJECT });
});

test('without an address of keys they come from that of the region', () => {
  expect(() => new IdentityVerifier({ loadBalancerArn: ARN, clientId: CLIENT, issuer: ISSUER })).not.toThrow();
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

test('a reader who is in no group has none', async () => {
  const reader = await grouped.verify({
    'x-amzn-oidc-data': authority.data(),
    'x-amzn-oidc-accesstoken': authority.accessToken({ 'cognito:groups': undefined }),
  });

  expect(reader.groups).toEqual([]);
});

test("without an address of the user pool's keys they come from below the issuer", async () => {
  const alone = new IdentityVerifier({ loadBalancerArn: ARN, clientId: CLIENT, issuer: ISSUER }, { groups: true });
  const asked = jest
    .spyOn(globalThis, 'fetch')
    .mockImplementation(async (url) =>
      String(url).startsWith('https://public-keys.auth.elb.')
        ? new Response(authority.door.publicKey.export({ type: 'spki', format: 'pem' }).toString())
        : Promise.reject(new Error('no network')),
    );
  const headers = { 'x-amzn-oidc-data': authority.data(), 'x-amzn-oidc-accesstoken': authority.accessToken() };

  await expect(codeOf(alone.verify(headers))).resolves.toBe('no-key');

  expect(asked.mock.calls.map(([url]) => String(url))).toContain(`${ISSUER}/.well-known/jwks.json`);
  expect(asked.mock.calls[0][1]).toMatchObject({ redirect: 'error', signal: expect.any(AbortSignal) });
  asked.mockRestore();
});

test.each([
  ['another person', { sub: 'somebody-else' }, 'wrong-subject: the two tokens speak of different people'],
  ['another issuer', { iss: `${ISSUER}x` }, 'not-verified: the token does not hold (JwtInvalidIssuerError)'],
  ['another client', { client_id: 'other' }, 'not-verified: the access token was made for another client'],
  ['another use', { token_use: 'id' }, 'not-verified: it is not an access token'],
  ['an hour ago', { exp: inSeconds(-3600) }, 'not-verified: the token does not hold (JwtExpiredError)'],
  ['for ever', { exp: undefined }, 'not-verified: the access token does not say when it expires'],
  ['groups that are a text', { 'cognito:groups': 'viz' }, 'not-verified: the groups are not a list of names'],
  ['groups that are numbers', { 'cognito:groups': ['viz', 1] }, 'not-verified: the groups are not a list of names'],
])('an access token for %s gives no groups', async (_name, claims, words) => {
  const headers = {
    'x-amzn-oidc-data': authority.data(),
    'x-amzn-oidc-accesstoken': authority.accessToken(claims),
  };

  await expect(wordsOf(grouped.verify(headers))).resolves.toBe(words);
});

test('an access token of another key gives no groups', async () => {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const headers = {
    'x-amzn-oidc-data': authority.data(),
    'x-amzn-oidc-accesstoken': authority.accessToken({}, privateKey),
  };

  await expect(codeOf(grouped.verify(headers))).resolves.toBe('not-verified');
});
