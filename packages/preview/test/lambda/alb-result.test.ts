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

test('a bare answer has no headers, no reason and no body', () => {
  const bare = { status: 200, headers: [], body: Buffer.alloc(0) };
  expect(readAlbResult({ statusCode: 200 }, false)).toEqual(bare);
  expect(readAlbResult({ statusCode: 200, body: null, headers: null, multiValueHeaders: {} }, false)).toEqual(bare);
  expect(readAlbResult({ statusCode: 200, headers: {} }, true)).toEqual(bare);
});

test.each([100, 599])('the status %i is one', (statusCode) => {
  expect(readAlbResult({ statusCode }, false)).toMatchObject({ status: statusCode });
});

test('headers of both kinds may stand beside each other: those that the target group takes count', () => {
  const both = { statusCode: 200, headers: { a: 'one' }, multiValueHeaders: { a: ['many'] } };
  expect(readAlbResult(both, false)).toMatchObject({ headers: [['a', 'one']] });
  expect(readAlbResult(both, true)).toMatchObject({ headers: [['a', 'many']] });
});

test('numbers and flags are values of headers, too', () => {
  expect(
    readAlbResult({ statusCode: 200, headers: { "X-!#$%&'*+.^`|~_1": 5, b: true, c: 'ÿ\t~' } }, false),
  ).toMatchObject({
    headers: [
      ["X-!#$%&'*+.^`|~_1", '5'],
      ['b', 'true'],
      ['c', 'ÿ\t~'],
    ],
  });
});

test.each([
  ['200 OK', 'OK'],
  ['404', undefined],
  ['Fine, thank you', 'Fine, thank you'],
  ['See 404 for more', 'See 404 for more'],
  ['200 two\r\nlines', undefined],
  ['200 Grüße', undefined],
  [5, undefined],
])('the reason of %j is %s', (statusDescription, reason) => {
  expect(readAlbResult({ statusCode: 200, statusDescription }, false)).toEqual({
    status: 200,
    ...(reason === undefined ? {} : { reason }),
    headers: [],
    body: Buffer.alloc(0),
  });
});

test('a body that is said to be base64 in other words is text, and 1 MB is not too much', () => {
  const text = readAlbResult({ statusCode: 200, body: 'aGk=', isBase64Encoded: 'true' }, false);
  expect(text).toMatchObject({ body: Buffer.from('aGk=') });
  expect(readAlbResult({ statusCode: 200, body: 'x'.repeat(1_048_576) }, true)).toMatchObject({ status: 200 });
});

test.each([
  [null, true, 'it must return an object'],
  [{ statusCode: 200.5 }, true, "'statusCode' must be a number like 200, got: 200.5"],
  [{ statusCode: 600 }, true, "'statusCode' must be a number like 200, got: 600"],
  [{ statusCode: 200, headers: { a: {} } }, false, 'the header "a" must be a string'],
  [{ statusCode: 200, headers: { a: null } }, false, 'the header "a" must be a string'],
  [{ statusCode: 200, multiValueHeaders: { a: ['b', {}] } }, true, 'the header "a" must be a list of strings'],
  [{ statusCode: 200, multiValueHeaders: { a: ['b', 'c\n'] } }, true, 'the header "a" has characters that no header'],
  [{ statusCode: 200, headers: { '': 'c' } }, false, 'the header "" has characters that no header may have'],
  [{ statusCode: 200, headers: { 'a:': 'c' } }, false, 'the header "a:" has characters that no header may have'],
  [{ statusCode: 200, headers: { ' a': 'c' } }, false, 'the header " a" has characters that no header may have'],
  [{ statusCode: 200, headers: { a: 'Ā' } }, false, 'the header "a" has characters that no header may have'],
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
