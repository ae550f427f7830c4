import { CHANNEL_HELP, HELP, SEND_HELP } from '../../../runtime/cli/help';
import { run } from '../../../runtime/cli/run';

/** One command line, with nothing of Slack within reach. */
async function commandLine(args: string[], env: NodeJS.ProcessEnv = {}) {
  const ended = { code: 0, out: '', error: '' };
  const write = (stream: 'out' | 'error') => (text: string) => {
    ended[stream] += text;
  };
  ended.code = await run(args, { env, out: write('out'), error: write('error') });
  return ended;
}

test.each([
  [[], 2, HELP],
  [['help'], 0, HELP],
  [['--help'], 0, HELP],
  [['send', '--help'], 0, SEND_HELP],
  [['send', '--status', 'nonsense', '--help'], 0, SEND_HELP],
  [['channel', '--help'], 0, CHANNEL_HELP],
  [['channel', 'ensure', '--help'], 0, CHANNEL_HELP],
])('%j explains itself and ends with %d', async (args, code, out) => {
  expect(await commandLine(args)).toEqual({ code, out, error: '' });
});

test.each([
  [['tell'], 'tell'],
  [['tell', '--help'], 'tell --help'],
  [['tell', 'ensure', '--name', 'viz'], 'tell ensure'],
  [['channel'], 'channel'],
  [['channel', 'delete', '--name', 'viz'], 'channel delete'],
])('%j is no command', async (args, shown) => {
  expect(await commandLine(args)).toEqual({
    code: 2,
    out: '',
    error: `'command' must be 'send' or 'channel ensure', got: '${shown}'\nTry 'slack-notify --help'.\n`,
  });
});

test('an error that nobody foresaw is told by its kind and place, not by its words, which may quote a secret', async () => {
  const env = new Proxy({} as NodeJS.ProcessEnv, {
    get() {
      throw new TypeError('xoxb-not-a-real-token is what it says');
    },
  });
  const { code, out, error } = await commandLine(['channel', 'ensure', '--name', 'viz'], env);
  expect(code).toBe(1);
  expect(out).toBe('');
  expect(error).toMatch(/^TypeError at .*run\.test\.ts.*\n$/);
});

test('a token that is not there is told, and spaces around one are not its own', async () => {
  const ensure = ['channel', 'ensure', '--name', 'viz'];
  expect((await commandLine(ensure)).error).toContain("'SLACK_BOT_TOKEN' must be a bot's token (xoxb-…), got: nothing");
  expect((await commandLine(ensure, { SLACK_BOT_TOKEN: '  ' })).error).toContain('got: nothing');
});

test('a URL that is not there is told with its variable, on the page of the run', async () => {
  const env = { GITHUB_ACTIONS: 'true' };
  const { code, out } = await commandLine(['send', '--status', 'success', '--webhook-url-env', 'OPS_URL'], env);
  expect(code).toBe(0);
  expect(out).toBe(
    "::warning title=slack-notify::Slack was not told: 'OPS_URL' must hold the webhook URL, got: nothing\n",
  );
});
