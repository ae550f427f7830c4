import type { Click } from './read-click';

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
  const answered = (title: string) => title.replace(/^⚠️ (.*) waits for a decision$/, words.title);
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

async function send(url: string, body: object): Promise<void> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
    redirect: 'error',
    signal: AbortSignal.timeout(5_000),
  });
  if (!response.ok) {
    throw new Error(`Slack answered ${response.status}`);
  }
}
