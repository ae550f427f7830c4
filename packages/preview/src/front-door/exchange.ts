import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Facts } from './match-rule';

/** One request on its way through the door. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** Path and query exactly as they came. This is what is forwarded. */
  readonly target: string;
  readonly facts: Facts;
  readonly cookies: ReadonlyMap<string, string>;
  /** Set when the browser asks for a WebSocket. */
  readonly upgrade?: { readonly socket: Duplex; readonly head: Buffer };
}

/** Answers with one of the load balancer's own pages. */
export function answer(
  { response }: Pick<Exchange, 'response'>,
  status: number,
  options: {
    readonly headers?: Readonly<Record<string, string | string[]>>;
    readonly body?: string;
    readonly contentType?: string;
    readonly reason?: string;
  } = {},
): void {
  for (const [name, value] of Object.entries(options.headers ?? {})) {
    response.setHeader(name, value);
  }
  const reason = options.reason ?? REASONS[status];
  const body = options.body ?? (reason ? `${status} ${reason}\n` : '');
  if (body !== '') {
    response.setHeader('content-type', options.contentType ?? 'text/plain; charset=utf-8');
  }
  response.setHeader('content-length', Buffer.byteLength(body));
  if (reason) {
    response.statusMessage = reason;
  }
  response.statusCode = status;
  response.end(body);
}

/** Why the door itself refused, in the words that the README explains. */
const REASONS: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Authorization Required',
  405: 'Method Not Allowed',
  463: 'Too Many Forwarding Addresses',
  500: 'Internal Server Error',
  502: 'Bad Gateway',
  503: 'Service Temporarily Unavailable',
  504: 'Gateway Timeout',
  561: 'Sign-in Failed at the Identity Provider',
};
