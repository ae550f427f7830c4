import { APPROVAL_ACTIONS, type ApprovalValue } from '../../src/approval-contract';
import { Detail } from '../messages/aws-event';

/** Somebody pressed one of our buttons. */
export interface Click {
  readonly userId: string;
  readonly action: (typeof APPROVAL_ACTIONS)[keyof typeof APPROVAL_ACTIONS];
  readonly value: ApprovalValue;
  /** Where the answer goes. */
  readonly responseUrl: string;
  /** The message with the button, as Slack keeps it. */
  readonly blocks: unknown[];
  readonly text: string;
}

/** The click in the body of a request, or undefined when it is none of ours. */
export function readClick(body: string): Click | undefined {
  const payload = new Detail(parse(new URLSearchParams(body).get('payload') ?? ''));
  const [button] = payload.children('actions');
  const actionId = button?.text('action_id') ?? '';
  const value = new Detail(parse(button?.text('value') ?? ''));
  const responseUrl = payload.text('response_url');
  const userId = payload.child('user').text('id');
  const serviceDeploymentArn = value.text('serviceDeploymentArn');
  const hookId = value.text('hookId');
  if (!isAction(actionId) || !userId || !serviceDeploymentArn || !hookId || !isSlackUrl(responseUrl)) {
    return undefined;
  }
  return {
    userId,
    action: APPROVAL_ACTIONS[actionId],
    value: { serviceDeploymentArn, hookId },
    responseUrl,
    blocks: payload.child('message').list('blocks'),
    text: payload.child('message').text('text'),
  };
}

function isAction(id: string): id is keyof typeof APPROVAL_ACTIONS {
  return Object.hasOwn(APPROVAL_ACTIONS, id);
}

/** The answer goes to Slack only, whatever the payload says. */
function isSlackUrl(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  return url?.protocol === 'https:' && ['hooks.slack.com', 'hooks.slack-gov.com'].includes(url.host);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
