import { Browser } from '../helpers/browser';
import { preview, type TestPreview, user } from '../helpers/preview';

const LONG = user('long@example.com', 'x', { attributes: { name: 'n'.repeat(5_000) } });
const TOO_LONG = user('too-long@example.com', 'x', { attributes: { name: 'n'.repeat(11_000) } });
const SHORT = user('short@example.com', 'x');

let door: TestPreview;
let browser: Browser;
beforeAll(async () => {
  door = await preview(undefined, { users: [LONG, TOO_LONG, SHORT] });
});
afterAll(() => door.stop());
beforeEach(() => {
  browser = new Browser();
});
afterEach(() => browser.close());

const shards = async () =>
  (await browser.jar.getCookies(door.url)).filter(({ key }) => key.startsWith('AWSELBAuthSessionCookie'));

test('a large session is cut into cookies below 4096 bytes, and still is one', async () => {
  const page = await browser.signIn(door.url, LONG);
  expect(page.status).toBe(200);
  const cookies = await shards();
  expect(cookies.map(({ key }) => key)).toEqual(
    ['AWSELBAuthSessionCookie-0', 'AWSELBAuthSessionCookie-1', 'AWSELBAuthSessionCookie-2'].slice(0, cookies.length),
  );
  expect(cookies.length).toBeGreaterThan(1);
  for (const cookie of cookies) {
    expect(cookie.toString().length).toBeLessThan(4096);
  }
});

test('a session with a shard missing or swapped is none', async () => {
  await browser.signIn(door.url, LONG);
  const [first, second] = await shards();
  const ask = (cookie: string) => fetch(`${door.url}/api/x`, { headers: { cookie }, redirect: 'manual' });
  expect((await ask(`${first.key}=${first.value}`)).status).toBe(401);
  expect((await ask(`${first.key}=${second.value}; ${second.key}=${first.value}`)).status).toBe(401);
});

test('signing out removes every shard', async () => {
  await browser.signIn(door.url, LONG);
  await browser.open(`${door.url}/logout`);
  expect(await shards()).toEqual([]);
});

test('a shorter session removes the shards of a longer one', async () => {
  await browser.signIn(door.url, LONG);
  const kept = await shards();
  // The session at the provider ends, the cookies at the door stay.
  const page = await browser.open(`${door.url}/logout`);
  expect(page.status).toBe(200);
  for (const cookie of kept) {
    await browser.jar.setCookie(cookie, door.url);
  }
  // One changed character, so that the door asks to sign in.
  await browser.jar.setCookie(`AWSELBAuthSessionCookie-0=x${kept[0].value.slice(1)}; Path=/`, door.url);
  await browser.signIn(door.url, SHORT);
  expect((await shards()).map(({ key }) => key)).toEqual(['AWSELBAuthSessionCookie-0']);
});

test('claims and access token above 11 K are answered with 500, as the load balancer does', async () => {
  const page = await browser.signIn(door.url, TOO_LONG);
  expect(page.status).toBe(500);
  expect(page.text).toContain('above 11 K');
});
