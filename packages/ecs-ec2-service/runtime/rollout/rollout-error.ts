import type { ErrorCode } from './outcome';

/** Something that the tool could not do: a sentence for people, a code for programs, and the error beneath. */
export class RolloutError extends Error {
  constructor(
    public readonly code: ErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'RolloutError';
  }
}

/** @throws RolloutError of code `usage`, in the one form `'prop' must <rule>, got: <value>` */
export function usageError(prop: string, rule: string, got: string): RolloutError {
  return new RolloutError('usage', `'${prop}' must ${rule}, got: ${got}`);
}
