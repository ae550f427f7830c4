import { readAlbResult } from '../../src/lambda/alb-result';

test('a complete answer is taken as it is', () => {
  const result = readAlbResult(
    { statusCode: 201, statusDescription: '201 Made', headers: { 'X-A': 'b' }, body: 'aGk=', isBase64Encoded: true },
    false,
  );
  expect(result).toEqual({ status: 201, reason: 'Made', headers: [['X-A', 'b']], body: Buffer.from('hi') });
});

test('with multi-value headers each value is a header', () => {
  const result = readAlbResult({ statusCode: 200, multiValueHeaders: { 'Set-Cookie': ['a=1', 'b=2'] } }, true);
  expect(result).toMatchObject({
    headers: [
      ['Set-Cookie', 'a=1'],
      ['Set-Cookie', 'b=2'],
    ],
  });
});

test.each([
  [undefined, true, 'it must return an object'],
  ['text', true, 'it must return an object'],
  [{}, true, "'statusCode' must be a number like 200"],
  [{ statusCode: '200' }, true, "'statusCode' must be a number like 200"],
  [{ statusCode: 99 }, true, "'statusCode' must be"],
  [{ statusCode: 200, body: {} }, true, "'body' must be a string"],
  [{ statusCode: 200, headers: { a: 'b' } }, true, "it must return 'multiValueHeaders'"],
  [{ statusCode: 200, multiValueHeaders: { a: ['b'] } }, false, "it must return 'headers'"],
  [{ statusCode: 200, multiValueHeaders: { a: 'b' } }, true, 'the header "a" must be a list of strings'],
  [{ statusCode: 200, headers: { a: ['b'] } }, false, 'the header "a" must be a string'],
  [{ statusCode: 200, headers: { 'a b': 'c' } }, false, 'characters that no header may have'],
  [{ statusCode: 200, headers: { a: 'b\r\nset-cookie: x' } }, false, 'characters that no header may have'],
  [{ statusCode: 200, body: 'x'.repeat(1_048_577) }, true, 'a body must be 1 MB at most'],
])('%.60j is what a load balancer answers with 502', (result, multiValueHeaders, sentence) => {
  expect(readAlbResult(result, multiValueHeaders)).toContain(sentence);
});
