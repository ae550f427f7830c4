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
      const mapped = name === 'location' || name === 'content-location' ? origins.toLocal(value) : value;
      result.set(name, [...(result.get(name) ?? []), mapped]);
    }
  }
  return result;
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
