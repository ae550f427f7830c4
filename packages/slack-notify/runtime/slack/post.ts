import {
  ErrorCode,
  IncomingWebhook,
  type IncomingWebhookHTTPError,
  type IncomingWebhookRequestError,
} from '@slack/webhook';
import { secondsToWait } from './seconds-to-wait';

/** What became of a message. `unknown` may or may not be in the channel. */
export type Outcome =
  | { readonly kind: 'delivered' }
  | { readonly kind: 'later'; readonly reason: string; readonly afterSeconds?: number }
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'unknown'; readonly reason: string };

/** The connection was never made, so the message cannot be in the channel. */
const NOT_SENT = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ENETUNREACH', 'EHOSTUNREACH', 'UND_ERR_CONNECT_TIMEOUT'];

/** Longest that is waited for the words of a refusal. */
const BODY_MILLISECONDS = 2_000;

const SLACK_ANSWER = /^[a-z_]{1,64}$/;

/**
 * Posts once, and says what is known about it afterwards.
 *
 * It never tries again by itself: only the caller knows whether that could post twice. No reason carries the URL.
 *
 * @param timeoutMilliseconds more than the 10 seconds after which `fetch` says by itself that the connection never opened:
 *   only then it is known that nothing was sent
 *
 * @see https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks
 */
export async function post(url: string, message: object, timeoutMilliseconds = 12_000): Promise<Outcome> {
  const seen: { status?: number; retryAfter?: string | null } = {};
  const webhook = new IncomingWebhook(url, {
    timeout: timeoutMilliseconds,
    // The library's error has no headers, and an answer that was begun tells more than its missing end: nobody waits for
    // that, because a body that hangs is not ended by the time limit of `fetch` when its garbage was collected.
    fetch: async (input, init) => {
      const response = await fetch(input, init);
      seen.status = response.status;
      seen.retryAfter = response.headers.get('retry-after');
      const words = response.ok ? '' : await wordsOf(response);
      response.body?.cancel().catch(() => 'it was read to its end');
      return new Response(words || null, { status: response.status });
    },
  });
  try {
    await webhook.send(message);
    return { kind: 'delivered' };
  } catch (error) {
    if (seen.status !== undefined) {
      return ofStatus(seen.status, bodyOf(error), seen.retryAfter);
    }
    return ofFailure(error);
  }
}

function ofStatus(status: number, answer: string, retryAfter?: string | null): Outcome {
  const reason = `Slack answered ${status}${SLACK_ANSWER.test(answer) ? ` ${answer}` : ''}`;
  if (status >= 200 && status < 300) {
    return { kind: 'delivered' };
  }
  if (status === 429) {
    return { kind: 'later', reason, afterSeconds: secondsToWait(retryAfter) };
  }
  // Slack's own advice for 5xx is to look first: the message may have been posted.
  return status >= 500 ? { kind: 'unknown', reason } : { kind: 'refused', reason };
}

function ofFailure(error: unknown): Outcome {
  const original = (error as IncomingWebhookRequestError).original ?? error;
  const code = codeOf(original);
  if (NOT_SENT.includes(code) || code.startsWith('ERR_TLS') || code.includes('CERT')) {
    return { kind: 'later', reason: `Slack could not be reached: ${code}` };
  }
  if (code === 'REDIRECT') {
    return { kind: 'refused', reason: 'what answered was not Slack: it sent us elsewhere' };
  }
  return { kind: 'unknown', reason: `Slack did not answer: ${code}` };
}

/** The system's code for what went wrong. Messages are left out: some quote the URL. */
function codeOf(error: unknown): string {
  if (!(error instanceof Error)) {
    return 'UNKNOWN';
  }
  if (error.message === 'unexpected redirect') {
    return 'REDIRECT';
  }
  const { code, syscall } = error as NodeJS.ErrnoException;
  if (typeof code === 'string') {
    return code === 'ETIMEDOUT' && syscall === 'connect' ? 'UND_ERR_CONNECT_TIMEOUT' : code;
  }
  if (error.name === 'TimeoutError') {
    return 'TIMEOUT';
  }
  // Several addresses were tried, each with an error of its own.
  const inner = error instanceof AggregateError ? error.errors[0] : error.cause;
  return inner instanceof Error ? codeOf(inner) : error.name;
}

async function wordsOf(response: Response): Promise<string> {
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<string>((resolve) => {
    timer = setTimeout(resolve, BODY_MILLISECONDS, '');
  });
  const words = await Promise.race([response.text().catch(() => ''), silence]);
  clearTimeout(timer);
  return words;
}

function bodyOf(error: unknown): string {
  return (error as IncomingWebhookHTTPError).code === ErrorCode.HTTPError
    ? (error as IncomingWebhookHTTPError).body.trim()
    : '';
}
