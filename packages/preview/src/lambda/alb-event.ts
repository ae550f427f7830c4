import type { Exchange } from '../front-door/exchange';

/** A request body above this is answered with 413, and a response above it with 502. */
export const MAX_BODY_BYTES = 1_048_576;

/** The event with which a load balancer invokes a function. */
export interface AlbEvent {
  readonly requestContext: { readonly elb: { readonly targetGroupArn: string } };
  readonly httpMethod: string;
  readonly path: string;
  readonly queryStringParameters?: Readonly<Record<string, string>>;
  readonly multiValueQueryStringParameters?: Readonly<Record<string, string[]>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly multiValueHeaders?: Readonly<Record<string, string[]>>;
  readonly body: string;
  readonly isBase64Encoded: boolean;
}

/**
 * Makes the event. Path and query are not decoded, as the load balancer does not either.
 *
 * @param headers as they would be forwarded to a server
 */
export function albEvent(
  { facts }: Exchange,
  headers: readonly [string, string][],
  body: Buffer,
  target: { readonly arn: string; readonly multiValueHeaders: boolean },
): AlbEvent {
  const query = facts.query === '' ? [] : facts.query.split('&').map((pair) => splitPair(pair));
  const isText = /^(text\/|application\/(json|javascript|xml)\b)/i.test(
    facts.header('content-type')[0] ?? 'text/plain',
  );
  const isBase64Encoded = body.length > 0 && (!isText || facts.header('content-encoding').length > 0);
  return {
    requestContext: { elb: { targetGroupArn: target.arn } },
    httpMethod: facts.method,
    path: facts.path,
    ...(target.multiValueHeaders
      ? { multiValueQueryStringParameters: collect(query), multiValueHeaders: collect(headers) }
      : { queryStringParameters: Object.fromEntries(query), headers: Object.fromEntries(headers) }),
    body: body.toString(isBase64Encoded ? 'base64' : 'utf8'),
    isBase64Encoded,
  };
}

function splitPair(pair: string): [string, string] {
  const at = pair.indexOf('=');
  return at < 0 ? [pair, ''] : [pair.slice(0, at), pair.slice(at + 1)];
}

function collect(pairs: readonly [string, string][]): Record<string, string[]> {
  const collected: Record<string, string[]> = Object.create(null);
  for (const [name, value] of pairs) {
    collected[name] = [...(collected[name] ?? []), value];
  }
  return collected;
}
