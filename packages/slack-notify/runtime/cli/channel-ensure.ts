import { LogLevel, WebClient } from '@slack/web-api';
import { ensureChannel } from '../slack/ensure-channel';
import { explainSlackError } from '../slack/explain-slack-error';
import { CHANNEL_HELP } from './help';
import { parseChannel } from './parse-channel';
import type { Terminal } from './run';
import { UsageError } from './usage-error';

/** `slack-notify channel ensure`. */
export async function channelEnsure(args: string[], terminal: Terminal): Promise<number> {
  if (args.includes('--help')) {
    terminal.out(CHANNEL_HELP);
    return 0;
  }
  const options = parseChannel(args);
  const token = terminal.env.SLACK_BOT_TOKEN?.trim();
  if (!token?.startsWith('xoxb-')) {
    throw new UsageError(
      `'SLACK_BOT_TOKEN' must be a bot's token (xoxb-…), got: ${token ? 'something else' : 'nothing'}`,
    );
  }
  const client = new WebClient(token, { retryConfig: { retries: 3 }, timeout: 15_000, logLevel: LogLevel.ERROR });
  try {
    const done = await ensureChannel(client, options);
    if (options.json) {
      terminal.out(`${JSON.stringify(done)}\n`);
    } else {
      const verb = options.dryRun ? 'Would do' : 'Done';
      const steps = done.steps.length > 0 ? done.steps.map((step) => `${verb}: ${step}`) : ['Nothing to do'];
      const channel = `#${options.name}${done.channelId ? ` (${done.channelId})` : ''}`;
      const pending = options.dryRun && done.steps.length > 0;
      terminal.out(`${steps.join('\n')}\n${channel} is ${pending ? 'not yet ' : ''}as it should be.\n`);
    }
    return 0;
  } catch (error) {
    const reason = explainSlackError(error);
    if (options.json) {
      terminal.out(`${JSON.stringify({ error: reason })}\n`);
    }
    terminal.error(`${reason}\n`);
    return 1;
  }
}
