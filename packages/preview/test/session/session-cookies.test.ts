import { Seal } from '../../src/session/seal';
import { SessionCookies } from '../../src/session/session';

const SESSION = {
  issuer: 'https://id.example.com',
  clientId: 'viz',
  claims: { sub: 'ada' },
  accessToken: 'token',
  accessTokenExpiresAt: Date.now() / 1000 + 60,
  expiresAt: Date.now() / 1000 + 60,
};

/** As a browser sends back what it was given. */
const sent = (headers: readonly string[]) =>
  new Map(headers.map((header) => header.split(';')[0].split('=') as [string, string]));

test('a session of one cookie name is none under another, not even when it was seen before', async () => {
  const cookies = new SessionCookies(new Seal(), true);
  const given = sent(await cookies.write(new Map(), 'Viz', SESSION));

  expect(await cookies.read(given, 'Viz')).toEqual(SESSION);
  expect(await cookies.read(new Map([['Other-0', given.get('Viz-0') as string]]), 'Other')).toBeUndefined();
});
