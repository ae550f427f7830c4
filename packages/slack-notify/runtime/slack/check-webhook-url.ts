import { NotifyError } from '../errors';

const HOSTS = ['hooks.slack.com', 'hooks.slack-gov.com'];

/**
 * The URL, when it can only be one of Slack's incoming webhooks.
 *
 * @throws NotifyError that says what is wrong, without the URL
 */
export function checkWebhookUrl(value: string): string {
  const text = value.trim();
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const wrong = (rule: string, got: string) =>
    new NotifyError('bad_webhook_url', `'webhook URL' must ${rule}, got: ${got}`);
  if (!url) {
    throw wrong('be a URL like https://hooks.slack.com/services/T…/B…/…', `${text.length} characters that are none`);
  }
  if (url.protocol !== 'https:') {
    throw wrong('start with https:', `'${url.protocol}'`);
  }
  if (!HOSTS.includes(url.host) || url.username || url.password) {
    throw wrong(`be at ${HOSTS.join(' or ')}`, 'another host');
  }
  if (!/^\/services\/[^/]+\/[^/]+\/[^/]+$/.test(url.pathname)) {
    throw wrong('have the path /services/T…/B…/…', 'another path');
  }
  return url.href;
}
