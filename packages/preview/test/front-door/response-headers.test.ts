import { Origins } from '../../src/front-door/origins';
import { insertedHeaders, returnedHeaders } from '../../src/front-door/response-headers';
import type { DoorAttributes } from '../../src/model/door-attributes';

const origins = (localOrigin: string) =>
  new Origins({ publicOrigin: 'https://viz.example.com', localOrigin, providers: [] });
const returned = (headers: [string, string][], localOrigin = 'http://localhost:8080') =>
  Object.fromEntries(returnedHeaders(headers, origins(localOrigin)));

test('what belongs to the connection to the app stays there, and names are in lower case', () => {
  expect(
    returned([
      ['Connection', 'keep-alive'],
      ['Transfer-Encoding', 'chunked'],
      ['X-Kind', 'a'],
      ['x-kind', 'b'],
    ]),
  ).toEqual({ 'x-kind': ['a', 'b'] });
});

test('a redirect to the public address leads to the local one', () => {
  const location = 'https://viz.example.com/a?b=c';
  expect(returned([['Location', location]])).toEqual({ location: ['http://localhost:8080/a?b=c'] });
  expect(returned([['Content-Location', location]])).toEqual({ 'content-location': ['http://localhost:8080/a?b=c'] });
  expect(returned([['X-Link', location]])).toEqual({ 'x-link': [location] });
});

test.each([
  [
    'a=; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Secure; HttpOnly',
    'a=; Expires=Thu, 01 Jan 1970 00:00:00 GMT; HttpOnly',
  ],
  ['a=b; Path=/; secure', 'a=b; Path=/'],
  ['a=b;SECURE;Path=/', 'a=b;Path=/'],
  ['a=Secure; Path=/', 'a=Secure; Path=/'],
  ['a=b; Securely=1', 'a=b; Securely=1'],
  ['__Host-a=b; Path=/; Secure', '__Host-a=b; Path=/; Secure'],
  ['__secure-a=b; Secure', '__secure-a=b; Secure'],
  [' __Host-a=b; Secure', ' __Host-a=b; Secure'],
  ['a__Host-=b; Secure', 'a__Host-=b'],
  ['a=b;  SameSite=None ; Secure', 'a=b;  SameSite=None ; Secure'],
  ['a=b; SameSite=None; Secure', 'a=b; SameSite=None; Secure'],
  ['a=b; Secure; Partitioned', 'a=b; Secure; Partitioned'],
])('over plain HTTP the cookie %s is set as %s', (given, expected) => {
  expect(returned([['Set-Cookie', given]])).toEqual({ 'set-cookie': [expected] });
});

test('over HTTPS cookies are as the app made them', () => {
  const cookie = 'a=b; Secure; HttpOnly';
  expect(returned([['Set-Cookie', cookie]], 'https://localhost:8443')).toEqual({ 'set-cookie': [cookie] });
});

test('what the listener inserts is inserted, but for what would shut plain HTTP out of localhost for good', () => {
  const responseHeaders = new Map([
    ['strict-transport-security', 'max-age=31536000'],
    ['x-content-type-options', 'nosniff'],
  ]);
  const inserted = (localOrigin: string) => [
    ...insertedHeaders({ responseHeaders } as unknown as DoorAttributes, origins(localOrigin)).keys(),
  ];

  expect(inserted('https://localhost:8443')).toEqual(['x-content-type-options']);
  // Over plain HTTP browsers take no notice of it.
  expect(inserted('http://localhost:8080')).toEqual(['strict-transport-security', 'x-content-type-options']);
});
