import { ErrorCode } from '@slack/web-api';
import { explainRefusal } from '../../runtime/answer-approval/explain-refusal';
import { NotifyError } from '../../runtime/errors';
import { explainSlackError } from '../../runtime/slack/explain-slack-error';

const MAYBE = (code: string) =>
  `ECS did not answer (${code}) and may have acted all the same: look at the deployment before you click again.`;
const DENIED = (code: string) =>
  `These buttons may not decide about this service (${code}): its \`approvals\` do not cover it. Nothing was done.`;
const BUSY = (code: string) => `ECS is too busy (${code}): click again in a minute. Nothing was done.`;
const REFUSED = (code: string) =>
  `ECS refused (${code}): the deployment may have been decided already. Nothing was done.`;

test.each([
  ...['NoAnswer', 'ServerException', 'InternalServerError', 'InternalServer', '500', '503'].map((code) => [
    code,
    MAYBE,
  ]),
  ...['AccessDenied', 'AccessDeniedException', 'UnrecognizedClientException'].map((code) => [code, DENIED]),
  ...['ThrottlingException', 'TooManyRequestsException', 'TooManyRequests', '429'].map((code) => [code, BUSY]),
  ...['InvalidParameterException', 'unknown error'].map((code) => [code, REFUSED]),
  // What only looks like one of the others.
  ...['NoAnswers', 'MyServerException', '5000', '5x3', '50x', 'NotAccessDenied', 'AccessDeniedToo'].map((code) => [
    code,
    REFUSED,
  ]),
  ...['MyThrottlingException', 'ThrottlingExceptions', '1429'].map((code) => [code, REFUSED]),
] as [string, (code: string) => string][])('%s is explained to the person who clicked', (code, words) => {
  expect(explainRefusal(code)).toBe(words(code));
});

const platform = (data: object) => ({ code: ErrorCode.PlatformError, data });

test.each([
  ['invalid_auth', 'the token is not valid: copy the bot token of the app again'],
  ['not_authed', 'the token is not valid: copy the bot token of the app again'],
  ['token_revoked', 'the app was removed from the workspace, or the token was replaced'],
  ['account_inactive', 'the app was removed from the workspace, or the token was replaced'],
  ['name_taken', 'a channel of that name is there, but the bot cannot see it: it is private or of another workspace'],
  ['restricted_action', 'an administrator keeps apps from doing that'],
  ['is_archived', 'the channel is archived: a person has to bring it back'],
  ['users_not_found', 'nobody in the workspace has that address'],
])("Slack's %s is told in plain words", (error, meaning) => {
  expect(explainSlackError(platform({ error }))).toBe(`Slack refused: ${error} (${meaning})`);
});

test('a word that is not known is told as it is', () => {
  expect(explainSlackError(platform({ error: 'odd_new_error' }))).toBe('Slack refused: odd_new_error');
});

test('the scope that is missing is told with what to do', () => {
  expect(explainSlackError(platform({ error: 'missing_scope', needed: 'users:read' }))).toBe(
    "The bot lacks the scope users:read: add it at https://api.slack.com/apps under 'OAuth & Permissions', install the app again and use its new token.",
  );
});

test.each([
  [{ code: ErrorCode.RequestError }, 'Slack could not be asked: slack_webapi_request_error'],
  [{ code: ErrorCode.RequestError, data: { error: 'x' } }, 'Slack could not be asked: slack_webapi_request_error'],
  ['no object at all', 'Slack could not be asked: unknown error'],
  [{ code: ErrorCode.PlatformError }, `Slack could not be asked: ${ErrorCode.PlatformError}`],
  [undefined, 'Slack could not be asked: unknown error'],
])('%j is no answer of Slack', (error, words) => {
  expect(explainSlackError(error)).toBe(words);
});

test('an error of ours speaks for itself', () => {
  expect(explainSlackError(new NotifyError('archived', '#viz is archived.'))).toBe('#viz is archived.');
});
