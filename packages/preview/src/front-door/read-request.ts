import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { readCookies } from '../session/cookies';
import type { Exchange } from './exchange';
import type { Origins } from './origins';

/** The load balancer's limits: 16 K for a request line and for one header, 64 K for all headers. */
export const MAX_LINE_BYTES = 16_384;
export const MAX_HEADERS_BYTES = 65_536;
/** More addresses in X-Forwarded-For are answered with 463. */
const MAX_FORWARDED_ADDRESSES = 30;

/**
 * Takes a request apart, or gives the status with which it is turned away.
 *
 * Node's parser has already refused what is ambiguous in framing (two lengths, length and chunks, unknown codings).
 */
export function readRequest(
  request: IncomingMessage,
  response: ServerResponse,
  origins: Origins,
  upgrade?: { readonly socket: Duplex; readonly head: Buffer },
): Exchange | number {
  const target = request.url ?? '';
  const headers = rawHeaders(request);
  const hosts = headers.filter(([name]) => name === 'host');
  // Only the origin form, in visible ASCII: a proxy's absolute form or a fragment would give a path two readings.
  if (!/^\/[\x21-\x22\x24-\x7e]*$/.test(target) || hosts.length !== 1 || !isHost(hosts[0][1])) {
    return 400;
  }
  if (target.length > MAX_LINE_BYTES || headers.some(([name, value]) => name.length + value.length > MAX_LINE_BYTES)) {
    return 400;
  }
  if (request.method === 'TRACE' || request.method === 'TRACK') {
    return 405;
  }
  const forwarded = headers.filter(([name]) => name === 'x-forwarded-for').flatMap(([, value]) => value.split(','));
  if (forwarded.length > MAX_FORWARDED_ADDRESSES) {
    return 463;
  }
  const mark = target.indexOf('?');
  return {
    request,
    response,
    target,
    cookies: readCookies(request),
    upgrade,
    facts: {
      host: origins.toPublicHost(hosts[0][1]).replace(/:\d+$/, ''),
      path: mark < 0 ? target : target.slice(0, mark),
      query: mark < 0 ? '' : target.slice(mark + 1),
      method: request.method ?? 'GET',
      clientAddress: clientAddress(request),
      header: (name) => headers.filter(([other]) => other === name).map(([, value]) => value),
    },
  };
}

/** Headers as they came, with names in lower case. */
export function rawHeaders({ rawHeaders: raw }: IncomingMessage): [string, string][] {
  const pairs: [string, string][] = [];
  for (let index = 0; index < raw.length; index += 2) {
    pairs.push([raw[index].toLowerCase(), raw[index + 1]]);
  }
  return pairs;
}

function isHost(value: string): boolean {
  return /^(\[[0-9a-f:.]+\]|[\w.-]+)(:\d{1,5})?$/i.test(value);
}

function clientAddress({ socket }: IncomingMessage): string {
  return (socket.remoteAddress ?? '127.0.0.1').replace(/^::ffff:/, '');
}
