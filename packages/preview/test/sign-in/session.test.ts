import { Cookie } from 'tough-cookie';
import { Browser } from '../helpers/browser';
import { preview, type TestPreview, USER } from '../helpers/preview';

const SESSION = 'AWSELBAuthSessionCookie-0';
const NONCE = 'AWSALBAuthNonce';

let door: TestPreview;
let browser: Browser;

beforeAll(async () => {
  door = await preview();
});
afterAll(() => door.stop());
beforeEach(() => {
  browser = new Browser();
});
afterEach(() => browser.close());

/** Signs in up to the callback, which is not opened. */
async function callbackOf(one: Browser, target = '/'): Promise<string> {
  const page = await one.open(door.url + target);
  let url = page.url;
  let visit: Parameters<Browser['open']>[1] = {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ email: USER.email, password: USER.password }).toString(),
  };
  for (;;) {
    const answer = await one.open(url, { ...visit, follow: false });
    url = new URL(answer.headers.location as string, url).href;
    visit = {};
    if (url.includes('/oauth2/idpresponse')) {
      return url;
    }
  }
}

async function setCookie(one: Browser, name: string, value: string): Promise<void> {
  await one.jar.setCookie(new Cookie({ key: name, value, path: '/' }), door.url);
}

test('a session cookie with one changed character is none', async () => {
  await browser.signIn(`${door.url}/`, USER);
  const value = (await browser.cookie(door.url, SESSION)) as string;
  for (const at of [0, 10, 40, value.length - 30, value.length - 2]) {
    const changed = value.slice(0, at) + (value[at] === 'A' ? 'B' : 'A') + value.slice(at + 1);
    await setCookie(browser, SESSION, changed);
    const answer = await browser.open(`${door.url}/api/x`, { follow: false });
    expect(answer.status).toBe(401);
  }
});

test('a session cookie of an earlier start is none', async () => {
  const earlier = await preview();
  await browser.signIn(`${earlier.url}/`, USER);
  const value = (await browser.cookie(earlier.url, SESSION)) as string;
  await earlier.stop();
  await setCookie(browser, SESSION, value);
  expect((await browser.open(`${door.url}/api/x`, { follow: false })).status).toBe(401);
});

test('a state or nonce in place of a session does not count', async () => {
  const page = await browser.open(`${door.url}/`, { follow: false });
  const state = new URL(page.headers.location as string).searchParams.get('state') as string;
  await setCookie(browser, SESSION, state);
  expect((await browser.open(`${door.url}/api/x`, { follow: false })).status).toBe(401);
});

test('the session cookie is not for scripts and not for other sites', async () => {
  await browser.signIn(`${door.url}/`, USER);
  const [cookie] = (await browser.jar.getCookies(door.url)).filter(({ key }) => key === SESSION);
  expect(cookie).toMatchObject({ httpOnly: true, path: '/', sameSite: 'lax', maxAge: 36_000 });
});

test('a callback works once', async () => {
  const callback = await callbackOf(browser);
  expect((await browser.open(callback, { follow: false })).status).toBe(302);
  expect((await browser.open(callback, { follow: false })).status).toBe(401);
});

test('a callback of somebody else’s browser signs nobody in', async () => {
  const attacker = new Browser();
  const callback = await callbackOf(attacker);
  await browser.open(`${door.url}/`);
  expect((await browser.open(callback, { follow: false })).status).toBe(401);
  expect(await browser.cookie(door.url, SESSION)).toBeUndefined();
  await attacker.close();
});

test('a code of another sign-in signs nobody in', async () => {
  const other = new Browser();
  const code = new URL(await callbackOf(other)).searchParams.get('code') as string;
  const mine = new URL(await callbackOf(browser));
  mine.searchParams.set('code', code);
  expect((await browser.open(mine.href, { follow: false })).status).toBe(561);
  expect(await browser.cookie(door.url, SESSION)).toBeUndefined();
  await other.close();
});

test('a code that was used is refused by the provider', async () => {
  const first = new URL(await callbackOf(browser));
  await browser.open(first.href, { follow: false });
  const other = new Browser();
  const second = new URL(await callbackOf(other));
  second.searchParams.set('code', first.searchParams.get('code') as string);
  expect((await other.open(second.href, { follow: false })).status).toBe(561);
  await other.close();
});

test.each(['', 'state=x', 'code=x', 'code=x&state=y', 'error=access_denied', 'state='])(
  'a callback with "%s" is answered with 401',
  async (query) => {
    const answer = await browser.open(`${door.url}/oauth2/idpresponse?${query}`, { follow: false });
    expect(answer.status).toBe(401);
  },
);

test('an error of the provider is answered with 561', async () => {
  const page = await browser.open(`${door.url}/`, { follow: false });
  const state = new URL(page.headers.location as string).searchParams.get('state') as string;
  const answer = await browser.open(`${door.url}/oauth2/idpresponse?error=access_denied&state=${state}`, {
    follow: false,
  });
  expect(answer.status).toBe(561);
});

test('a nonce that somebody made up is replaced', async () => {
  await setCookie(browser, NONCE, 'fixed.value');
  await browser.open(`${door.url}/`, { follow: false });
  expect(await browser.cookie(door.url, NONCE)).not.toBe('fixed.value');
});

describe('a session that is over', () => {
  let short: TestPreview;
  beforeAll(async () => {
    short = await preview(({ Https, ApiRule }) => {
      Https.Properties.DefaultActions[0].AuthenticateCognitoConfig.SessionTimeout = '2';
      ApiRule.Properties.Actions[0].AuthenticateCognitoConfig.SessionTimeout = 2;
    });
  });
  afterAll(() => short.stop());

  test('asks a page to sign in again and answers an API with 401, although the browser still sends its cookie', async () => {
    await browser.signIn(`${short.url}/`, USER);
    const value = (await browser.cookie(short.url, SESSION)) as string;
    const cookie = { cookie: `${SESSION}=${value}` };
    const stale = new Browser();
    const ask = () => fetch(`${short.url}/api/x`, { headers: cookie, redirect: 'manual' });
    while ((await ask()).status === 200) {
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    expect((await ask()).status).toBe(401);
    expect((await fetch(`${short.url}/`, { headers: cookie, redirect: 'manual' })).status).toBe(302);
    await stale.close();
  });
});

describe('an access token that is over', () => {
  test('is renewed without asking the visitor', async () => {
    const quick = await preview(({ Client }) => {
      Client.Properties.AccessTokenValidity = 1;
      Client.Properties.TokenValidityUnits = { AccessToken: 'seconds' };
    });
    const first = JSON.parse((await browser.signIn(`${quick.url}/`, USER)).text).headers['x-amzn-oidc-accesstoken'];
    await new Promise((resolve) => setTimeout(resolve, 2_100));
    const later = await browser.open(`${quick.url}/`);
    expect(later.hops).toEqual([]);
    expect(JSON.parse(later.text).headers['x-amzn-oidc-accesstoken']).not.toBe(first);
    await quick.stop();
  });
});
