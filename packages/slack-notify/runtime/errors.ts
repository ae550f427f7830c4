/** Webhook URLs and tokens of Slack; not the forms of them that a rule names, with '…' for what is secret. */
const SECRETS =
  /(https?:\/\/)?(hooks\.slack[-\w.]*\/(?!services\/T…)|\/services\/T\w)[^\s'"]*|\bx(ox[a-z]|app)[-.]\w[^\s'"]*/gi;

/** Base of every error of the runtime. Its message never carries a webhook URL, a token or an answer's body. */
export class NotifyError extends Error {
  public constructor(
    /** Stable, for alarms and tests. */
    public readonly code: string,
    message: string,
    options?: ErrorOptions,
  ) {
    // Somebody may have put a secret where a name belongs.
    super(message.replace(SECRETS, '(a secret)'), options);
    this.name = new.target.name;
  }
}

/** What may be logged of an error. The message of one that is not ours is left out: it could quote a URL. */
export function describeError(error: unknown): { code: string; reason: string; at?: string } {
  if (error instanceof NotifyError) {
    return { code: error.code, reason: error.message };
  }
  const frames = error instanceof Error ? error.stack?.split('\n').filter((line) => /^\s+at /.test(line)) : [];
  return { code: 'unexpected', reason: error instanceof Error ? error.name : typeof error, at: frames?.[0]?.trim() };
}
