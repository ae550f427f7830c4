import { Template } from 'aws-cdk-lib/assertions';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { App, Stack } from 'aws-cdk-lib/core';
import { SlackNotify, type SlackNotifyProps, WebhookUrl } from '../src';

/** A stack with a service that exists already. */
export function stackWithService() {
  const stack = new Stack(new App(), 'Test', { env: { region: 'us-east-1', account: '111122223333' } });
  const service = ecs.BaseService.fromServiceArnWithCluster(
    stack,
    'Service',
    'arn:aws:ecs:us-east-1:111122223333:service/ecs-paebbl-cluster/app',
  );
  const webhookUrl = WebhookUrl.fromSecret(Secret.fromSecretNameV2(stack, 'Url', 'slack/webhook-url'));
  return { stack, service, webhookUrl };
}

/** The template of a `SlackNotify` for that service. */
export function synthesize(props: Partial<SlackNotifyProps> = {}) {
  const { stack, service, webhookUrl } = stackWithService();
  const notify = new SlackNotify(stack, 'Notify', { services: [service], webhookUrl, ...props });
  return { stack, notify, template: Template.fromStack(stack) };
}
