import * as fc from 'fast-check';
import { covers } from '../src/paths';
import { anyPath } from './any-props';

const TRICKS = ['..', '.', '%2e%2e', '%2E%2e', '.%2e', '%252e%252e', '', 'secret', '..;', '..%2f', '%2e%2e%5csecret'];

/** Paths that somebody asks for who means to get out of a folder. */
export const anyRequests = fc.array(fc.tuple(anyPath, fc.array(fc.constantFrom(...TRICKS), { maxLength: 4 })), {
  minLength: 20,
  maxLength: 60,
});

/** The requests as paths; as many as possible start where anyone may come in. */
export function askedPaths(requests: typeof anyRequests extends fc.Arbitrary<infer T> ? T : never, open: string[]) {
  const starts = [...open, ...requests.map(([start]) => start)];
  return requests.map(
    ([, rest], index) => [starts[index % starts.length].replace(/\/?\*$/, ''), ...rest].join('/') || '/',
  );
}

/** What servers make of a path: decoded up to twice, parameters cut off, dots walked. */
export function readings(asked: string): string[] {
  const once = decode(asked);
  return [asked, once, decode(once)].flatMap((text) => [
    text,
    walk(text),
    walk(text.replaceAll('\\', '/').replace(/;[^/]*/g, '')),
  ]);
}

function decode(text: string): string {
  return text.replace(/%([0-9a-f]{2})/gi, (_match, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

function walk(text: string): string {
  const kept: string[] = [];
  for (const part of text.split('/').slice(1)) {
    if (part === '..') {
      kept.pop();
    } else if (part !== '.') {
      kept.push(part);
    }
  }
  return `/${kept.join('/')}`;
}

/** A folder is public with or without its final slash, once it was walked back to. */
export function isPublic(publicPaths: readonly string[], reading: string): boolean {
  return publicPaths.some((one) => covers(one, reading) || covers(one, `${reading}/`));
}
