import type { IncomingMessage } from 'node:http';
import { expireCookie, readCookies, setCookie } from '../../src/session/cookies';

const read = (cookie?: string) => Object.fromEntries(readCookies({ headers: { cookie } } as IncomingMessage));

test.each([
  [undefined, {}],
  ['', {}],
  ['a=b', { a: 'b' }],
  ['a=b; c=d', { a: 'b', c: 'd' }],
  ['  a = b ;c=d', { a: 'b', c: 'd' }],
  ['a=b=c', { a: 'b=c' }],
  ['a=', { a: '' }],
  ['=b; c=d', { c: 'd' }],
  ['nothing; c=d', { c: 'd' }],
  ['a=1; a=2', { a: '1' }],
])('%j are the cookies %j', (header, expected) => {
  expect(read(header)).toEqual(expected);
});

test('cookies of the front door are for no script and not for other sites', () => {
  expect(setCookie('a', 'b', 60, true)).toBe('a=b; Path=/; Max-Age=60; HttpOnly; SameSite=Lax; Secure');
  expect(setCookie('a', 'b', 60, false)).toBe('a=b; Path=/; Max-Age=60; HttpOnly; SameSite=Lax');
  expect(expireCookie('a', false)).toBe('a=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax');
});
