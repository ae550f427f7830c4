import { createPublicKey, verify } from 'node:crypto';
import { decodeJwt } from 'jose';
import { Browser } from '../helpers/browser';
import { claimsOf, preview, type TestPreview, USER, user } from '../helpers/preview';

let door: TestPreview;
let browser: Browser;

beforeAll(async () => {
  door = await preview(undefined, { env: new Map([['KEYS', '{publicKeysUrl}']]) });
});
afterAll(() => door.stop());
beforeEach(() => {
  browser = new Browser();
});
afterEach(() => browser.close());

test('a deep link opens after signing in, with its query untouched', async () => {
  const page = await browser.signIn(`${door.url}/charts/a%20b?from=1&to=%2F`, USER);
  expect(page.status).toBe(200);
  expect(page.url).toBe(`${door.url}/charts/a%20b?from=1&to=%2F`);
  expect(JSON.parse(page.text).url).toBe('/charts/a%20b?from=1&to=%2F');
});

test('a deep link that begins with two slashes does not lead to another host', async () => {
  const page = await browser.signIn(`${door.url}//evil.example/x`, USER);
  expect(page.url).toBe(`${door.url}//evil.example/x`);
  expect(JSON.parse(page.text).url).toBe('//evil.example/x');
});

test('a wrong password is told, and the right one still works on the same page', async () => {
  const page = await browser.open(`${door.url}/`);
  const wrong = await browser.submit(page.url, { email: USER.email, password: 'wrong' });
  expect(wrong.status).toBe(401);
  expect(wrong.text).toContain('role="alert"');
  expect(wrong.text).toContain('E-mail or password is wrong.');
  expect(wrong.text).toContain(`value="${USER.email}"`);
  const right = await browser.submit(page.url, { email: ` ${USER.email.toUpperCase()} `, password: USER.password });
  expect(right.status).toBe(200);
});

test('the app learns who is asking from the headers of the load balancer', async () => {
  const { headers } = JSON.parse((await browser.signIn(`${door.url}/`, USER)).text);
  expect(headers['x-amzn-oidc-identity']).toBe(USER.sub);
  const accessToken = decodeJwt(headers['x-amzn-oidc-accesstoken']);
  expect(accessToken).toMatchObject({
    sub: USER.sub,
    token_use: 'access',
    username: USER.sub,
    scope: 'openid email profile',
  });
});

const ADA = user('ada@example.com', 'correct horse', { groups: ['viewers'], attributes: { name: 'Ada' } });

test.each([
  ['created by an administrator with a verified address', ADA, 'true'],
  [
    'whose address is said not to be verified',
    { ...ADA, attributes: { name: 'Ada', email_verified: 'false' } },
    'false',
  ],
])(
  'of a user %s, x-amzn-oidc-data says what the user info endpoint does, and no groups',
  async (_who, somebody, word) => {
    const pool = await preview(
      ({ Https }) => (Https.Properties.DefaultActions[0].AuthenticateCognitoConfig.Scope = 'openid email'),
      { users: [somebody] },
    );
    const page = await browser.signIn(`${pool.url}/`, somebody);
    const { exp: _exp, iss: _iss, ...claims } = claimsOf(page.text);
    expect(claims).toEqual({ sub: ADA.sub, username: ADA.sub, email: ADA.email, email_verified: word });
    const accessToken = decodeJwt(JSON.parse(page.text).headers['x-amzn-oidc-accesstoken']);
    expect(accessToken['cognito:groups']).toEqual(['viewers']);
    await pool.stop();
  },
);

test('x-amzn-oidc-data is a padded ES256 JWT of this load balancer that the served public key verifies', async () => {
  const { headers, env } = JSON.parse((await browser.signIn(`${door.url}/`, USER)).text);
  const [header, payload, signature] = headers['x-amzn-oidc-data'].split('.') as string[];
  for (const part of [header, payload, signature]) {
    expect(part.length % 4).toBe(0);
  }
  const said = JSON.parse(Buffer.from(header, 'base64url').toString());
  expect(said).toMatchObject({
    alg: 'ES256',
    signer: env.LOAD_BALANCER_ARN,
    iss: `https://cognito-idp.us-east-1.amazonaws.com/${env.USER_POOL_ID}`,
  });
  expect(said.exp).toBeGreaterThan(Date.now() / 1000);
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString());
  expect(claims).toMatchObject({ sub: USER.sub, email: USER.email, username: USER.sub, exp: said.exp, iss: said.iss });
  const pem = (await browser.open(`${env.KEYS}/${said.kid}`)).text;
  const key = { key: createPublicKey(pem), dsaEncoding: 'ieee-p1363' } as const;
  expect(verify('sha256', Buffer.from(`${header}.${payload}`), key, Buffer.from(signature, 'base64url'))).toBe(true);
  expect(verify('sha256', Buffer.from(`${header}.${payload}x`), key, Buffer.from(signature, 'base64url'))).toBe(false);
});

test('a path that only lets people in who are signed in answers 401 instead of a redirect', async () => {
  const before = await browser.open(`${door.url}/api/rows`, { follow: false });
  expect(before.status).toBe(401);
  await browser.signIn(`${door.url}/`, USER);
  const after = await browser.open(`${door.url}/api/rows`);
  expect(JSON.parse(after.text).headers['x-amzn-oidc-identity']).toBe(USER.sub);
});

test('a second page asks nobody to sign in again', async () => {
  await browser.signIn(`${door.url}/`, USER);
  const second = await browser.open(`${door.url}/second`);
  expect(second.hops).toEqual([]);
});

test('signing out ends the session at the door and at the provider, and says so', async () => {
  await browser.signIn(`${door.url}/`, USER);
  const out = await browser.open(`${door.url}/logout`);
  expect(out.url).toBe(`${door.url}/signed-out`);
  expect(out.text).toContain('Sign in again');
  expect(await browser.cookie(door.url, 'AWSELBAuthSessionCookie-0')).toBeUndefined();
  const again = await browser.open(`${door.url}/`);
  expect(again.text).toContain('<form method="post">');
});

test('a visitor under another name of this machine signs in under the usual one', async () => {
  const { port } = new URL(door.url);
  const page = await browser.signIn(`http://127.0.0.1:${port}/x`, USER);
  expect(page.url).toBe(`${door.url}/x`);
});

test('two tabs can sign in one after the other', async () => {
  const first = await browser.open(`${door.url}/one`);
  const second = await browser.open(`${door.url}/two`);
  const two = await browser.submit(second.url, { email: USER.email, password: USER.password });
  expect(two.url).toBe(`${door.url}/two`);
  const one = await browser.submit(first.url, { email: USER.email, password: USER.password });
  expect(one.url).toBe(`${door.url}/one`);
});
