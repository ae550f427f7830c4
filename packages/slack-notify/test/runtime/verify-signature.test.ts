import { createHmac } from 'node:crypto';
import { isFromSlack } from '../../runtime/slack/verify-signature';

// Slack's own example of a signed request has this time.
const NOW = 1_531_420_618;
const SECRET = 'not-a-real-signing-secret';
const BODY = 'payload=%7B%7D';

const sign = (timestamp: string, body = BODY) =>
  `v0=${createHmac('sha256', SECRET).update(`v0:${timestamp}:${body}`).digest('hex')}`;
const headers = (timestamp: string, signature = sign(timestamp)) => ({
  'x-slack-request-timestamp': timestamp,
  'x-slack-signature': signature,
});
const ask = (fields: Record<string, string>, body = BODY) => isFromSlack(fields, body, SECRET, NOW * 1000);

test.each([0, 300, -300])('a request that is %i s old is taken', (age) => {
  expect(ask(headers(String(NOW - age)))).toBe(true);
});

test.each([301, -301])('a request that is %i s old is refused', (age) => {
  expect(ask(headers(String(NOW - age)))).toBe(false);
});

test.each([
  ['no headers at all', {}],
  ['no time', { 'x-slack-signature': sign('') }],
  ['no signature', { 'x-slack-request-timestamp': String(NOW) }],
  ['an empty signature', headers(String(NOW), '')],
  ['a shorter signature', headers(String(NOW), sign(String(NOW)).slice(0, -1))],
  ['a longer signature', headers(String(NOW), `${sign(String(NOW))}0`)],
  ['another signature of the same length', headers(String(NOW), sign(String(NOW + 1)))],
  ['a time with something before it', headers(`+${NOW}`)],
  ['a time with something behind it', headers(`${NOW}.0`)],
])('a request with %s is refused', (_name, fields) => {
  expect(ask(fields)).toBe(false);
});

test('another body than the signed one is refused', () => {
  expect(ask(headers(String(NOW)), `${BODY}&more`)).toBe(false);
});
