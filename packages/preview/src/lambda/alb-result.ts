import { MAX_BODY_BYTES } from './alb-event';

/** A function's answer, checked. */
export interface AlbResult {
  readonly status: number;
  readonly reason?: string;
  readonly headers: readonly [string, string][];
  readonly body: Buffer;
}

/** Checks what a function returned as the load balancer does; what it would answer with 502 is a sentence here. */
export function readAlbResult(result: unknown, multiValueHeaders: boolean): AlbResult | string {
  if (typeof result !== 'object' || result === null) {
    return 'it must return an object';
  }
  const {
    statusCode,
    statusDescription,
    headers,
    multiValueHeaders: multi,
    body,
    isBase64Encoded,
  } = result as Record<string, unknown>;
  if (typeof statusCode !== 'number' || !Number.isInteger(statusCode) || statusCode < 100 || statusCode > 599) {
    return `'statusCode' must be a number like 200, got: ${JSON.stringify(statusCode)}`;
  }
  if (body !== undefined && body !== null && typeof body !== 'string') {
    return "'body' must be a string";
  }
  const wrong = multiValueHeaders ? headers : multi;
  if (
    typeof wrong === 'object' &&
    wrong !== null &&
    Object.keys(wrong).length > 0 &&
    !(multiValueHeaders ? multi : headers)
  ) {
    return multiValueHeaders
      ? "the target group has multi-value headers, so it must return 'multiValueHeaders'"
      : "the target group has no multi-value headers, so it must return 'headers'";
  }
  const pairs = readHeaders((multiValueHeaders ? multi : headers) ?? {}, multiValueHeaders);
  if (typeof pairs === 'string') {
    return pairs;
  }
  const bytes = Buffer.from(body ?? '', isBase64Encoded === true ? 'base64' : 'utf8');
  if (bytes.length > MAX_BODY_BYTES) {
    return 'a body must be 1 MB at most';
  }
  const reason = typeof statusDescription === 'string' ? statusDescription.replace(/^\d{3}\s*/, '') : '';
  return {
    status: statusCode,
    ...(/^[\t\x20-\x7e]+$/.test(reason) ? { reason } : {}),
    headers: pairs,
    body: bytes,
  };
}

function readHeaders(headers: object, multiValueHeaders: boolean): [string, string][] | string {
  const pairs: [string, string][] = [];
  for (const [name, value] of Object.entries(headers)) {
    const values: unknown[] = multiValueHeaders && Array.isArray(value) ? value : [value];
    if (
      multiValueHeaders !== Array.isArray(value) ||
      !values.every((one) => ['string', 'number', 'boolean'].includes(typeof one))
    ) {
      return `the header ${JSON.stringify(name)} must be ${multiValueHeaders ? 'a list of strings' : 'a string'}`;
    }
    if (!/^[\w!#$%&'*+.^`|~-]+$/.test(name) || values.some((one) => /[^\t\x20-\x7e\x80-\xff]/.test(String(one)))) {
      return `the header ${JSON.stringify(name)} has characters that no header may have`;
    }
    pairs.push(...values.map((one): [string, string] => [name, String(one)]));
  }
  return pairs;
}
