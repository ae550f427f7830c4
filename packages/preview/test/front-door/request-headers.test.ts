import type { Exchange } from '../../src/front-door/exchange';
import { Origins } from '../../src/front-door/origins';
import { readRequest } from '../../src/front-door/read-request';
import { forwardedHeaders } from '../../src/front-door/request-headers';
import type { DoorAttributes } from '../../src/model/door-attributes';
import { fakeRequest, ORIGINS } from '../helpers/exchange';

const ATTRIBUTES: DoorAttributes = {
  idleTimeoutSeconds: 60,
  dropInvalidHeaders: true,
  preserveHostHeader: false,
  xffMode: 'append',
  xffClientPort: false,
  responseHeaders: new Map(),
  serverHeader: false,
};
const IDENTITY: [string, string][] = [['x-amzn-oidc-identity', 'ada']];

function forwarded(
  headers: [string, string][],
  { attributes = {}, identity = IDENTITY, origins = ORIGINS }: Parts = {},
): [string, string][] {
  const { request, response } = fakeRequest({ headers });
  const exchange = readRequest(request, response, ORIGINS) as Exchange;
  return forwardedHeaders(exchange, identity, { ...ATTRIBUTES, ...attributes }, origins);
}
interface Parts {
  readonly attributes?: Partial<DoorAttributes>;
  readonly identity?: [string, string][];
  readonly origins?: Origins;
}
const valuesOf = (name: string, ...args: Parameters<typeof forwarded>) =>
  forwarded(...args)
    .filter(([other]) => other === name)
    .map(([, value]) => value);

test('what the browser said arrives, in its order, and what the door knows is added', () => {
  const headers = forwarded([
    ['Accept', 'text/html'],
    ['Cookie', 'a=b'],
    ['X-Kind', '1'],
    ['X-Kind', '2'],
  ]);

  expect(headers.slice(0, 7)).toEqual([
    ['host', 'localhost:8080'],
    ['accept', 'text/html'],
    ['cookie', 'a=b'],
    ['x-kind', '1'],
    ['x-kind', '2'],
    ['x-forwarded-for', '127.0.0.1'],
    ['x-forwarded-proto', 'http'],
  ]);
  expect(headers.slice(7)).toEqual([
    ['x-forwarded-port', '8080'],
    ['x-amzn-trace-id', expect.stringMatching(/^Root=1-[0-9a-f]{8}-[0-9a-f]{24}$/)],
    ...IDENTITY,
  ]);
});

test.each([
  'x-amzn-oidc-identity',
  'X-AMZN-OIDC-DATA',
  'x_amzn_oidc_data',
  'x-amzn_oidc-accesstoken',
  'x-amzn-oidc-anything',
])('only the door says who is asking: %s of a browser does not arrive', (name) => {
  for (const dropInvalidHeaders of [true, false]) {
    const all = forwarded([[name, 'forged']], { identity: [], attributes: { dropInvalidHeaders } });
    expect(JSON.stringify(all)).not.toContain('forged');
  }
});

test('a header that only looks similar arrives', () => {
  expect(valuesOf('my-x-amzn-oidc-data', [['My-X-Amzn-Oidc-Data', '1']])).toEqual(['1']);
  expect(valuesOf('x-amzn-other', [['X-Amzn-Other', '1']])).toEqual(['1']);
});

test.each([
  'connection',
  'expect',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
])('%s ends at the door', (name) => {
  expect(valuesOf(name, [[name, 'x']])).toEqual([]);
});

test('so does what Connection names, but for what the app relies on', () => {
  const headers: [string, string][] = [
    ['Connection', 'X-Hop ,  X-Other,cookie, Host, Authorization, content-length'],
    ['X-Hop', '1'],
    ['X-Other', '2'],
    ['X-End', '3'],
    ['Cookie', 'a=b'],
    ['Authorization', 'Bearer a'],
    ['Content-Length', '0'],
  ];

  expect(forwarded(headers).map(([name]) => name)).toEqual(
    expect.arrayContaining(['x-end', 'cookie', 'authorization', 'content-length', 'host']),
  );
  expect(valuesOf('x-hop', headers)).toEqual([]);
  expect(valuesOf('x-other', headers)).toEqual([]);
  expect(valuesOf('x-hop', [['X-Names', 'x-hop'], ...headers.slice(1)])).toEqual(['1']);
});

test('invalid names are dropped where the load balancer drops them', () => {
  const headers: [string, string][] = [
    ['X_Kind', '1'],
    ['X.Kind', '2'],
    ['X-Kind9', '3'],
  ];

  expect(valuesOf('x_kind', headers)).toEqual([]);
  expect(valuesOf('x.kind', headers)).toEqual([]);
  expect(valuesOf('x-kind9', headers)).toEqual(['3']);
  expect(valuesOf('x_kind', headers, { attributes: { dropInvalidHeaders: false } })).toEqual(['1']);
});

test.each([
  [{ xffMode: 'append' }, ['10.0.0.1, 10.0.0.2, 127.0.0.1']],
  [{ xffMode: 'append', xffClientPort: true }, ['10.0.0.1, 10.0.0.2, 127.0.0.1:50123']],
  [{ xffMode: 'preserve' }, ['10.0.0.1, 10.0.0.2']],
  [{ xffMode: 'remove' }, []],
] as [Partial<DoorAttributes>, string[]][])('with %j the app sees the addresses %j', (attributes, expected) => {
  const headers: [string, string][] = [
    ['X-Forwarded-For', '10.0.0.1'],
    ['X-Forwarded-For', '10.0.0.2'],
  ];
  expect(valuesOf('x-forwarded-for', headers, { attributes })).toEqual(expected);
});

test('protocol and port are those of this machine, whatever the browser said', () => {
  const headers: [string, string][] = [
    ['X-Forwarded-Proto', 'gopher'],
    ['X-Forwarded-Port', '1'],
  ];
  const at = (localOrigin: string) => ({
    origins: new Origins({ publicOrigin: 'https://viz.example.com', localOrigin, providers: [] }),
  });
  const seen = (localOrigin: string) =>
    ['proto', 'port'].map((name) => valuesOf(`x-forwarded-${name}`, headers, at(localOrigin)));

  expect(seen('http://localhost:8080')).toEqual([['http'], ['8080']]);
  expect(seen('http://localhost')).toEqual([['http'], ['80']]);
  expect(seen('https://localhost')).toEqual([['https'], ['443']]);
});

test('a trace that a caller began goes on', () => {
  expect(valuesOf('x-amzn-trace-id', [['X-Amzn-Trace-Id', 'Root=1-a-b']])).toEqual([
    expect.stringMatching(/^Self=1-[0-9a-f]{8}-[0-9a-f]{24};Root=1-a-b$/),
  ]);
});
