import { TemplateRefusal } from '../../src/errors';
import { attributes, flag, integer, object, objects, oneOf, refuseUnknown, strings } from '../../src/model/properties';

const AT = 'Resources.X.Properties.Y';

test.each<[string, () => unknown, unknown]>([
  ['no list of objects', () => objects(undefined, AT), []],
  ['a list of objects', () => objects([{ a: 1 }, {}], AT), [{ a: 1 }, {}]],
  ['an object', () => object({ a: 1 }, AT), { a: 1 }],
  ['no list of strings', () => strings(undefined, AT), []],
  ['numbers among strings', () => strings(['a', 1, true], AT), ['a', '1', 'true']],
  ['one of some words', () => oneOf('b', ['a', 'b'], AT), 'b'],
  ['a number', () => integer(5, AT), 5],
  ['a number as text', () => integer(' 05 ', AT), 5],
  ['a negative number', () => integer('-1', AT), -1],
  ['no flag', () => flag(undefined, AT), false],
  ['a flag that is set', () => flag(true, AT), true],
  ['a flag that is set in words', () => flag('true', AT), true],
  ['a flag that is not set', () => flag(false, AT), false],
  ['a flag that is not set in words', () => flag('false', AT), false],
  ['no attributes', () => attributes(undefined, AT), new Map()],
  ['attributes', () => attributes([{ Key: 'a', Value: 1 }], AT), new Map([['a', '1']])],
  ['known properties', () => refuseUnknown({ a: 1, b: undefined }, ['a', 'b'], AT), undefined],
])('%s: read', (_name, read, value) => {
  expect(read()).toEqual(value);
});

test.each<[() => unknown, string, string]>([
  [() => objects({}, AT), AT, 'must be a list of objects, got: {}'],
  [() => objects([{}, 'a'], AT), AT, 'must be a list of objects, got: [{},"a"]'],
  [() => objects([null], AT), AT, 'must be a list of objects, got: [null]'],
  [() => object(undefined, AT), AT, 'must be an object, got: undefined'],
  [() => object(null, AT), AT, 'must be an object, got: null'],
  [() => object([], AT), AT, 'must be an object, got: []'],
  [() => object('a', AT), AT, 'must be an object, got: "a"'],
  [() => strings('a', AT), AT, 'must be a list of strings, got: "a"'],
  [() => oneOf('c', ['a', 'b'], AT), AT, 'the preview knows a, b, got: "c"'],
  [() => oneOf(undefined, ['a'], AT), AT, 'the preview knows a, got: undefined'],
  [() => integer(undefined, AT), AT, 'must be a whole number, got: undefined'],
  [() => integer('', AT), AT, 'must be a whole number, got: ""'],
  [() => integer(' ', AT), AT, 'must be a whole number, got: " "'],
  [() => integer('5x', AT), AT, 'must be a whole number, got: "5x"'],
  [() => integer(1.5, AT), AT, 'must be a whole number, got: 1.5'],
  [() => integer(true, AT), AT, 'must be a whole number, got: true'],
  [() => flag('yes', AT), AT, 'must be true or false, got: "yes"'],
  [() => flag(0, AT), AT, 'must be true or false, got: 0'],
  [() => refuseUnknown({ a: 1, c: 2 }, ['a'], AT), `${AT}.c`, 'the preview does not know this property'],
])('%#: what is none is refused with its place', (read, path, reason) => {
  expect(read).toThrow(TemplateRefusal);
  expect(read).toThrow(expect.objectContaining({ path, reason, code: 'template' }));
});
