/** Why the headers do not say who is asking. */
export type IdentityErrorCode = 'missing' | 'not-verified' | 'wrong-subject' | 'no-key';

/** The headers do not say who is asking. The message never holds any part of a token. */
export class IdentityError extends Error {
  constructor(
    /** Stable, for logs and tests. */
    public readonly code: IdentityErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'IdentityError';
  }
}
