import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import { handler } from '../../runtime/sign-out';

const LOGOUT_URL =
  'https://viz.auth.eu-west-1.amazoncognito.com/logout?client_id=abc&logout_uri=https%3A%2F%2Fviz.example.com%2Fsigned-out';
const before = { ...process.env };

beforeEach(() => {
  process.env.SESSION_COOKIE_NAME = 'AWSELBAuthSessionCookie';
  process.env.LOGOUT_URL = LOGOUT_URL;
});

afterEach(() => {
  process.env = { ...before };
});

test("signing out goes on to Cognito's logout and is never cached", async () => {
  const response = await handler({ path: '/logout' });

  expect(response.statusCode).toBe(302);
  expect(response.multiValueHeaders.location).toEqual([LOGOUT_URL]);
  expect(response.multiValueHeaders['cache-control']).toEqual(['no-store']);
  expect(response.body).toBe('');
});

test('signing out expires four shards of the session, with the attributes that they were set with', async () => {
  const { multiValueHeaders } = await handler({ path: '/logout' });

  expect(multiValueHeaders['set-cookie']).toHaveLength(4);
  for (const [shard, cookie] of multiValueHeaders['set-cookie'].entries()) {
    expect(cookie).toBe(
      `AWSELBAuthSessionCookie-${shard}=; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0; Secure; HttpOnly`,
    );
  }
});

test('every further shard that the browser sends is expired as well', async () => {
  const { multiValueHeaders } = await handler({
    path: '/logout',
    multiValueHeaders: { cookie: ['theme=dark; AWSELBAuthSessionCookie-10=a', 'AWSELBAuthSessionCookie-4=b'] },
  });

  expect(multiValueHeaders['set-cookie'].map((cookie) => cookie.split('=')[0])).toEqual([
    'AWSELBAuthSessionCookie-0',
    'AWSELBAuthSessionCookie-1',
    'AWSELBAuthSessionCookie-2',
    'AWSELBAuthSessionCookie-3',
    'AWSELBAuthSessionCookie-10',
    'AWSELBAuthSessionCookie-4',
  ]);
});

test.each([
  'other=1',
  'AWSELBAuthSessionCookie-x=1',
  'AWSELBAuthSessionCookie-1000=1',
  'AWSELBAuthSessionCookie-1\r\nx: y=1',
  'XAWSELBAuthSessionCookie-7=1',
  // As long as the name, with digits where its shard would be.
  'OTHERLBAuthSessionCookies7=1',
  `${'x'.repeat('AWSELBAuthSessionCookie-'.length)}7=1`,
])('a cookie of another name is left alone: %j', async (cookie) => {
  const { multiValueHeaders } = await handler({ path: '/logout', multiValueHeaders: { cookie: [cookie] } });

  expect(multiValueHeaders['set-cookie']).toHaveLength(4);
});

test('an image on another site cannot sign a reader out', async () => {
  const response = await handler({
    path: '/logout',
    multiValueHeaders: { 'sec-fetch-site': ['cross-site'], 'sec-fetch-dest': ['image'] },
  });

  expect(response).toEqual({
    statusCode: 403,
    multiValueHeaders: { 'content-type': ['text/plain; charset=utf-8'], 'cache-control': ['no-store'] },
    body: 'To sign out, open this page yourself.',
  });
});

test.each(['prefetch', 'prefetch;prerender'])(
  'a browser that looks ahead (%s) does not sign anybody out',
  async (purpose) => {
    const response = await handler({ path: '/logout', multiValueHeaders: { 'sec-purpose': [purpose] } });

    expect(response.statusCode).toBe(403);
    expect(response.multiValueHeaders['set-cookie']).toBeUndefined();
  },
);

test('an older browser that looks ahead does not sign anybody out, one that says something else does', async () => {
  const withPurpose = (purpose: string) =>
    handler({ path: '/logout', multiValueHeaders: { purpose: [purpose], 'sec-purpose': ['other'] } });

  expect((await withPurpose('prefetch')).statusCode).toBe(403);
  expect((await withPurpose('other')).statusCode).toBe(302);
});

test('whatever a request brings, signing out leads to one address and sets nothing but expired cookies', async () => {
  const names = fc.constantFrom('cookie', 'host', 'referer', 'sec-fetch-site', 'sec-fetch-dest', 'sec-purpose', 'x');
  const values = fc.array(
    fc.string({ unit: 'binary', maxLength: 200 }).map((text) => `${text};AWSELBAuthSessionCookie-5=${text}`),
  );
  await fc.assert(
    fc.asyncProperty(fc.dictionary(names, values), async (multiValueHeaders) => {
      const { statusCode, multiValueHeaders: answer } = await handler({ path: '/logout', multiValueHeaders });

      expect([302, 403]).toContain(statusCode);
      expect(answer.location ?? [LOGOUT_URL]).toEqual([LOGOUT_URL]);
      for (const cookie of answer['set-cookie'] ?? []) {
        expect(cookie).toMatch(
          /^AWSELBAuthSessionCookie-\d{1,3}=; Path=\/; Expires=Thu, 01 Jan 1970 [\w:; /=,-]+ HttpOnly$/,
        );
      }
    }),
    { numRuns: 500 },
  );
});

test('a link on another site may', async () => {
  const response = await handler({
    path: '/logout',
    multiValueHeaders: { 'sec-fetch-site': ['cross-site'], 'sec-fetch-dest': ['document'] },
  });

  expect(response.statusCode).toBe(302);
});

test('nothing of the request decides where the browser goes after signing out', async () => {
  const response = await handler({
    path: '/logout',
    multiValueHeaders: {
      host: ['evil.example'],
      'x-forwarded-host': ['evil.example'],
      referer: ['https://evil.example'],
    },
  });

  expect(JSON.stringify(response)).not.toContain('evil');
});

test('the page after signing out offers to sign in again and runs no script', async () => {
  const response = await handler({ path: '/signed-out' });

  expect(response.statusCode).toBe(200);
  expect(response.body).toContain('<a href="/">Sign in again</a>');
  expect(response.body).not.toContain('<script');
  expect(response.body).toContain('<h1>You are signed out</h1>');
  expect(response.body).toContain('<p>Close this window if you share this computer.</p>');
  const [, style] = /<style>(.+)<\/style>/s.exec(response.body) ?? [];
  const hash = createHash('sha256').update(style).digest('base64');
  expect(response.multiValueHeaders).toEqual({
    'content-type': ['text/html; charset=utf-8'],
    'cache-control': ['no-store'],
    'content-security-policy': [`default-src 'none'; style-src 'sha256-${hash}'; frame-ancestors 'none'`],
    'referrer-policy': ['no-referrer'],
  });
});

test('whoever is turned away reads why, and nothing that the address bar says', async () => {
  const response = await handler({
    path: '/oauth2/idpresponse',
    multiValueHeaders: {},
    ...{ multiValueQueryStringParameters: { error_description: ['<script>alert(1)</script>'] } },
  });

  expect(response.statusCode).toBe(403);
  expect(response.body).toContain('<h1>Not for you</h1>');
  expect(response.body).toContain('or this app is not open to you. The team that runs it can let you in.');
  expect(response.body).toContain('<a href="/logout">Try another account</a>');
  expect(response.body).not.toContain('alert');
});

test('any other path is not here', async () => {
  expect(await handler({ path: '/elsewhere' })).toEqual({
    statusCode: 404,
    multiValueHeaders: { 'content-type': ['text/plain'] },
    body: 'There is no such page.',
  });
});

test('a function without its settings fails in words, not with a broken redirect', async () => {
  delete process.env.LOGOUT_URL;

  await expect(handler({ path: '/logout' })).rejects.toThrow("'LOGOUT_URL' must be set in the environment");
});
