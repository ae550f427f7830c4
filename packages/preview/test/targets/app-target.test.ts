import { WebSocket } from 'ws';
import { Browser } from '../helpers/browser';
import { preview, type TestPreview, USER } from '../helpers/preview';
import { get, raw, status } from '../helpers/raw-socket';

let door: TestPreview;
let cookie: string;

beforeAll(async () => {
  door = await preview();
  const browser = new Browser();
  await browser.signIn(`${door.url}/`, USER);
  cookie = await browser.jar.getCookieString(door.url);
  await browser.close();
});
afterAll(() => door.stop());

const open = (path: string, init: RequestInit = {}) =>
  fetch(door.url + path, { ...init, headers: { cookie, ...init.headers }, redirect: 'manual' });

test('path and query arrive at the app byte for byte', async () => {
  const target = '/a%2Fb//c;d=1/%E2%82%AC?x=%20+&y&&z==';
  const answer = await raw(door.url, get(target, [`cookie: ${cookie}`]));
  expect(answer).toContain(`"url":${JSON.stringify(target)}`);
});

test('the app sees the address of the client, the protocol and the port', async () => {
  const { headers } = (await (
    await open('/', { headers: { 'x-forwarded-for': '10.1.2.3', 'x-forwarded-proto': 'gopher' } })
  ).json()) as {
    headers: Record<string, string>;
  };
  expect(headers['x-forwarded-for']).toMatch(/^10\.1\.2\.3, (127\.0\.0\.1|::1)$/);
  expect(headers['x-forwarded-proto']).toBe('http');
  expect(headers['x-forwarded-port']).toBe(new URL(door.url).port);
  expect(headers.host).toBe(new URL(door.url).host);
  expect(headers['x-amzn-trace-id']).toMatch(/^Root=1-[0-9a-f]{8}-[0-9a-f]{24}$/);
});

test('a body arrives whole', async () => {
  const body = 'x'.repeat(3_000_000);
  const answer = (await (await open('/', { method: 'POST', body })).json()) as { body: string; method: string };
  expect(answer.method).toBe('POST');
  expect(answer.body).toBe(body);
});

test('an answer is passed on while the app is still writing it', async () => {
  const reader = ((await open('/stream')).body as ReadableStream<Uint8Array>).getReader();
  const first = await reader.read();
  expect(Buffer.from(first.value as Uint8Array).toString()).toBe('first\n');
  await open('/continue');
  const last = await reader.read();
  expect(Buffer.from(last.value as Uint8Array).toString()).toBe('last\n');
});

test('a browser that goes away ends the request to the app', async () => {
  const abort = new AbortController();
  const answer = await open('/stream', { signal: abort.signal });
  const reader = (answer.body as ReadableStream<Uint8Array>).getReader();
  await reader.read();
  abort.abort();
  await expect(reader.read()).rejects.toThrow();
  // The app says so when it notices.
  while (!door.lines.includes('[app] /stream: the client went away')) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
});

test('an address of the public name in a redirect becomes the local one', async () => {
  expect((await open('/to-public')).headers.get('location')).toBe(`${door.url}/landing?a=b`);
});

test('headers that the listener inserts replace those of the app and are on every answer', async () => {
  for (const path of ['/', '/teapot']) {
    const { headers } = await open(path);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('strict-transport-security')).toBe('max-age=31536000');
  }
  const refused = await raw(door.url, get('*'));
  expect(refused).toMatch(/x-content-type-options: nosniff/i);
});

test('a WebSocket is connected for somebody who signed in', async () => {
  const socket = new WebSocket(`${door.url.replace('http', 'ws')}/socket`, { headers: { cookie } });
  const greeting = await new Promise((resolve, reject) => {
    socket.once('message', (data) => resolve(data.toString()));
    socket.once('error', reject);
  });
  expect(greeting).toBe(USER.sub);
  socket.terminate();
});

test('a WebSocket without a session gets no further than the door', async () => {
  const upgrade = [
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
    'Sec-WebSocket-Version: 13',
  ];
  const lines = upgrade.filter((line) => !line.startsWith('Connection'));
  const bytes = (path: string) => get(path, lines).replace('Connection: close', 'Connection: Upgrade');
  expect(status(await raw(door.url, bytes('/socket')))).toBe(302);
  expect(status(await raw(door.url, bytes('/api/socket')))).toBe(401);
  expect(status(await raw(door.url, bytes('/signed-out')))).toBe(400);
});

test('a WebSocket that the app refuses is refused in the words of the app', async () => {
  const socket = new WebSocket(`${door.url.replace('http', 'ws')}/refuse`, { headers: { cookie } });
  const [code] = await new Promise<[number | undefined]>((resolve) => {
    socket.on('error', () => undefined);
    socket.once('unexpected-response', (_request, response) => resolve([response.statusCode]));
  });
  expect(code).toBe(403);
});

test('another protocol is not switched to', async () => {
  const answer = await raw(
    door.url,
    get('/public/x', ['Upgrade: h2c']).replace('Connection: close', 'Connection: Upgrade'),
  );
  expect(status(answer)).toBe(200);
  expect(answer).not.toContain('"upgrade"');
});

describe('an app that fails', () => {
  test('is answered with 504 if it takes too long', async () => {
    const impatient = await preview(({ LoadBalancer, PublicRule }) => {
      LoadBalancer.Properties.LoadBalancerAttributes.push({ Key: 'idle_timeout.timeout_seconds', Value: '1' });
      PublicRule.Properties.Conditions[0].PathPatternConfig.Values = ['/hang'];
    });
    expect((await fetch(`${impatient.url}/hang`)).status).toBe(504);
    await impatient.stop();
  });

  test('is answered with 502 if it dies, and its end is told with its last lines', async () => {
    const mortal = await preview(({ PublicRule }) => {
      PublicRule.Properties.Conditions[0].PathPatternConfig.Values = ['/die'];
    });
    expect((await fetch(`${mortal.url}/die`)).status).toBe(502);
    expect(await mortal.appEnded).toBe('The app ended with exit code 3.');
    expect(mortal.lines).toContain('[app] dying as asked');
    await mortal.stop();
  });
});
