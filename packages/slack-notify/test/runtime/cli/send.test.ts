import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SEND_HELP } from '../../../runtime/cli/help';
import { SEND_FLAGS } from '../../../runtime/cli/parse-send';
import { answers, SlackServer } from '../lambda/slack-server';
import { WEBHOOK_PATH, WEBHOOK_URL } from '../lambda/world';
import { type Ended, slackNotify } from './run-cli';

let slack: SlackServer;
let ended: Ended;
beforeEach(async () => {
  slack = await SlackServer.start();
});
afterEach(async () => {
  await slack.stop();
  expect(ended.out + ended.error).not.toMatch(/not-a-real|hooks\.slack\.com\/services\/T0/);
});

async function send(args: string[], env: Record<string, string> = {}): Promise<Ended> {
  const origins = { 'https://hooks.slack.com': slack.origin };
  ended = await slackNotify(['send', ...args], { SLACK_WEBHOOK_URL: WEBHOOK_URL, ...env }, origins);
  return ended;
}

const folder = mkdtempSync(join(tmpdir(), 'slack-notify-'));
const event = join(folder, 'event.json');
writeFileSync(
  event,
  JSON.stringify({ head_commit: { message: 'Fix the axis @channel\n\nLong story', author: { name: 'Ana' } } }),
);
const GITHUB = {
  GITHUB_ACTIONS: 'true',
  GITHUB_SERVER_URL: 'https://github.com',
  GITHUB_REPOSITORY: 'paebbl/data-visualization-ops',
  GITHUB_RUN_ID: '42',
  GITHUB_RUN_ATTEMPT: '2',
  GITHUB_SHA: '4f2c1d7e0b5a69788c9d0e1f2a3b4c5d6e7f8091',
  GITHUB_ACTOR: 'ben',
  GITHUB_WORKFLOW: 'deploy',
  GITHUB_REF_NAME: 'main',
  GITHUB_EVENT_PATH: event,
};

test('in a workflow of GitHub the status is all that has to be said', async () => {
  expect(await send(['--status', 'success'], GITHUB)).toMatchObject({
    code: 0,
    out: 'Told Slack: ✅ data-visualization-ops is deployed\n',
    error: '',
  });

  const [posted] = slack.channel;
  expect(posted?.path).toBe(WEBHOOK_PATH);
  const blocks = JSON.stringify(posted?.message.blocks);
  expect(blocks).toContain('4f2c1d7 Fix the axis');
  expect(blocks).toContain('*By*\\nAna');
  expect(blocks).toContain('<https://github.com/paebbl/data-visualization-ops/actions/runs/42/attempts/2|Run>');
  expect(blocks).not.toContain('Long story');
  expect(blocks).not.toContain('@channel');
});

test('what is said goes before what GitHub says', async () => {
  const args = ['--status', 'failure', '--service', 'app', '--environment', 'production', '--author', 'Cleo'];
  await send(
    [
      ...args,
      '--reason',
      'Rolled back.',
      '--seconds',
      '192',
      '--fact',
      'Image=sha256:7f5b',
      '--link',
      'Docs=https://a.b/c=d',
    ],
    GITHUB,
  );

  const message = slack.channel[0]?.message;
  expect(message?.text).toBe('🔴 app failed to deploy (production): Rolled back.');
  const blocks = JSON.stringify(message?.blocks);
  for (const part of ['*By*\\nCleo', '*Took*\\n3 min 12 s', '*Image*\\nsha256:7f5b', '<https://a.b/c=d|Docs>']) {
    expect(blocks).toContain(part);
  }
});

test('outputs that an earlier step left empty say nothing', async () => {
  const { code, out } = await send([
    '--status',
    'success',
    '--service',
    'app',
    '--seconds',
    '',
    '--reason',
    '',
    '--dry-run',
  ]);

  expect(code).toBe(0);
  expect(JSON.parse(out).blocks).toHaveLength(1);
});

test('a dry run shows the message and sends nothing', async () => {
  const { code, out } = await send(['--status', 'cancelled', '--service', 'app', '--dry-run']);

  expect(code).toBe(0);
  expect(JSON.parse(out).text).toBe('⚠️ app was not deployed: cancelled');
  expect(slack.requests).toBe(0);
});

test.each([
  ['warns and does not fail the deployment', [], 0, '::warning title=slack-notify::'],
  ['fails when that was asked for', ['--strict'], 1, '::error title=slack-notify::'],
])('a message that Slack refuses %s', async (_name, args, code, annotation) => {
  slack.script.push(answers.refuse(404, 'no_service'));

  expect(await send(['--status', 'success', ...args], GITHUB)).toMatchObject({
    code,
    out: `${annotation}Slack was not told: Slack answered 404 no_service\n`,
  });
});

test('away from GitHub the warning goes to the error stream', async () => {
  slack.script.push(answers.refuse(503, 'down'));

  expect(await send(['--status', 'success'])).toMatchObject({
    code: 0,
    out: '',
    error: 'Slack may not have been told: Slack answered 503 down\n',
  });
  expect(slack.requests).toBe(1);
});

test('a busy Slack is waited for', async () => {
  slack.script.push(answers.refuse(429, 'rate_limited', { 'retry-after': '1' }));

  expect(await send(['--status', 'success'])).toMatchObject({ code: 0, error: '' });
  expect(slack.channel).toHaveLength(1);
});

test('a Slack that stays busy is asked three times', async () => {
  const busy = answers.refuse(429, 'rate_limited', { 'retry-after': '0' });
  slack.script.push(busy, busy, busy);

  expect(await send(['--status', 'success'])).toMatchObject({
    code: 0,
    out: '',
    error: expect.stringContaining('429'),
  });
  expect(slack.requests).toBe(3);
});

test('a pipeline does not wait for more than half a minute', async () => {
  slack.script.push(answers.refuse(429, 'rate_limited', { 'retry-after': '31' }));

  expect(await send(['--status', 'success', '--strict'])).toMatchObject({ code: 1, out: '' });
  expect(slack.requests).toBe(1);
});

test('machines read that it was told', async () => {
  const { code, out } = await send(['--status', 'success', '--service', 'app', '--json', '--strict']);

  expect(code).toBe(0);
  expect(JSON.parse(out)).toEqual({ sent: true, outcome: 'delivered', text: '✅ app is deployed' });
});

test('machines read what happened', async () => {
  slack.script.push(answers.refuse(410, 'channel_is_archived'));
  const { out } = await send(['--status', 'success', '--service', 'app', '--json'], GITHUB);

  expect(JSON.parse(out)).toEqual({
    sent: false,
    outcome: 'refused',
    reason: 'Slack answered 410 channel_is_archived',
    text: '✅ app is deployed',
  });
});

test.each([
  ['', "'SLACK_WEBHOOK_URL' must hold the webhook URL, got: nothing"],
  [
    'not a URL not-a-real',
    "'webhook URL' must be a URL like https://hooks.slack.com/services/T…/B…/…, got: 20 characters that are none",
  ],
  [
    'https://example.com/services/T1/B1/not-a-real',
    "'webhook URL' must be at hooks.slack.com or hooks.slack-gov.com, got: another host",
  ],
  ['http://hooks.slack.com/services/T1/B1/not-a-real', "'webhook URL' must start with https:, got: 'http:'"],
  ['https://hooks.slack.com/not-a-real', "'webhook URL' must have the path /services/T…/B…/…, got: another path"],
])('a wrong URL is explained without being shown (%#)', async (url, reason) => {
  expect(await send(['--status', 'success', '--strict'], { SLACK_WEBHOOK_URL: url })).toMatchObject({
    code: 1,
    error: `Slack was not told: ${reason}\n`,
  });
});

test.each<[string[], string]>([
  [[], "'--status' must be one of success, failure, cancelled, started, got: nothing"],
  [['--status', 'great'], "'--status' must be one of success, failure, cancelled, started, got: 'great'"],
  [['--status', 'success', '--seconds', 'long'], "'--seconds' must be a number, got: 'long'"],
  [['--status', 'success', '--link', 'nowhere'], "'--link' must have the form TEXT=URL, got: 'nowhere'"],
  [['--status', 'success', '--colour'], "Unknown option '--colour'"],
  [
    ['--status', 'success', '--webhook-url-env', WEBHOOK_URL],
    "'--webhook-url-env' must be the name of an environment variable, got: something else",
  ],
  [['--status', 'success', WEBHOOK_URL], "Unexpected argument '(a secret)'"],
  [['--status', `is ${WEBHOOK_URL}`], "got: 'is (a secret)'"],
])('a command that is not understood ends with 2 (%#)', async (args, message) => {
  const { code, error } = await send(args);

  expect(code).toBe(2);
  expect(error).toContain(message);
  expect(slack.requests).toBe(0);
});

test('a URL in the place of the command is not shown', async () => {
  ended = await slackNotify([WEBHOOK_URL, WEBHOOK_PATH]);

  expect(ended).toMatchObject({ code: 2, error: expect.stringContaining("got: '(a secret) (a secret)'") });
});

test.each(Object.keys(SEND_FLAGS))('--help tells about --%s', async (flag) => {
  expect(SEND_HELP).toMatch(new RegExp(`^  --${flag} `, 'm'));
});

test('an event file that cannot be read costs the title of the commit only', async () => {
  await send(['--status', 'success'], { ...GITHUB, GITHUB_EVENT_PATH: join(folder, 'missing.json') });

  expect(JSON.stringify(slack.channel[0]?.message)).toContain('*By*\\nben');
  expect(readFileSync(event, 'utf8')).toContain('Long story');
});
