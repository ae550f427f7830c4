import { NotifyError } from '../errors';

/** The command was not understood. Exit code 2. */
export class UsageError extends NotifyError {
  public constructor(message: string) {
    super('usage', message);
  }
}
