/** What to do about an error of the SDK. */
export type ErrorKind = 'transient' | 'clock-skew' | 'expired-credentials' | 'no-permission' | 'other';

/** The fields that matter of what the SDK throws. */
interface SdkError {
  name?: string;
  code?: string;
  message?: string;
  $metadata?: { httpStatusCode?: number };
}

const transient =
  /^(Throttl\w*|TooManyRequests\w*|RequestLimitExceeded|RequestThrottled\w*|ServerException|InternalFailure|InternalServerError|InternalServiceError|ServiceUnavailable\w*|TimeoutError|RequestTimeout\w*|AbortError|LimitExceededException)$/;
const network =
  /^(ECONNRESET|ECONNREFUSED|ECONNABORTED|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|ENETDOWN)$/;
const skewed =
  /^(RequestTimeTooSkewed|RequestExpired|RequestInTheFuture|InvalidSignatureException|SignatureDoesNotMatch|AuthFailure)$/;
const expired = /^(ExpiredToken\w*|CredentialsProviderError|TokenRefreshRequired|TokenProviderError)$/;
const refused =
  /^(AccessDenied\w*|UnauthorizedOperation|UnrecognizedClientException|InvalidClientTokenId|OptInRequired|NotAuthorized\w*|BlockedException)$/;

/** Sorts an error by what helps against it. Anything unknown is `other`: it is never retried, and never a success. */
export function classify(error: unknown): ErrorKind {
  const { name = '', code = '', $metadata, message = '' } = error as SdkError;
  if (refused.test(name)) {
    return 'no-permission';
  }
  if (expired.test(name)) {
    return 'expired-credentials';
  }
  // The SDK has corrected its clock by the answer's Date by the time that it throws.
  if (skewed.test(name)) {
    return 'clock-skew';
  }
  if (transient.test(name) || network.test(code) || /socket hang up|premature close/i.test(message)) {
    return 'transient';
  }
  const status = $metadata?.httpStatusCode ?? 0;
  return status >= 500 || status === 429 ? 'transient' : 'other';
}
