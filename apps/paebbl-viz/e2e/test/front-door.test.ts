import { type Dashboard, startDashboard } from '../src/dashboard';

jest.setTimeout(300_000);

let dashboard: Dashboard;
beforeAll(async () => {
  dashboard = await startDashboard(['--engine', 'process']);
});
afterAll(() => dashboard?.interrupt());

const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(new URL(path, dashboard.url), { redirect: 'manual', headers });

test.each(['/', '/table', '/views/anything', '/healthz', '/static/site.css', '/no-such-page?a=b'])(
  'nobody gets %s without signing in',
  async (path) => {
    const response = await get(path);

    expect(response.status).toBe(302);
    const location = new URL(response.headers.get('location') ?? '', dashboard.url);
    expect(location.searchParams.get('response_type')).toBe('code');
    // The sign-in page is an origin of its own, as Cognito's is, but on this machine.
    expect(location.hostname).toBe('127.0.0.1');
  },
);

test.each<Record<string, string>>([
  { 'x-amzn-oidc-identity': 'forged', 'x-amzn-oidc-data': 'e30.e30.e30', 'x-amzn-oidc-accesstoken': 'forged' },
  { 'X-AMZN-OIDC-IDENTITY': 'forged', 'X-Amzn-Oidc-Data': 'e30.e30.e30' },
  { cookie: 'AWSELBAuthSessionCookie-0=forged; AWSELBAuthSessionCookie-1=forged' },
])('forged proof of a sign-in is worth nothing: %j', async (headers) => {
  const response = await get('/', headers);

  expect(response.status).toBe(302);
  expect(await response.text()).not.toContain('<main');
});

test('signing out is open to everyone, and so is the page that says it worked', async () => {
  expect((await get('/logout')).status).toBe(302);
  const signedOut = await get('/signed-out');
  expect(signedOut.status).toBe(200);
  expect(await signedOut.text()).toContain('Sign in again');
});

test('the front door listens on this machine only', () => {
  expect(new URL(dashboard.url).hostname).toBe('localhost');
});
