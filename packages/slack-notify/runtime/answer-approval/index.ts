import type { LambdaFunctionURLEvent, LambdaFunctionURLResult } from 'aws-lambda';
import { APPROVAL_VARIABLE, type ApprovalConfig } from '../../src/approval-contract';
import { AwsError, callAws } from '../aws/call';
import { readSecret } from '../aws/read-secret';
import { describeError } from '../errors';
import { log } from '../post-event/log';
import { isFromSlack } from '../slack/verify-signature';
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
  if (!(await mayApprove(config, click.userId))) {
    log('warn', 'not allowed to decide', fields);
    await whisper(click, 'You are not among the people who decide about this deployment, so nothing was done.');
    return;
  }
  try {
    await callAws('ecs', 'ContinueServiceDeployment', { ...click.value, action: click.action });
  } catch (error) {
    // Most often somebody else was quicker, or its time was up.
    log('warn', 'ECS refused', { ...fields, ...describeError(error) });
    const code = error instanceof AwsError ? error.code : 'unknown error';
    await whisper(click, `ECS refused (${code}): the deployment may have been decided already. Nothing was done.`);
    return;
  }
  log('info', 'decided', fields);
  await replaceButtons(click, new Date());
}
