import { preview, type TestPreview } from '../helpers/preview';
import { get, raw, status } from '../helpers/raw-socket';

/**
 * The app of the fixture answers every request with JSON about it. So an answer with `rawHeaders` in it came from the
 * app, and without a session that may only be an answer to a public path.
 */
const FROM_APP = '"rawHeaders"';

let door: TestPreview;

beforeAll(async () => {
  door = await preview();
});
afterAll(() => door.stop());

const send = (bytes: string | Buffer) => raw(door.url, bytes);

describe('identity headers of a client', () => {
  const names = [
    'x-amzn-oidc-identity',
    'X-Amzn-Oidc-Identity',
    'X-AMZN-OIDC-DATA',
    'x-amzn-oidc-accesstoken',
    'x_amzn_oidc_identity',
    'X-Amzn_Oidc-Data',
  ];

  test.each(names)('%s never reaches the app, not even on a public path', async (name) => {
    const answer = await send(get('/public/x', [`${name}: forged`]));
    expect(status(answer)).toBe(200);
    expect(answer).toContain(FROM_APP);
    expect(answer).not.toContain('forged');
  });

  test('twice, folded or with odd spaces they do not reach the app either', async () => {
    for (const lines of [
      ['x-amzn-oidc-identity: forged', 'X-Amzn-Oidc-Identity: forged'],
      ['x-amzn-oidc-identity:forged\t'],
      ['x-harmless: 1', ' x-amzn-oidc-identity: forged'],
      ['x-amzn-oidc-identity : forged'],
      ['Connection: x-amzn-oidc-identity', 'x-amzn-oidc-identity: forged'],
    ]) {
      const answer = await send(get('/public/x', lines));
      expect(answer).not.toMatch(/"x-amzn-oidc-identity"/i);
    }
  });

  test('they do not count as having signed in', async () => {
    const answer = await send(
      get(
        '/',
        names.map((name) => `${name}: forged`),
      ),
    );
    expect(status(answer)).toBe(302);
  });
});

describe('framing', () => {
  test.each([
    [
      'length and chunks',
      'POST / HTTP/1.1\r\nHost: viz.example.com\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /public/x HTTP/1.1\r\nHost: a\r\n\r\n',
    ],
    ['two lengths', 'POST / HTTP/1.1\r\nHost: viz.example.com\r\nContent-Length: 4\r\nContent-Length: 5\r\n\r\nabcde'],
    [
      'two codings',
      'POST / HTTP/1.1\r\nHost: viz.example.com\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n',
    ],
    ['an unknown coding', 'POST / HTTP/1.1\r\nHost: viz.example.com\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n'],
    [
      'a coding with a tab',
      'POST / HTTP/1.1\r\nHost: viz.example.com\r\nTransfer-Encoding:\tchunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n',
    ],
    ['a length that is no number', 'POST / HTTP/1.1\r\nHost: viz.example.com\r\nContent-Length: 0x4\r\n\r\nabcd'],
    ['a negative length', 'POST / HTTP/1.1\r\nHost: viz.example.com\r\nContent-Length: -1\r\n\r\n'],
    [
      'a bare line feed in a chunk size',
      'POST / HTTP/1.1\r\nHost: viz.example.com\r\nTransfer-Encoding: chunked\r\n\r\n0\n\r\n',
    ],
    ['two hosts', 'GET / HTTP/1.1\r\nHost: viz.example.com\r\nHost: other.example\r\n\r\n'],
    ['no host', 'GET / HTTP/1.1\r\n\r\n'],
    ['a host that is none', 'GET / HTTP/1.1\r\nHost: viz.example.com/x\r\n\r\n'],
    [
      'a line feed in a value',
      'GET / HTTP/1.1\r\nHost: viz.example.com\r\nX-A: b\nX-Amzn-Oidc-Identity: forged\r\n\r\n',
    ],
    [
      'an upgrade with a body',
      'GET /public/x HTTP/1.1\r\nHost: viz.example.com\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nContent-Length: 5\r\n\r\nhello',
    ],
  ])('%s is turned away, and the connection with it', async (_name, bytes) => {
    const answer = await send(bytes);
    expect(status(answer)).toBe(400);
    expect(answer.match(/HTTP\/1\.1 /g)).toHaveLength(1);
  });
});

describe('targets', () => {
  test.each([
    ['absolute form', 'http://viz.example.com/public/x'],
    ['absolute form of another host', 'http://other.example/'],
    ['authority form', 'viz.example.com:443'],
    ['asterisk form', '*'],
    ['a fragment', '/public/#/../x'],
  ])('%s is turned away', async (_name, target) => {
    expect(status(await send(get(target)))).toBe(400);
  });

  test.each([
    '/public/../secret',
    '/public/%2e%2e/secret',
    '/public/%2E%2E%2Fsecret',
    '/public/..%2fsecret',
    '/public/..%5csecret',
    '/public/.%2e/secret',
    '/public/..;/secret',
    '/public/%252e%252e/secret',
    '/public/x/../../secret',
    '/public/..',
    '/x/../public/y',
    '//public/x',
    '/%70ublic/x',
    '/public%2fx',
    '/public;a/x',
    '/api/../secret',
    '/./api/x',
    '/.//signed-out',
  ])('%s, which falls under two rules depending on who reads it, is turned away', async (path) => {
    const answer = await send(get(path));
    expect(status(answer)).toBe(400);
    expect(answer).not.toContain(FROM_APP);
  });

  test.each([
    '/public/a%20b',
    '/public/a;b=c',
    '/public/a//b',
    '/public/%C3%A9',
    '/public/a/../b',
    '/public/.well-known?x=../..',
  ])('%s, which is public in every reading, reaches the app as it was written', async (path) => {
    const answer = await send(get(path));
    expect(answer).toContain(`"url":${JSON.stringify(path)}`);
  });

  test('TRACE, which would show cookies to scripts, is turned away', async () => {
    expect(status(await send('TRACE /public/x HTTP/1.1\r\nHost: viz.example.com\r\n\r\n'))).toBe(405);
  });

  test('CONNECT opens no tunnel', async () => {
    expect(await send('CONNECT 127.0.0.1:22 HTTP/1.1\r\nHost: viz.example.com\r\n\r\n')).not.toContain(' 200 ');
  });
});

describe('size and time', () => {
  test.each([
    ['one header of 17 K', get('/public/x', [`x-large: ${'a'.repeat(17_000)}`])],
    [
      'many headers of 1 MB together',
      get(
        '/public/x',
        Array.from({ length: 1000 }, (_, index) => `x-${index}: ${'a'.repeat(1000)}`),
      ),
    ],
    ['one header of 1 MB', get('/public/x', [`x-large: ${'a'.repeat(1_000_000)}`])],
    ['an address of 17 K', get(`/public/${'a'.repeat(17_000)}`)],
    ['a cookie of 60 K', get('/public/x', [`cookie: AWSELBAuthSessionCookie-0=${'a'.repeat(60_000)}`])],
  ])('%s is turned away', async (_name, bytes) => {
    expect([0, 400]).toContain(status(await send(bytes)));
  });

  test('more than 30 forwarding addresses are answered with 463', async () => {
    expect(status(await send(get('/public/x', [`x-forwarded-for: ${Array(31).fill('10.0.0.1').join(',')}`])))).toBe(
      463,
    );
  });

  test('clients that send their headers slowly do not keep others out', async () => {
    const slow = Array.from({ length: 50 }, () =>
      raw(door.url, 'GET / HTTP/1.1\r\nHost: viz.example.com\r\nX-Slow: ', { silenceMs: 1_500 }),
    );
    const answer = await send(get('/public/x'));
    expect(status(answer)).toBe(200);
    await Promise.all(slow);
  });
});
