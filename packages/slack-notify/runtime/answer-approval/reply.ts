import type { Click } from './read-click';

const WORDS = { CONTINUE: 'continued', ROLLBACK: 'stopped and rolled back' } as const;

/** The message in the channel, with a line that says who decided what instead of the buttons. */
export async function replaceButtons(click: Click, at: Date): Promise<void> {
  const line = `The deployment was *${WORDS[click.action]}* by <@${click.userId}> on ${at.toISOString().slice(0, 19).replace('T', ' ')} UTC.`;
  const kept = click.blocks.filter((block) => Object(block).type !== 'actions');
  await send(click.responseUrl, {
    replace_original: true,
    text: `${click.text} ${line}`,
    blocks: [...kept, { type: 'section', text: { type: 'mrkdwn', text: line } }],
  });
}

/** A line that only the person who clicked can see. */
export async function whisper(click: Click, text: string): Promise<void> {
  await send(click.responseUrl, { response_type: 'ephemeral', replace_original: false, text });
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
