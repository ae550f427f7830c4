import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { preview, type TestPreview } from '../helpers/preview';
import { get, raw, status } from '../helpers/raw-socket';

/**
 * Thousands of requests, byte by byte over sockets. The witness is the app: it writes down each request that it gets, so a
 * request that was hidden in the body of another one is found, whatever the answer says.
 */
const AT_ONCE = 60;
const folder = mkdtempSync(join(tmpdir(), 'viz-preview-attacks-'));
const recorded = join(folder, 'requests.jsonl');

let door: TestPreview;

beforeAll(async () => {
  door = await preview(undefined, { env: new Map([['RECORD', recorded]]) });
});
beforeEach(() => rmSync(recorded, { force: true }));
afterAll(async () => {
  await door.stop();
  rmSync(folder, { recursive: true });
});

interface Recorded {
  readonly method: string;
  readonly url: string;
  readonly rawHeaders: string[];
}

function requestsOfApp(): Recorded[] {
  const lines = existsSync(recorded) ? readFileSync(recorded, 'utf8').trimEnd().split('\n') : [];
  return lines.map((line) => JSON.parse(line));
}

/** What the app got after all of this is public, and says nothing of who is there. */
async function expectOnlyPublicRequests() {
  expect(status(await raw(door.url, get('/public/last')))).toBe(200);
  const requests = requestsOfApp();
  for (const { url, rawHeaders } of requests) {
    expect(asBrowsersRead(url)).toMatch(/^\/public\//);
    expect(asBrowsersRead(decode(url))).toMatch(/^\/public\//);
    expect(rawHeaders.filter((_, index) => index % 2 === 0).join('\n')).not.toMatch(/x.amzn.oidc/i);
  }
  return requests;
}

/** The path after dots, encoded or not, and backslashes have been followed. */
function asBrowsersRead(url: string): string {
  return new URL(`http://viz.example.com${url}`).pathname;
}

function decode(url: string): string {
  return url.replace(/%([0-9a-f]{2})/gi, (_match, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

/** Sends each generated text on a connection of its own and gives how many were sent. */
async function sendAll(texts: fc.Arbitrary<string>, numRuns: number, silenceMs: number): Promise<number> {
  let sent = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(texts, { minLength: AT_ONCE, maxLength: AT_ONCE }), async (batch) => {
      await Promise.all(batch.map((text) => raw(door.url, Buffer.from(text, 'latin1'), { silenceMs })));
      sent += batch.length;
    }),
    { numRuns, endOnFailure: true },
  );
  return sent;
}

const method = fc.constantFrom(
  ...['GET', 'POST', 'HEAD', 'PUT', 'OPTIONS', 'get', 'DELETE', 'PATCH', 'TRACE', 'CONNECT', 'PROPFIND'],
);
const piece = fc.constantFrom(
  ...[
    'public',
    'api',
    'secret',
    'logout',
    'oauth2/idpresponse',
    'a',
    '..',
    '.',
    '%2e',
    '%2e%2e',
    '%2f',
    '%5c',
    '%252e',
  ],
  ...[';', ';x=y', '//', '/', '\\', '%00', '%', '*', '?', '&', '#', '\u00e9'],
);
const path = fc.array(piece, { maxLength: 8 }).map((pieces) => `/${pieces.join('/')}`);
const header = fc
  .tuple(
    fc.constantFrom(
      ...['x-amzn-oidc-identity', 'X-Amzn-Oidc-Data', 'x_amzn_oidc_data', 'cookie', 'authorization', 'connection'],
      ...['transfer-encoding', 'x-forwarded-for', 'x-original-url', 'x-rewrite-url', 'host', 'content-length'],
    ),
    fc.constantFrom(
      ...['forged', 'AWSELBAuthSessionCookie-0=forged', 'AWSALBAuthNonce=x', 'Bearer a.b.c', 'chunked', '/public/x'],
      ...['x-amzn-oidc-identity, close', '0', '5', '127.0.0.1'],
    ),
  )
  .map(([name, value]) => `${name}: ${value}`);

test('of thousands of generated paths and headers none reaches the app but on public paths, and the door stays up', async () => {
  const request = fc
    .tuple(method, path, fc.array(header, { maxLength: 4 }))
    .map(([verb, target, headers]) => get(target, headers).replace('GET', verb));

  expect(await sendAll(request, 50, 5_000)).toBe(3_000);

  expect((await expectOnlyPublicRequests()).length).toBeGreaterThan(10);
}, 240_000);

const HIDDEN = 'GET /secret HTTP/1.1\r\nHost: viz.example.com\r\nX-Amzn-Oidc-Identity: forged\r\n\r\n';
const framing = fc.constantFrom(
  ...['Content-Length: 0', 'Content-Length: 4', 'Content-Length: 5', `Content-Length: ${HIDDEN.length}`],
  ...['Content-Length: +5', 'Content-Length: 5,5', 'Content-Length:5', 'Content-Length : 5', 'Content_Length: 5'],
  ...['Transfer-Encoding: chunked', 'Transfer-Encoding: identity', 'Transfer-Encoding: xchunked', 'TE: chunked'],
  ...['Transfer-Encoding : chunked', 'Transfer-Encoding:\tchunked', 'Transfer-Encoding: chunked, identity'],
  ...['Transfer-Encoding: "chunked"', ' Transfer-Encoding: chunked', 'X: y\nTransfer-Encoding: chunked'],
  ...[
    'Transfer_Encoding: chunked',
    'Connection: Transfer-Encoding',
    'Connection: Content-Length',
    'Expect: 100-continue',
  ],
  ...['Upgrade: h2c', 'Upgrade: websocket', 'Connection: Upgrade', 'HTTP2-Settings: AAMAAABkAAQAoAAAAAIAAAAA'],
);
const end = fc.constantFrom('\r\n', '\r\n', '\r\n', '\n', '\r');
const body = fc
  .array(
    fc.constantFrom(
      ...['0\r\n\r\n', '5\r\nhello\r\n', '5;x=y\r\nhello\r\n', '0\n\n', '0\r\nX-Trailer: 1\r\n\r\n', '-1\r\n', '\r\n'],
      ...['hello', 'ffffffffffffffff1\r\n', '0x5\r\nhello\r\n', HIDDEN, HIDDEN, HIDDEN.replaceAll('\r\n', '\n')],
    ),
    { maxLength: 4 },
  )
  .map((parts) => parts.join(''));

test('of thousands of requests with one more hidden in the body the app gets none that is not public', async () => {
  const request = fc
    .tuple(
      fc.constantFrom('POST', 'POST', 'GET', 'PUT'),
      fc.constantFrom('/public/x', '/public/x', '/api/x', '/'),
      fc.array(fc.tuple(framing, end), { maxLength: 4 }),
      body,
    )
    .map(([verb, target, lines, content]) =>
      [
        `${verb} ${target} HTTP/1.1\r\nHost: viz.example.com\r\n`,
        ...lines.map(([line, ending]) => line + ending),
        `\r\n${content}`,
      ].join(''),
    );

  expect(await sendAll(request, 50, 300)).toBe(3_000);

  expect((await expectOnlyPublicRequests()).length).toBeGreaterThan(100);
}, 240_000);
