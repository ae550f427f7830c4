import { TemplateRefusal } from '../../src/errors';
import { readPathExpression } from '../../src/model/path-expression';

const read = (expression: string) => readPathExpression(expression, 'Here');

test.each([
  ['^/static/.*(\\.\\.|%2[eE]|%25).*$', '/static/a/..', '/static/a'],
  ['^/a$', '/a', '/ab'],
  ['^/a\\.b$', '/a.b', '/axb'],
  ['^/(a|b(c|d))$', '/bd', '/b'],
  ['^/(?:a|b)$', '/b', '/c'],
  ['^/[|^$.(]$', '/|', '/a'],
  ['^/[\\]|]+$', '/]|', '/['],
  ['^/a{2,3}b?c+d*$', '/aaac', '/ac'],
  ['^/\\$\\|$', '/$|', '/$'],
  ['^.*$', '/a\nb', ''],
])('%s is read: it matches %j', (expression, inside, outside) => {
  expect(read(expression).test(inside)).toBe(true);
  expect(outside === '' || !read(expression).test(outside)).toBe(true);
});

const SAME = 'be a regular expression without look-around, references and classes like \\w';
const WHOLE = "begin with '^' and end with '$'";

test.each([
  ['^/a(b$', 'be a regular expression'],
  ['^/a)$', 'be a regular expression'],
  ['^/*+$', SAME],
  ['^/a++$', SAME],
  ['^/a?+$', SAME],
  ['^/a{1}+$', SAME],
  ['^/(?=a)b$', SAME],
  ['^/(?!a)b$', SAME],
  ['^/(?<=a)b$', SAME],
  ['^/(?<name>a)$', SAME],
  ['^/(?>a)$', SAME],
  ['^/(?i)a$', SAME],
  ['^/(a)\\1$', SAME],
  ['^/\\w$', SAME],
  ['^/\\bA$', SAME],
  ['^/\\Qa\\E$', SAME],
  ['^/[a$', SAME],
  ['^/a', WHOLE],
  ['/a$', WHOLE],
  ['', WHOLE],
  ['^/a\\$', WHOLE],
  ['\\^/a$', WHOLE],
  ['^/a|/b$', WHOLE],
  ['^(a)|(b)$', WHOLE],
  ['[^]/a$', WHOLE],
])('%s is refused: it must %s', (expression, rule) => {
  expect(() => read(expression)).toThrow(TemplateRefusal);
  expect(() => read(expression)).toThrow(`Here: must ${rule}, got: ${expression}`);
});

test('of 128 characters it is read, one more is refused', () => {
  const of = (length: number) => `^/${'a'.repeat(length - 3)}$`;

  expect(read(of(128)).source).toHaveLength(129);
  expect(() => read(of(129))).toThrow(`Here: must have 128 characters at most, got: ${of(129)}`);
});
