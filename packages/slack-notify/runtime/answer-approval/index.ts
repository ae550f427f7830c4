import type { LambdaFunctionURLEvent, LambdaFunctionURLResult } from 'aws-lambda';
import { APPROVAL_VARIABLE, type ApprovalConfig } from '../../src/approval-contract';
import { AwsError, callAws } from '../aws/call';
import { readSecret } from '../aws/read-secret';
import { describeError } from '../errors';
import { log } from '../post-event/log';
import { explainSlackError } from '../slack/explain-slack-error';
import { isFromSlack } from '../slack/verify-signature';
import { explainRefusal } from './explain-refusal';
import { mayApprove } from './may-approve';
import { type Click, readClick } from './read-click';
import { replaceButtons, whisper } from './reply';

/** A click on a button of a paused deployment: checked, done, and written into the channel. */
export async function handler(event: LambdaFunctionURLEvent): Promise<LambdaFunctionURLResult> {
  const config: ApprovalConfig = JSON.parse(process.env[APPROVAL_VARIABLE] ?? '{}');
  const body = Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8').toString();
  try {
    if (!isFromSlack(event.headers, body, await readSecret(config.signingSecretId))) {
      log('warn', 'a request that Slack did not sign');
      return { statusCode: 401 };
    }
    const click = readClick(body);
    if (!click) {
      log('warn', 'a signed request that is no click on a button of ours');
      return { statusCode: 200 };
    }
    await answer(config, click);
    return { statusCode: 200 };
  } catch (error) {
    log('error', 'the click was not answered', { ...describeError(error) });
    return { statusCode: 500 };
  }
}

async function answer(config: ApprovalConfig, click: Click): Promise<void> {
  const fields = { user: click.userId, action: click.action, deployment: click.value.serviceDeploymentArn };
  let allowed: boolean;
  try {
    allowed = await mayApprove(config, click.userId);
  } catch (error) {
    log('error', 'nobody knows whether they may decide', { ...fields, ...describeError(error) });
    await whisper(
      click,
      `It could not be checked whether you may decide, so nothing was done. ${explainSlackError(error)}`,
    );
    return;
  }
  if (!allowed) {
    log('warn', 'not allowed to decide', fields);
    await whisper(click, 'You are not among the people who decide about this deployment, so nothing was done.');
    return;
  }
  try {
    await callAws('ecs', 'ContinueServiceDeployment', { ...click.value, action: click.action });
  } catch (error) {
    log('warn', 'ECS refused', { ...fields, ...describeError(error) });
    await whisper(click, explainRefusal(error instanceof AwsError ? error.code : 'unknown error'));
    return;
  }
  log('info', 'decided', fields);
  await replaceButtons(click, new Date());
}
