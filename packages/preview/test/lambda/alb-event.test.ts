import type { Exchange } from '../../src/front-door/exchange';
import { albEvent } from '../../src/lambda/alb-event';

const HEADERS: [string, string][] = [
  ['a', '1'],
  ['b', '2'],
  ['a', '3'],
];

function event(
  { query = '', headers = {} }: { query?: string; headers?: Record<string, string[]> },
  body = '',
  multiValueHeaders = false,
) {
  const header = (name: string) => headers[name] ?? [];
  const facts = { method: 'POST', path: '/a%20b', query, header };
  return albEvent({ facts } as unknown as Exchange, HEADERS, Buffer.from(body), { arn: 'arn', multiValueHeaders });
}

test('the last of several values counts, unless the target group takes several', () => {
  expect(event({ query: 'x=1&y&x=a=b%20&=z' })).toEqual({
    requestContext: { elb: { targetGroupArn: 'arn' } },
    httpMethod: 'POST',
    path: '/a%20b',
    queryStringParameters: { x: 'a=b%20', y: '', '': 'z' },
    headers: { a: '3', b: '2' },
    body: '',
    isBase64Encoded: false,
  });
  const several = event({ query: 'x=1&y&x=2&__proto__=3' }, '', true);
  expect(Object.entries(several.multiValueQueryStringParameters!)).toEqual([
    ['x', ['1', '2']],
    ['y', ['']],
    ['__proto__', ['3']],
  ]);
  expect(several.multiValueHeaders).toEqual({ a: ['1', '3'], b: ['2'] });
  expect(several).not.toHaveProperty('headers');
  expect(several).not.toHaveProperty('queryStringParameters');
});

test('a request without a query has no parameters', () => {
  expect(event({}).queryStringParameters).toEqual({});
  expect(event({}, '', true).multiValueQueryStringParameters).toEqual({});
});

test.each<[string | undefined, boolean]>([
  [undefined, true],
  ['text/html; charset=utf-8', true],
  ['TEXT/CSV', true],
  ['application/json', true],
  ['application/javascript', true],
  ['application/xml;q=1', true],
  ['application/jsonlines', false],
  ['application/octet-stream', false],
  ['x-text/plain', false],
  ['image/png', false],
])('a body of %s is text: %s', (type, isText) => {
  const sent = event({ headers: type ? { 'content-type': [type] } : {} }, 'hällo');
  const encoded = Buffer.from('hällo').toString('base64');
  expect(sent).toMatchObject(
    isText ? { body: 'hällo', isBase64Encoded: false } : { body: encoded, isBase64Encoded: true },
  );
});

test('text that is compressed is no text, and nothing is never encoded', () => {
  const headers = { 'content-type': ['text/plain'], 'content-encoding': ['gzip'] };
  expect(event({ headers }, 'x')).toMatchObject({ body: 'eA==', isBase64Encoded: true });
  expect(event({ headers })).toMatchObject({ body: '', isBase64Encoded: false });
});
