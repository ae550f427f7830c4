import type { IncomingMessage } from 'node:http';

/** The cookies of a request, by name. Of two with one name the first counts, as in the load balancer. */
export function readCookies(request: IncomingMessage): ReadonlyMap<string, string> {
  const cookies = new Map<string, string>();
  for (const part of (request.headers.cookie ?? '').split(';')) {
    const at = part.indexOf('=');
    const name = part.slice(0, at).trim();
    if (at > 0 && !cookies.has(name)) {
      cookies.set(name, part.slice(at + 1).trim());
    }
  }
  return cookies;
}

/** A `Set-Cookie` value for one of the front door's own cookies, which no script may read. */
export function setCookie(name: string, value: string, maxAgeSeconds: number, secure: boolean): string {
  return `${name}=${value}; Path=/; Max-Age=${maxAgeSeconds}; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`;
}

/** A `Set-Cookie` value that removes a cookie. */
export function expireCookie(name: string, secure: boolean): string {
  return setCookie(name, '', 0, secure);
}
