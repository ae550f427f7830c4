import { certificateFor } from '../../src/cli/certificate';
import { Browser } from '../helpers/browser';
import { preview, type TestPreview, USER } from '../helpers/preview';

let door: TestPreview;
beforeAll(async () => {
  door = await preview(undefined, { certificate: await certificateFor('made') });
});
afterAll(() => door.stop());

test('with a certificate everything is HTTPS: address, callback, cookies and what the app is told', async () => {
  const browser = new Browser();
  const page = await browser.signIn(`${door.url}/deep`, USER);
  expect(page.url).toBe(`${door.url}/deep`);
  expect(door.url).toMatch(/^https:\/\/localhost:\d+$/);
  expect(JSON.parse(page.text).headers['x-forwarded-proto']).toBe('https');
  const cookies = (await browser.jar.getCookies(door.url)).filter(({ key }) => key.startsWith('AWS'));
  expect(cookies.map(({ secure }) => secure)).toEqual(cookies.map(() => true));
  await browser.close();
});

test('it does not tell a browser to refuse plain HTTP on all of localhost', async () => {
  const browser = new Browser();
  const page = await browser.open(`${door.url}/public/x`);
  expect(page.headers['strict-transport-security']).toBeUndefined();
  expect(page.headers['x-content-type-options']).toBe('nosniff');
  await browser.close();
});
