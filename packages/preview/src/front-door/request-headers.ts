import { randomBytes } from 'node:crypto';
import type { DoorAttributes } from '../model/door-attributes';
import type { Exchange } from './exchange';
import type { Origins } from './origins';
import { rawHeaders } from './read-request';

/** Of one connection only (RFC 9110, 7.6.1), so they end at the door. */
const HOP_BY_HOP = new Set([
  'connection',
  'expect',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** Only the door may say who is asking. */
const IDENTITY = /^x[-_]amzn[-_]oidc[-_]/i;

/**
 * Headers as the app gets them: those of the client, without what a client may not send, and those of the door.
 *
 * @param identity pairs that say who signed in, empty if nobody did
 */
export function forwardedHeaders(
  exchange: Exchange,
  identity: readonly [string, string][],
  attributes: DoorAttributes,
  origins: Origins,
): [string, string][] {
  const incoming = rawHeaders(exchange.request);
  const named = new Set(
    incoming.filter(([name]) => name === 'connection').flatMap(([, value]) => value.toLowerCase().split(/\s*,\s*/)),
  );
  // `Connection: cookie` must not make the door drop what the app's rules rely on.
  for (const name of ['host', 'cookie', 'authorization', 'content-length']) {
    named.delete(name);
  }
  const kept = incoming.filter(
    ([name]) =>
      !HOP_BY_HOP.has(name) &&
      !named.has(name) &&
      !IDENTITY.test(name) &&
      !OWN.has(name) &&
      (!attributes.dropInvalidHeaders || /^[a-z0-9-]+$/.test(name)),
  );
  const trace = incoming.find(([name]) => name === 'x-amzn-trace-id')?.[1];
  return [
    ...kept,
    ...forwardedFor(exchange, incoming, attributes),
    ['x-forwarded-proto', origins.secure ? 'https' : 'http'],
    ['x-forwarded-port', new URL(origins.localOrigin).port || (origins.secure ? '443' : '80')],
    ['x-amzn-trace-id', trace === undefined ? `Root=${traceId()}` : `Self=${traceId()};${trace}`],
    ...identity,
  ];
}

/** Set by the door, whatever the client said. */
const OWN = new Set(['x-forwarded-for', 'x-forwarded-proto', 'x-forwarded-port', 'x-amzn-trace-id']);

function forwardedFor(
  { facts, request }: Exchange,
  incoming: readonly [string, string][],
  attributes: DoorAttributes,
): [string, string][] {
  const sent = incoming.filter(([name]) => name === 'x-forwarded-for').map(([, value]) => value);
  const client = attributes.xffClientPort ? `${facts.clientAddress}:${request.socket.remotePort}` : facts.clientAddress;
  const values = { append: [...sent, client], preserve: sent, remove: [] }[attributes.xffMode];
  return values.length === 0 ? [] : [['x-forwarded-for', values.join(', ')]];
}

function traceId(): string {
  return `1-${Math.floor(Date.now() / 1000).toString(16)}-${randomBytes(12).toString('hex')}`;
}
