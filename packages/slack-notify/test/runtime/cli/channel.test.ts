import { CHANNEL_HELP } from '../../../runtime/cli/help';
import { CHANNEL_FLAGS } from '../../../runtime/cli/parse-channel';
import { SlackApi } from '../lambda/slack-api';
import { type Ended, slackNotify } from './run-cli';

const TOKEN = 'xoxb-not-a-real-token';

let api: SlackApi;
let ended: Ended;
beforeEach(async () => {
  api = await SlackApi.start();
  api.handles['data-scientists'] = 'SDATA';
  api.handles['platform-team'] = 'SPLATFORM';
  api.groups.SDATA = ['U1', 'U2'];
  api.groups.SPLATFORM = ['U2', 'U3'];
});
afterEach(async () => {
  await api.stop();
  expect(ended.out + ended.error).not.toContain('not-a-real');
});

async function ensure(args: string[], env: Record<string, string> = {}): Promise<Ended> {
  const origins = { 'https://slack.com': api.origin };
  ended = await slackNotify(['channel', 'ensure', ...args], { SLACK_BOT_TOKEN: TOKEN, ...env }, origins);
  return ended;
}

const ALL = [
  '--name',
  'viz',
  '--invite-group',
  'data-scientists',
  '--invite-group',
  '@platform-team',
  '--purpose',
  'Deployments',
];

test('a channel that is not there is made, and everyone in the groups is invited once', async () => {
  api.addChannel('general');

  expect(await ensure(ALL)).toMatchObject({
    code: 0,
    out: 'Done: made the public channel #viz\nDone: set the purpose\nDone: invited 3 people\n#viz (C2) is as it should be.\n',
  });
  expect([...(api.channels[1]?.members ?? [])]).toEqual(['UBOT', 'U1', 'U2', 'U3']);
  expect(api.channels[1]?.purpose).toBe('Deployments');
});

test('the second time there is nothing to do', async () => {
  await ensure(ALL);

  expect((await ensure(ALL)).out).toBe('Nothing to do\n#viz (C1) is as it should be.\n');
  expect(api.calls.filter((call) => /create|invite|setPurpose|join/.test(call))).toHaveLength(3);
});

test('only who is missing is invited, into a channel on a later page, after joining it', async () => {
  api.addChannel('general');
  api.addChannel('viz', ['U1', 'U2']);

  const { out } = await ensure([...ALL, '--json']);
  expect(JSON.parse(out)).toEqual({ channelId: 'C2', steps: ['joined #viz', 'set the purpose', 'invited 1 person'] });
  expect([...(api.channels[1]?.members ?? [])]).toEqual(['U1', 'U2', 'UBOT', 'U3']);
});

test('a dry run changes nothing', async () => {
  const { out } = await ensure([...ALL, '--dry-run']);
  expect(out).toContain('Would do: made the public channel #viz\n');
  expect(out).toMatch(/\n#viz is not yet as it should be\.\n$/);
  expect(api.channels).toEqual([]);
});

test('a dry run with nothing left to do says that all is well', async () => {
  await ensure(ALL);

  expect((await ensure([...ALL, '--dry-run'])).out).toBe('Nothing to do\n#viz (C1) is as it should be.\n');
});

test('a private channel is made, and found again', async () => {
  const args = ['--name', 'viz', '--private'];
  expect((await ensure(args)).out).toBe('Done: made the private channel #viz\n#viz (C1) is as it should be.\n');
  expect(api.channels[0]?.is_private).toBe(true);
  expect((await ensure(args)).out).toBe('Nothing to do\n#viz (C1) is as it should be.\n');
});

test('who is not asked to set a purpose keeps the one that is there', async () => {
  api.addChannel('viz', ['UBOT']).purpose = 'Of people';

  expect((await ensure(['--name', 'viz'])).out).toBe('Nothing to do\n#viz (C1) is as it should be.\n');
  expect(api.channels[0]?.purpose).toBe('Of people');
  expect(api.calls).not.toContain('usergroups.list');
});

test('Slack takes a hundred people in one invitation', async () => {
  const people = Array.from({ length: 101 }, (_, number) => `UMANY${number}`);
  api.groups.SDATA = people;

  await ensure(['--name', 'viz', '--invite-group', 'data-scientists']);
  expect(api.invitations).toEqual([people.slice(0, 100), people.slice(100)]);

  api.addChannel('night', ['UBOT']);
  api.groups.SDATA = people.slice(1);
  await ensure(['--name', 'night', '--invite-group', 'data-scientists']);
  expect(api.invitations.slice(2)).toEqual([people.slice(1)]);
});

test('a workspace without groups says that there are none', async () => {
  delete api.handles['data-scientists'];
  delete api.handles['platform-team'];

  expect((await ensure(['--name', 'viz', '--invite-group', 'data'])).error).toBe(
    "'--invite-group' must be one of no groups, got: 'data'\n",
  );
});

test('a person is invited by address', async () => {
  api.emails['ana@example.com'] = 'UANA';
  await ensure(['--name', 'viz', '--invite-email', 'ana@example.com']);

  expect([...(api.channels[0]?.members ?? [])]).toEqual(['UBOT', 'UANA']);
});

test('the scope that is missing is named, with what to do', async () => {
  api.refusing.set('usergroups.list', { error: 'missing_scope', needed: 'usergroups:read', provided: 'channels:read' });

  const { code, error } = await ensure(ALL);
  expect(code).toBe(1);
  expect(error).toContain('The bot lacks the scope usergroups:read: add it at https://api.slack.com/apps');
});

test.each([
  ['conversations.create', 'name_taken', 'the bot cannot see it'],
  ['conversations.list', 'invalid_auth', 'the token is not valid'],
  ['conversations.invite', 'odd_new_error', 'Slack refused: odd_new_error\n'],
])('when %s answers %s it says what that means', async (method, word, meaning) => {
  api.refusing.set(method, { error: word });

  const { code, error } = await ensure(ALL);
  expect(code).toBe(1);
  expect(error).toContain(meaning);
});

test('machines read why it failed', async () => {
  api.refusing.set('conversations.list', { error: 'invalid_auth' });

  const { code, out, error } = await ensure([...ALL, '--json']);
  expect(code).toBe(1);
  expect(JSON.parse(out)).toEqual({ error: error.trim() });
  expect((await ensure(ALL)).out).toBe('');
});

test('a group that is not there is answered with those that are', async () => {
  expect(await ensure(['--name', 'viz', '--invite-group', 'data'])).toMatchObject({
    code: 1,
    error: "'--invite-group' must be one of data-scientists, platform-team, got: 'data'\n",
  });
  expect(api.channels).toEqual([]);
});

test('a token in the place of a group is not shown', async () => {
  expect((await ensure(['--name', 'viz', '--invite-group', TOKEN])).error).toContain("got: '(a secret)'");
});

test('an archived channel is left to people', async () => {
  api.addChannel('viz').is_archived = true;

  expect(await ensure(ALL)).toMatchObject({ code: 1, error: '#viz is archived: a person has to bring it back.\n' });
});

test.each<[string[], Record<string, string>, string]>([
  [
    ['--name', 'Viz Team'],
    {},
    "'--name' must be at most 80 lower case letters, digits, hyphens and underscores, got: 'Viz Team'",
  ],
  [['--name', 'viz', '--purpose', 'x'.repeat(251)], {}, "'--purpose' must have at most 250 characters, got: 251"],
  [['--name', 'viz'], { SLACK_BOT_TOKEN: '' }, "'SLACK_BOT_TOKEN' must be a bot's token (xoxb-…), got: nothing"],
  [['--name', 'viz'], { SLACK_BOT_TOKEN: 'xoxp-not-a-real' }, 'got: something else'],
  [['--name', 'viz', TOKEN], {}, "Unexpected argument '(a secret)'"],
  [['--name', `${TOKEN}-ABC`], {}, "got: '(a secret)'"],
])('a command that is not understood ends with 2 (%#)', async (args, env, message) => {
  const { code, error } = await ensure(args, env);

  expect(code).toBe(2);
  expect(error).toContain(message);
});

test.each([[['channel', '--help']], [['channel', 'ensure', '--help']]])('%j explains the command', async (args) => {
  ended = await slackNotify(args);

  expect(ended).toEqual({ code: 0, out: CHANNEL_HELP, error: '' });
});

test.each(Object.keys(CHANNEL_FLAGS))('--help tells about --%s', (flag) => {
  expect(CHANNEL_HELP).toMatch(new RegExp(`^  --${flag} `, 'm'));
  ended = { code: 0, out: '', error: '' };
});
