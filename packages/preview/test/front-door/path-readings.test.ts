import fc from 'fast-check';
import { pathReadings } from '../../src/front-door/path-readings';

test.each(['/', '/a/b', '/a.b/c..d/e', '/~a/b-c', '/a-b_c'])('%s has one reading only', (path) => {
  expect(pathReadings(path)).toEqual(new Set());
});

test.each([
  ['/public/../secret', '/secret'],
  ['/public/./x', '/public/x'],
  ['/public/%2e%2e/secret', '/secret'],
  ['/public/%2E%2e%2Fsecret', '/secret'],
  ['/public/%252e%252e/secret', '/secret'],
  ['/public/..%5csecret', '/secret'],
  ['/public/..;/secret', '/secret'],
  ['/public/..;a=b/secret', '/secret'],
  ['/public\\..\\secret', '/secret'],
  ['//secret', '/secret'],
  ['/a//b', '/a/b'],
  ['/a///b', '/a/b'],
  ['/secret;x=y', '/secret'],
  ['/%73ecret', '/secret'],
  ['/a/..', '/'],
  ['/a/.', '/a/'],
  ['/a/b/..', '/a/'],
  ['/../../secret', '/secret'],
  ['/.well-known/x%2fy', '/.well-known/x/y'],
])('%s can be read as %s', (path, reading) => {
  expect([...pathReadings(path)]).toContain(reading);
});

test.each(['/a%20b', '/public/..;/x', '//', '/a/../b'])('%s itself is not among its other readings', (path) => {
  expect([...pathReadings(path)]).not.toContain(path);
});

test('what browsers make of any path is among its readings', () => {
  const piece = fc.constantFrom('a', 'b.c', '..', '.', '%2e', '%2E%2e', '.%2e', '...');
  const path = fc.array(piece, { minLength: 1, maxLength: 6 }).map((pieces) => `/${pieces.join('/')}`);
  fc.assert(
    fc.property(path, (given) => {
      const { pathname } = new URL(`http://viz.example.com${given}`);
      expect([given, ...pathReadings(given)]).toContain(pathname);
    }),
    { numRuns: 2_000 },
  );
});
