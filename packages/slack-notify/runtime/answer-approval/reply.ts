import { NotifyError } from '../errors';
import { secondsToWait } from '../slack/seconds-to-wait';
import type { Click } from './read-click';

/** The function ends soon after, and Slack takes an answer to a click for half an hour. */
const PATIENCE_MILLISECONDS = 10_000;

const WORDS = {
  CONTINUE: { line: 'continued', title: '✅ $1 goes on' },
  ROLLBACK: { line: 'stopped and rolled back', title: '⚠️ $1 is rolled back' },
} as const;

/** The message in the channel, with a line that says who decided what instead of the buttons. */
export async function replaceButtons(click: Click, at: Date): Promise<void> {
  await send(click.responseUrl, decided(click, at));
}

/** A line that only the person who clicked can see. */
export async function whisper(click: Click, text: string): Promise<void> {
  await send(click.responseUrl, { response_type: 'ephemeral', replace_original: false, text });
}

/** What was asked no longer stands there as a question. */
export function decided(click: Click, at: Date) {
  const words = WORDS[click.action];
  // Slack keeps an emoji of a title by its name.
  const answered = (title: string) => title.replace(/^(?:⚠️|:warning:) (.*) waits for a decision$/, words.title);
  const when = at.toISOString().slice(0, 19).replace('T', ' ');
  const line = `The deployment was *${words.line}* by <@${click.userId}> on ${when} UTC.`;
  const kept = click.blocks
    .filter((block) => Object(block).type !== 'actions')
    .map((block) => withTitle(block, answered));
  return {
    replace_original: true,
    text: `${answered(click.text)}. ${line}`,
    blocks: [...kept, { type: 'section', text: { type: 'mrkdwn', text: line } }],
  };
}

/** Blocks come back from Slack, so nothing in them is certain. */
function withTitle(block: unknown, answered: (title: string) => string): unknown {
  const { type, text } = Object(block);
  const title = Object(text).text;
  return type === 'header' && typeof title === 'string'
    ? { ...Object(block), text: { ...text, text: answered(title) } }
    : block;
}

/**
 * Sends it, and again when Slack was busy or nobody knows whether it arrived, as long as there is time: it replaces what is
 * there, or is seen by one person, so twice does no harm.
 */
async function send(url: string, body: object): Promise<void> {
  const end = Date.now() + PATIENCE_MILLISECONDS;
  for (;;) {
    const response = await attempt(url, body);
    if (response?.ok) {
      return;
    }
    const { status = 503 } = response ?? {};
    const wait = secondsToWait(response?.headers.get('retry-after')) * 1000;
    if ((status < 500 && status !== 429) || Date.now() + wait > end) {
      throw new NotifyError('not_answered', response ? `Slack answered ${status}` : 'Slack did not answer');
    }
    await new Promise((resolve) => setTimeout(resolve, wait));
  }
}

async function attempt(url: string, body: object): Promise<Response | undefined> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
    redirect: 'error',
    signal: AbortSignal.timeout(4_000),
  }).catch(() => undefined);
  response?.body?.cancel().catch(() => 'it is over already');
  return response;
}
