import fc from 'fast-check';
import { wildcard } from '../../src/front-door/wildcard';

test.each([
  ['/api/*', '/api/', true],
  ['/api/*', '/api', false],
  ['/api/*', '/api/a/b', true],
  ['/API/*', '/api/a', false],
  ['*.png', '/a.png', true],
  ['/a?c', '/abc', true],
  ['/a?c', '/ac', false],
  ['*', '', true],
  ['', '', true],
  ['', 'a', false],
  ['a*b*c', 'aXbXbXc', true],
  ['a*b*c', 'aXbXbXd', false],
  ['/a.c', '/abc', false],
])('%s against %s is %s', (pattern, text, expected) => {
  expect(wildcard(pattern, { caseSensitive: true })(text)).toBe(expected);
});

test('upper and lower case are one where case does not count', () => {
  expect(wildcard('*.Example.com', { caseSensitive: false })('VIZ.example.COM')).toBe(true);
});

test('it agrees with a regular expression on generated patterns', () => {
  const letters = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), maxLength: 8 });
  const text = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 10 });
  fc.assert(
    fc.property(letters, text, (pattern, given) => {
      const expression = new RegExp(`^${pattern.replaceAll('*', '.*').replaceAll('?', '.')}$`);
      expect(wildcard(pattern, { caseSensitive: true })(given)).toBe(expression.test(given));
    }),
    { numRuns: 2_000 },
  );
});
