import type { Exchange } from '../../src/front-door/exchange';
import { readRequest } from '../../src/front-door/read-request';
import { fakeRequest, ORIGINS } from '../helpers/exchange';

const read = (asked: Parameters<typeof fakeRequest>[0]) => {
  const { request, response } = fakeRequest(asked);
  return readRequest(request, response, ORIGINS);
};
const facts = (asked: Parameters<typeof fakeRequest>[0]) => (read(asked) as Exchange).facts;

test('path and query are what came, byte for byte', () => {
  const exchange = read({ url: '/a%2Fb//c;d?x=?&y', method: 'POST' }) as Exchange;

  expect(exchange.target).toBe('/a%2Fb//c;d?x=?&y');
  expect(exchange.facts).toMatchObject({ path: '/a%2Fb//c;d', query: 'x=?&y', method: 'POST' });
  expect(facts({ url: '/a' })).toMatchObject({ path: '/a', query: '' });
});

test('the local address is the public one to the rules, any other name is what it is', () => {
  const hostOf = (host: string) => facts({ headers: [['Host', host]] }).host;

  expect(hostOf('localhost:8080')).toBe('viz.example.com');
  expect(hostOf('LOCALHOST:8080')).toBe('viz.example.com');
  expect(hostOf('[::1]:8080')).toBe('viz.example.com');
  expect(hostOf('Other.example:1234')).toBe('other.example');
  expect(hostOf('localhost:9')).toBe('localhost');
});

test('a header has all of its values, whatever its capitals', () => {
  const { header } = facts({
    headers: [
      ['X-Kind', 'a'],
      ['x-KIND', 'b'],
    ],
  });

  expect(header('x-kind')).toEqual(['a', 'b']);
  expect(header('x-none')).toEqual([]);
});

test('who is asking is an IPv4 address where it is one', () => {
  expect(facts({ from: '::ffff:10.1.2.3' }).clientAddress).toBe('10.1.2.3');
  expect(facts({ from: '2001:db8::1' }).clientAddress).toBe('2001:db8::1');
});

test('cookies are read', () => {
  expect((read({ headers: [['Cookie', 'a=b; c=d']] }) as Exchange).cookies).toEqual(
    new Map([
      ['a', 'b'],
      ['c', 'd'],
    ]),
  );
});

test.each(['http://viz.example.com/', '*', '', 'a', '/a b', '/a\tb', '/a#b', '/\u00e9', '/\u007f'])(
  'the target %j is turned away',
  (url) => {
    expect(read({ url })).toBe(400);
  },
);

test.each(['/!', '/~', '/"', '/$?'])('the target %j is visible ASCII', (url) => {
  expect(read({ url })).toMatchObject({ target: url });
});

test.each(['', 'a b', 'viz.example.com/', 'viz.example.com:', 'viz.example.com:123456', 'a@b', '[::1', 'x:80\u00e9'])(
  'the host %j is turned away',
  (host) => {
    expect(read({ headers: [['Host', host]] })).toBe(400);
  },
);

test('two hosts are turned away, even where they agree', () => {
  const host = ['Host', 'localhost:8080'] as const;
  expect(read({ headers: [host, host] })).toBe(400);
});

test('none at all is turned away', () => {
  const { request, response } = fakeRequest();
  request.rawHeaders = [];
  expect(readRequest(request, response, ORIGINS)).toBe(400);
});

test('the longest line and the longest header are taken, one character more is not', () => {
  const url = (length: number) => '/'.padEnd(length, 'a');
  const header = (length: number) => ['x-long', 'a'.repeat(length - 'x-long'.length)] as const;

  expect(read({ url: url(16_384) })).not.toBe(400);
  expect(read({ url: url(16_385) })).toBe(400);
  expect(read({ headers: [header(16_384)] })).not.toBe(400);
  expect(read({ headers: [header(16_385)] })).toBe(400);
});

test.each(['TRACE', 'TRACK'])('%s would show cookies to scripts', (method) => {
  expect(read({ method })).toBe(405);
});

test('thirty forwarding addresses are taken, one more is not, in however many headers', () => {
  const addresses = (count: number) => ['X-Forwarded-For', Array(count).fill('10.0.0.1').join(', ')] as const;

  expect(read({ headers: [addresses(30)] })).not.toBe(463);
  expect(read({ headers: [addresses(31)] })).toBe(463);
  expect(read({ headers: [addresses(30), addresses(1)] })).toBe(463);
});
