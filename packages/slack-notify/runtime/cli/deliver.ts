import type { SlackMessage } from '../messages/slack-message';
import { checkWebhookUrl } from '../slack/check-webhook-url';
import { type Outcome, post } from '../slack/post';

const ATTEMPTS = 3;
/** A pipeline does not wait longer for a message, in seconds. */
const PATIENCE_SECONDS = 30;

/** Posts, and again when it was surely not posted. */
export async function deliver(url: string | undefined, variable: string, message: SlackMessage): Promise<Outcome> {
  if (!url) {
    return { kind: 'refused', reason: `'${variable}' must hold the webhook URL, got: nothing` };
  }
  const checked = checkWebhookUrl(url);
  for (let attempt = 1; ; attempt++) {
    const outcome = await post(checked, message);
    const wait = outcome.kind === 'later' ? (outcome.afterSeconds ?? attempt) : undefined;
    if (wait === undefined || attempt === ATTEMPTS || wait > PATIENCE_SECONDS) {
      return outcome;
    }
    await new Promise((resolve) => setTimeout(resolve, wait * 1000));
  }
}
