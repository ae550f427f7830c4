import type { Json } from '../helpers/assembly';
import { Browser } from '../helpers/browser';
import { preview, type TestPreview, USER } from '../helpers/preview';

let door: TestPreview;
let browser: Browser;
let origin: string;
let clientId: string;
beforeAll(async () => {
  door = await preview();
  const first = await new Browser().open(door.url, { follow: false });
  const url = new URL(first.headers.location as string);
  origin = url.origin;
  clientId = url.searchParams.get('client_id') as string;
});
afterAll(() => door.stop());
beforeEach(() => {
  browser = new Browser();
});
afterEach(() => browser.close());

const EVIL = [
  'https://evil.example/',
  'https://viz.example.com.evil.example/',
  'https://viz.example.com@evil.example/signed-out',
  '//evil.example',
  'https://viz.example.com/other',
  'javascript:alert(1)',
  'https://viz.example.com/signed-out/../x',
];

describe('/logout', () => {
  test.each(EVIL)('does not lead to %s', async (uri) => {
    const answer = await browser.open(
      `${origin}/logout?${new URLSearchParams({ client_id: clientId, logout_uri: uri })}`,
    );
    expect(answer.status).toBe(400);
    expect(answer.text).toContain('logout_uri is not one of the LogoutURLs');
    expect(answer.hops).toEqual([]);
  });

  test('says what is missing', async () => {
    expect((await browser.open(`${origin}/logout`)).text).toContain('client_id is missing');
    expect((await browser.open(`${origin}/logout?client_id=${clientId}`)).text).toContain('logout_uri is missing');
  });
});

describe('/oauth2/authorize', () => {
  const authorize = (changes: Record<string, string>) =>
    browser.open(
      `${origin}/oauth2/authorize?${new URLSearchParams({ client_id: clientId, response_type: 'code', scope: 'openid', redirect_uri: `${door.url}/oauth2/idpresponse`, ...changes })}`,
      { follow: false },
    );

  test.each([...EVIL, 'https://viz.example.com/oauth2/idpresponse?x', 'http://localhost:1/oauth2/idpresponse'])(
    'does not send anyone back to %s',
    async (uri) => {
      const answer = await authorize({ redirect_uri: uri });
      expect(answer.status).toBe(400);
      expect(answer.text).toContain('redirect_mismatch');
      expect(answer.headers.location).toBeUndefined();
    },
  );

  test('knows no client that is not in the template', async () => {
    expect((await authorize({ client_id: 'stranger' })).status).toBe(400);
  });

  test('gives no token in an address', async () => {
    const answer = await authorize({ response_type: 'token' });
    expect(new URL(answer.headers.location as string).hash).toMatch(/^#error=unsupported_response_type&/);
  });

  test('text of a visitor does not become part of an error page', async () => {
    const answer = await authorize({ client_id: '<script>alert(1)</script>' });
    expect(answer.text).not.toContain('<script>');
  });
});

test('the pages load nothing and run no script', async () => {
  const page = await browser.open(door.url);
  expect(page.headers['content-security-policy']).toMatch(/^default-src 'none'; style-src 'sha256-/);
  expect(page.text).not.toMatch(/<script|src="http|url\(/);
  expect(page.text).toContain('<meta name="viewport"');
  expect(page.text).toContain('Local preview');
});

test('a sign-in page of another browser cannot be used', async () => {
  const page = await browser.open(door.url);
  const other = new Browser();
  const answer = await other.submit(page.url, { email: USER.email, password: USER.password });
  expect(answer.status).toBe(400);
  expect(answer.text).toContain('This sign-in is over');
  await other.close();
});

test('what somebody typed comes back as text', async () => {
  const page = await browser.open(door.url);
  const answer = await browser.submit(page.url, { email: '"><img src=x onerror=alert(1)>', password: 'x' });
  expect(answer.text).not.toContain('<img');
});

describe('a template in which sign-in cannot work', () => {
  const signInWith = async (change: (resources: Json) => void) => {
    const broken = await preview(change);
    const answer = await browser.open(broken.url);
    await broken.stop();
    return answer;
  };

  test('because the callback is not registered, fails here as in Cognito', async () => {
    const answer = await signInWith(({ Client }) => {
      Client.Properties.CallbackURLs = ['https://viz.example.com/other'];
    });
    expect(answer.status).toBe(400);
    expect(answer.text).toContain('redirect_mismatch');
  });

  test('because the client may not have a scope, fails with 561', async () => {
    const answer = await signInWith(({ Client }) => {
      Client.Properties.AllowedOAuthScopes = ['openid'];
    });
    expect(answer.status).toBe(561);
  });
});
