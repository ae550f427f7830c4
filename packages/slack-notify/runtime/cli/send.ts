import { describeError } from '../errors';
import { render } from '../messages/render';
import type { Outcome } from '../slack/post';
import { deliver } from './deliver';
import { readRun } from './github';
import { SEND_HELP } from './help';
import { parseSend, type SendOptions } from './parse-send';
import type { Terminal } from './run';
import { sendNotice } from './send-notice';

/** `slack-notify send`. A deployment does not fail because nobody heard of it, unless that is asked for. */
export async function send(args: string[], terminal: Terminal): Promise<number> {
  if (args.includes('--help')) {
    terminal.out(SEND_HELP);
    return 0;
  }
  const options = parseSend(args);
  const message = render(sendNotice(options, readRun(terminal.env)));
  if (options.dryRun) {
    terminal.out(`${JSON.stringify(message, undefined, 2)}\n`);
    return 0;
  }
  const url = terminal.env[options.webhookUrlVariable];
  const outcome: Outcome = await deliver(url, options.webhookUrlVariable, message).catch((error) => ({
    kind: 'refused',
    reason: describeError(error).reason,
  }));
  say(outcome, message.text, options, terminal);
  return outcome.kind === 'delivered' || !options.strict ? 0 : 1;
}

function say(outcome: Outcome, text: string, { json, strict }: SendOptions, terminal: Terminal) {
  const reason = outcome.kind === 'delivered' ? undefined : outcome.reason;
  if (json) {
    terminal.out(`${JSON.stringify({ sent: outcome.kind === 'delivered', outcome: outcome.kind, reason, text })}\n`);
  } else if (reason === undefined) {
    terminal.out(`Told Slack: ${text}\n`);
  }
  if (reason !== undefined) {
    const maybe = outcome.kind === 'unknown' ? 'Slack may not have been told' : 'Slack was not told';
    const words = `${maybe}: ${reason}`;
    // GitHub shows these on the page of the run, where a line of the log would be missed.
    const annotation = terminal.env.GITHUB_ACTIONS === 'true' && !json;
    if (annotation) {
      terminal.out(`::${strict ? 'error' : 'warning'} title=slack-notify::${escapeAnnotation(words)}\n`);
    } else {
      terminal.error(`${words}\n`);
    }
  }
}

function escapeAnnotation(text: string): string {
  return text.replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A');
}
