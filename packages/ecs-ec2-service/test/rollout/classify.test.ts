import { Aws } from '../../runtime/rollout/aws/calls';
import { classify } from '../../runtime/rollout/aws/classify';
import type { Clients } from '../../runtime/rollout/aws/clients';
import { realClock } from '../../runtime/rollout/clock';

const named = (name: string) => Object.assign(new Error('words'), { name });

test.each([
  ['ThrottlingException', 'transient'],
  ['Throttling', 'transient'],
  ['TooManyRequestsException', 'transient'],
  ['RequestLimitExceeded', 'transient'],
  ['ServerException', 'transient'],
  ['InternalFailure', 'transient'],
  ['InternalServerError', 'transient'],
  ['ServiceUnavailableException', 'transient'],
  ['TimeoutError', 'transient'],
  ['RequestTimeoutException', 'transient'],
  ['LimitExceededException', 'transient'],
  ['AccessDeniedException', 'no-permission'],
  ['AccessDenied', 'no-permission'],
  ['UnauthorizedOperation', 'no-permission'],
  ['UnrecognizedClientException', 'no-permission'],
  ['InvalidClientTokenId', 'no-permission'],
  ['OptInRequired', 'no-permission'],
  ['BlockedException', 'no-permission'],
  ['ExpiredToken', 'expired-credentials'],
  ['ExpiredTokenException', 'expired-credentials'],
  ['CredentialsProviderError', 'expired-credentials'],
  ['TokenProviderError', 'expired-credentials'],
  ['RequestTimeTooSkewed', 'clock-skew'],
  ['InvalidSignatureException', 'clock-skew'],
  ['SignatureDoesNotMatch', 'clock-skew'],
  ['RequestExpired', 'clock-skew'],
  ['ClientException', 'other'],
  ['InvalidParameterException', 'other'],
  ['ServiceNotFoundException', 'other'],
  // A part of a name is not the name.
  ['NotAThrottlingException', 'other'],
  ['MyTimeoutErrorOrSo', 'other'],
  ['WasAccessDenied', 'other'],
  ['ExpiredTokenNot Really', 'other'],
])('%s is %s', (name, kind) => {
  expect(classify(named(name))).toBe(kind);
});

test.each([
  'ECONNRESET',
  'ECONNREFUSED',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
])('a connection that ends in %s may come back', (code) => {
  expect(classify(Object.assign(new Error('words'), { code }))).toBe('transient');
  expect(classify(Object.assign(new Error('words'), { code: `${code}_NOT` }))).toBe('other');
});

test.each(['socket hang up', 'Premature close'])('so may one with the words "%s"', (message) => {
  expect(classify(new Error(message))).toBe('transient');
});

test.each([
  [500, 'transient'],
  [503, 'transient'],
  [429, 'transient'],
  [499, 'other'],
  [400, 'other'],
  [404, 'other'],
])('an error that nobody knows, with the status %i, is %s', (httpStatusCode, kind) => {
  expect(classify(Object.assign(named('Odd'), { $metadata: { httpStatusCode } }))).toBe(kind);
});

test('an error without anything is no reason to try again', () => {
  expect(classify({})).toBe('other');
});

test('a region that nobody has named is told as what it is', async () => {
  const aws = new Aws(
    () => ({}) as Clients,
    realClock,
    () => {},
    new AbortController().signal,
  );
  const call = aws.call('ecs:DescribeServices', async () => {
    throw new Error('Region is missing');
  });
  await expect(call).rejects.toMatchObject({
    code: 'usage',
    message: "'AWS_REGION' must name the region of the service, got: Region is missing",
  });
});
