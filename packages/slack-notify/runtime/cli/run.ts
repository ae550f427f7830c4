import { describeError } from '../errors';
import { channelEnsure } from './channel-ensure';
import { CHANNEL_HELP, HELP } from './help';
import { send } from './send';
import { UsageError } from './usage-error';

/** What a command sees of the machine. */
export interface Terminal {
  readonly env: NodeJS.ProcessEnv;
  out(text: string): void;
  error(text: string): void;
}

/** One command line: returns the exit code. */
export async function run(args: string[], terminal: Terminal): Promise<number> {
  const [command, ...rest] = args;
  try {
    if (command === 'send') {
      return await send(rest, terminal);
    }
    if (command === 'channel' && rest[0] === 'ensure') {
      return await channelEnsure(rest.slice(1), terminal);
    }
    if (command === 'channel' && rest[0] === '--help') {
      terminal.out(CHANNEL_HELP);
      return 0;
    }
    if (command === undefined || command === '--help' || command === 'help') {
      terminal.out(HELP);
      return command === undefined ? 2 : 0;
    }
    throw new UsageError(`'command' must be 'send' or 'channel ensure', got: '${args.slice(0, 2).join(' ')}'`);
  } catch (error) {
    if (error instanceof UsageError) {
      terminal.error(`${error.message}\nTry 'slack-notify --help'.\n`);
      return 2;
    }
    const { reason, at } = describeError(error);
    terminal.error(`${[reason, at].filter(Boolean).join(' ')}\n`);
    return 1;
  }
}
