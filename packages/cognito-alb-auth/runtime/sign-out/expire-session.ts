/**
 * A session above 4 K is cut into shards `<name>-0`, `<name>-1` and so on. These are always expired, because a browser
 * may hold one that a proxy dropped on the way; every other one that the request names is, too.
 */
const ALWAYS = [0, 1, 2, 3];

/** `Set-Cookie` values that make a browser forget every shard of a session. */
export function expireSession(name: string, cookieHeaders: readonly string[]): string[] {
  return [...new Set([...ALWAYS.map((shard) => `${name}-${shard}`), ...shardsIn(name, cookieHeaders)])].map(
    // The load balancer's own attributes: a cookie is only replaced by one of the same path and domain.
    (cookie) => `${cookie}=; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0; Secure; HttpOnly`,
  );
}

function shardsIn(name: string, cookieHeaders: readonly string[]): string[] {
  return cookieHeaders
    .flatMap((line) => line.split(';'))
    .map((pair) => pair.split('=', 1)[0].trim())
    .filter((cookie) => cookie.startsWith(`${name}-`) && /^\d{1,3}$/.test(cookie.slice(name.length + 1)));
}
