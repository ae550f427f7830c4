/** Every kind of source, other channels, and decisions in Slack. */

import { Alarm, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { Repository } from 'aws-cdk-lib/aws-ecr';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { type App, Duration } from 'aws-cdk-lib/core';
import { SlackKind, SlackNotify, SlackRoute, SlackSeverity, SlackSource, WebhookUrl } from '../src';
import { stackWithService } from './stack';

export function build(): App {
  const { stack, service, webhookUrl } = stackWithService();
  const metric = new Metric({ namespace: 'App', metricName: 'Errors' });
  const alarm = new Alarm(stack, 'Alarm', { metric, threshold: 1, evaluationPeriods: 1 });
  const images = SlackSource.repository(Repository.fromRepositoryName(stack, 'Repository', 'team/app'));
  const secret = (id: string) => Secret.fromSecretNameV2(stack, id, `slack/${id}`);
  const parameter = StringParameter.fromSecureStringParameterAttributes(stack, 'Noise', {
    parameterName: '/slack/noise',
  });
  new SlackNotify(stack, 'Notify', {
    services: [service],
    sources: [SlackSource.alarm(alarm), images, SlackSource.pattern('builds', { source: ['aws.codebuild'] })],
    webhookUrl,
    routes: [
      SlackRoute.copyToChannel(WebhookUrl.fromSecret(secret('on-call'), 'url'), { severities: [SlackSeverity.ERROR] }),
      SlackRoute.toChannel(WebhookUrl.fromParameter(parameter), { sources: [images] }),
      SlackRoute.drop({ kinds: [SlackKind.DEPLOYMENT_STARTED] }),
    ],
    summaryInterval: Duration.minutes(5),
    approvals: {
      signingSecret: secret('signing-secret'),
      approvers: ['U012AB3CD'],
      approverGroups: ['S012AB3CD'],
      botToken: secret('bot-token'),
    },
  });
  return stack.node.root as App;
}
