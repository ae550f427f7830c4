import { createHmac, timingSafeEqual } from 'node:crypto';

/** A request that is older was kept by somebody. */
const WINDOW_SECONDS = 5 * 60;

/**
 * Whether Slack sent this body, less than five minutes ago.
 *
 * @see https://docs.slack.dev/authentication/verifying-requests-from-slack
 */
export function isFromSlack(
  headers: Record<string, string | undefined>,
  body: string,
  signingSecret: string,
  now = Date.now(),
): boolean {
  const timestamp = headers['x-slack-request-timestamp'] ?? '';
  const signature = Buffer.from(headers['x-slack-signature'] ?? '');
  if (!/^\d{1,12}$/.test(timestamp) || Math.abs(now / 1000 - Number(timestamp)) > WINDOW_SECONDS) {
    return false;
  }
  const expected = Buffer.from(
    `v0=${createHmac('sha256', signingSecret).update(`v0:${timestamp}:${body}`).digest('hex')}`,
  );
  return signature.length === expected.length && timingSafeEqual(signature, expected);
}
