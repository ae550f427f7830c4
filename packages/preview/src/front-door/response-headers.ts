import type { DoorAttributes } from '../model/door-attributes';
import type { Origins } from './origins';

const HOP_BY_HOP = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/**
 * Headers of an app's or function's answer, as the browser gets them.
 *
 * Addresses that only exist in AWS become those of this machine; what the listener inserts is added by the door to
 * every answer.
 */
export function returnedHeaders(headers: readonly [string, string][], origins: Origins): Map<string, string[]> {
  const result = new Map<string, string[]>();
  for (const [given, value] of headers) {
    const name = given.toLowerCase();
    if (!HOP_BY_HOP.has(name)) {
      result.set(name, [...(result.get(name) ?? []), localValue(name, value, origins)]);
    }
  }
  return result;
}

function localValue(name: string, value: string, origins: Origins): string {
  switch (name) {
    case 'location':
    case 'content-location':
      return origins.toLocal(value);
    case 'set-cookie':
      return origins.secure ? value : insecureCookie(value);
    default:
      return value;
  }
}

/**
 * Over plain HTTP Safari and curl take no cookie that is `Secure`, not even to remove one: nobody could sign out there. Cookies
 * that would be worth nothing without it are left as they are.
 */
function insecureCookie(value: string): string {
  return /^\s*__(Host|Secure)-|;\s*(SameSite=None|Partitioned)\s*(;|$)/i.test(value)
    ? value
    : value.replace(/;\s*Secure\s*(?=;|$)/gi, '');
}

/** Headers that the listener puts into an answer. They replace those of the same name. */
export function insertedHeaders({ responseHeaders }: DoorAttributes, origins: Origins): Map<string, string> {
  const inserted = new Map(responseHeaders);
  // A browser would from then on refuse plain HTTP on every port of localhost.
  if (origins.secure) {
    inserted.delete('strict-transport-security');
  }
  return inserted;
}
