import type { SlackMessage } from '../messages/slack-message';
import { type Outcome, post } from '../slack/post';
import { readWebhookUrl } from '../slack/read-webhook-url';
import type { ChannelRoute } from './routes';

/** A webhook takes about one message a second. */
const PACE_MILLISECONDS = 1_000;

const lastPosts = new Map<string, number>();

/** Posts to a route's channel, not faster than Slack allows, with the URL as it is now. */
export async function tell(route: ChannelRoute, message: SlackMessage): Promise<Outcome> {
  const url = await readWebhookUrl(route.webhook);
  await pace(url);
  const outcome = await post(url, message);
  if (outcome.kind !== 'refused') {
    return outcome;
  }
  // Refused for a URL that was replaced a moment ago: the new one is where it always is.
  const current = await readWebhookUrl(route.webhook, true);
  return current === url ? outcome : await post(current, message);
}

async function pace(url: string): Promise<void> {
  const wait = (lastPosts.get(url) ?? Number.NEGATIVE_INFINITY) + PACE_MILLISECONDS - Date.now();
  if (wait > 0) {
    await sleep(wait);
  }
  lastPosts.set(url, Date.now());
}

export function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
