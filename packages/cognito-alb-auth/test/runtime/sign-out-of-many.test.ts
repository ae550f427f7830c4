import { handler } from '../../runtime/sign-out';

const before = { ...process.env };

beforeEach(() => {
  process.env.SIGN_IN_ORIGIN = 'https://apps-example-com.auth.eu-west-1.amazoncognito.com';
});

afterEach(() => {
  process.env = { ...before };
});

const SIGN_OUT = '/logout/4k2abc/sales.apps.example.com';
const ask = (path: string, headers: Record<string, string[]> = {}) => handler({ path, multiValueHeaders: headers });

test('the path says which app is left, and where the browser comes back to', async () => {
  const { statusCode, multiValueHeaders } = await ask(SIGN_OUT);

  expect(statusCode).toBe(302);
  expect(multiValueHeaders.location).toEqual([
    'https://apps-example-com.auth.eu-west-1.amazoncognito.com/logout?client_id=4k2abc&logout_uri=https%3A%2F%2Fsales.apps.example.com%2Fsigned-out',
  ]);
});

test('only the cookies of that app are expired', async () => {
  const { multiValueHeaders } = await ask(SIGN_OUT, {
    cookie: ['AWSELBAuthSessionCookie-4k2abc-5=a; AWSELBAuthSessionCookie-other-0=b'],
  });

  expect(multiValueHeaders['set-cookie'].map((cookie) => cookie.split('=')[0])).toEqual(
    [0, 1, 2, 3, 5].map((shard) => `AWSELBAuthSessionCookie-4k2abc-${shard}`),
  );
});

test('a picture of another site signs nobody out', async () => {
  expect((await ask(SIGN_OUT, { 'sec-fetch-site': ['cross-site'], 'sec-fetch-dest': ['image'] })).statusCode).toBe(403);
});

test.each([
  '/logout/',
  '/logout/4k2abc',
  '/logout/4k2abc/',
  '/logout/a/b/c',
  '/logout/4k2abc/evil.example.com%2f',
  '/logout/4k2abc/evil.example.com@b',
  '/logout/a%0d%0aLocation/b',
  '/logout/A&x=/b',
  '/elsewhere/4k2abc/b',
])('the path %s names no app and leads nowhere', async (path) => {
  const answer = await ask(path);

  expect(answer.statusCode).toBe(404);
  expect(answer.multiValueHeaders.location).toBeUndefined();
});

test('the pages for those who are signed out or turned away are the same for all apps', async () => {
  expect((await ask('/signed-out')).statusCode).toBe(200);
  expect((await ask('/oauth2/idpresponse')).statusCode).toBe(403);
});
