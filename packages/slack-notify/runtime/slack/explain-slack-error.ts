import { ErrorCode, type WebAPIPlatformError } from '@slack/web-api';
import { NotifyError } from '../errors';

const MEANINGS: Record<string, string> = {
  invalid_auth: 'the token is not valid: copy the bot token of the app again',
  not_authed: 'the token is not valid: copy the bot token of the app again',
  token_revoked: 'the app was removed from the workspace, or the token was replaced',
  account_inactive: 'the app was removed from the workspace, or the token was replaced',
  name_taken: 'a channel of that name is there, but the bot cannot see it: it is private or of another workspace',
  restricted_action: 'an administrator keeps apps from doing that',
  is_archived: 'the channel is archived: a person has to bring it back',
  users_not_found: 'nobody in the workspace has that address',
};

/** Slack's refusal in plain words, with what to do. Never with the token. */
export function explainSlackError(error: unknown): string {
  if (error instanceof NotifyError) {
    return error.message;
  }
  const { code, data } = Object(error) as Partial<WebAPIPlatformError>;
  if (code !== ErrorCode.PlatformError || !data) {
    return `Slack could not be asked: ${String(code ?? 'unknown error')}`;
  }
  const { error: word, needed } = data as { error: string; needed?: string };
  if (word === 'missing_scope') {
    return `The bot lacks the scope ${needed}: add it at https://api.slack.com/apps under 'OAuth & Permissions', install the app again and use its new token.`;
  }
  return `Slack refused: ${word}${MEANINGS[word] ? ` (${MEANINGS[word]})` : ''}`;
}
