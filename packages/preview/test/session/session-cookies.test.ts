import { Seal } from '../../src/session/seal';
import { type Session, SessionCookies, SessionTooLarge, SHARD_BYTES } from '../../src/session/session';

const START = 1_800_000_000;
const SESSION: Session = {
  issuer: 'https://id.example.com',
  clientId: 'viz',
  claims: { sub: 'ada' },
  accessToken: 'token',
  accessTokenExpiresAt: START + 60,
  expiresAt: START + 60,
};
const NONE = new Map<string, string>();
const of = (bytes: number): Session => ({ ...SESSION, claims: { sub: 'ada', name: 'n'.repeat(bytes) } });

/** As a browser sends back what it was given. */
const sent = (headers: readonly string[]) =>
  new Map(headers.map((header) => header.split(';')[0].split('=') as [string, string]));

let now: jest.SpyInstance;
let seal: Seal;
let cookies: SessionCookies;
beforeEach(() => {
  now = jest.spyOn(Date, 'now').mockReturnValue(START * 1000);
  seal = new Seal();
  cookies = new SessionCookies(seal, true);
});
afterEach(() => now.mockRestore());

test('a session comes back as it was, until its time is over', async () => {
  const given = sent(await cookies.write(NONE, 'Viz', SESSION));

  expect(await cookies.read(given, 'Viz')).toEqual(SESSION);
  now.mockReturnValue((START + 60) * 1000 - 1);
  expect(await cookies.read(given, 'Viz')).toEqual(SESSION);
  now.mockReturnValue((START + 60) * 1000);
  expect(await cookies.read(given, 'Viz')).toBeUndefined();
  // Not from memory either, whatever the clock does.
  expect(await new SessionCookies(seal, true).read(given, 'Viz')).toBeUndefined();
});

test('its cookie lives as long as it does, for no script and no other site', async () => {
  const [cookie] = await cookies.write(NONE, 'Viz', { ...SESSION, expiresAt: START + 59.5 });
  expect(cookie).toMatch(/^Viz-0=[\w.-]+; Path=\/; Max-Age=60; HttpOnly; SameSite=Lax; Secure$/);

  const [insecure] = await new SessionCookies(seal, false).write(NONE, 'Viz', { ...SESSION, expiresAt: START - 5 });
  expect(insecure).toMatch(/; Max-Age=1; HttpOnly; SameSite=Lax$/);
});

test('a session of one cookie name is none under another, not even when it was seen before', async () => {
  const given = sent(await cookies.write(NONE, 'Viz', SESSION));

  expect(await cookies.read(given, 'Viz')).toEqual(SESSION);
  expect(await cookies.read(new Map([['Other-0', given.get('Viz-0') as string]]), 'Other')).toBeUndefined();
});

test('a long session is cut into shards, and all of them are needed', async () => {
  const given = sent(await cookies.write(NONE, 'Viz', of(5000)));

  expect([...given.keys()]).toEqual(['Viz-0', 'Viz-1']);
  expect(given.get('Viz-0')).toHaveLength(SHARD_BYTES);
  expect(await cookies.read(given, 'Viz')).toEqual(of(5000));
  expect(await cookies.read(new Map([...given].slice(0, 1)), 'Viz')).toBeUndefined();
  expect(await cookies.read(new Map([...given].slice(1)), 'Viz')).toBeUndefined();
});

test('four shards are the most that there are', async () => {
  const given = sent(await cookies.write(NONE, 'Viz', of(11_000)));
  expect(given.size).toBe(4);
  expect(await cookies.read(new Map([...given, ['Viz-4', 'more']]), 'Viz')).toEqual(of(11_000));

  await expect(cookies.write(NONE, 'Viz', of(12_000))).rejects.toThrow(SessionTooLarge);
  await expect(cookies.write(NONE, 'Viz', of(12_000))).rejects.toThrow(
    /^the session is too large for cookies: \d+ bytes$/,
  );
});

test('what a longer session left behind is removed, and only that', async () => {
  const before = sent(await cookies.write(NONE, 'Viz', of(5000)));
  const after = await cookies.write(new Map([...before, ['Other-3', 'x']]), 'Viz', SESSION);

  expect(after.map((cookie) => cookie.replace(/=[\w.-]{20,}/, '=…'))).toEqual([
    'Viz-0=…; Path=/; Max-Age=60; HttpOnly; SameSite=Lax; Secure',
    'Viz-1=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax; Secure',
  ]);
});

test('without a cookie there is no session', async () => {
  expect(await cookies.read(NONE, 'Viz')).toBeUndefined();
  expect(await cookies.read(new Map([['Viz-0', '']]), 'Viz')).toBeUndefined();
  expect(await cookies.read(new Map([['Viz', 'x']]), 'Viz')).toBeUndefined();
});

test('a session of a busy page is opened once, and of many the one that was not used is opened again', async () => {
  const open = jest.spyOn(seal, 'open');
  const given = sent(await cookies.write(NONE, 'Viz', SESSION));
  await cookies.read(given, 'Viz');
  const first = await cookies.read(given, 'Viz');
  expect(await cookies.read(given, 'Viz')).toBe(first);
  expect(open).toHaveBeenCalledTimes(1);

  for (let other = 0; other < 64; other++) {
    await cookies.read(sent(await cookies.write(NONE, 'Viz', SESSION)), 'Viz');
    if (other < 60) {
      await cookies.read(given, 'Viz');
    }
  }
  expect(open).toHaveBeenCalledTimes(65);
  for (let other = 0; other < 64; other++) {
    await cookies.read(sent(await cookies.write(NONE, 'Viz', SESSION)), 'Viz');
  }
  await cookies.read(given, 'Viz');
  expect(open).toHaveBeenCalledTimes(130);
});
