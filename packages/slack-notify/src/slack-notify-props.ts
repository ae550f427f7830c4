import type * as ecs from 'aws-cdk-lib/aws-ecs';
import type { Duration } from 'aws-cdk-lib/core';
import type { SlackApprovalsOptions } from './slack-approvals';
import type { SlackRoute } from './slack-route';
import type { SlackSource } from './slack-source';
import type { WebhookUrl } from './webhook-url';

/** Properties of `SlackNotify`. */
export interface SlackNotifyProps {
  /** Where the URL of the channel's incoming webhook is kept. */
  readonly webhookUrl: WebhookUrl;

  /**
   * ECS services whose deployments and dead tasks are told. Short for a `SlackSource.service` each.
   *
   * @default - none
   */
  readonly services?: ecs.IBaseService[];

  /**
   * Whatever else is told.
   *
   * @default - none
   */
  readonly sources?: SlackSource[];

  /**
   * Messages that go to another channel or to none. The first route that fits takes a message; what none takes goes to
   * `webhookUrl`.
   *
   * @default - everything goes to `webhookUrl`
   */
  readonly routes?: SlackRoute[];

  /**
   * How long alike events (a task that dies again and again) are counted before one message sums them up and tells the
   * last of them. The first is told at once. From 1 to 15 minutes, the longest delay of SQS.
   *
   * @default Duration.minutes(10)
   */
  readonly summaryInterval?: Duration;

  /**
   * Who may continue or stop a paused deployment of `services`, and of services in `sources`, with a button in Slack.
   *
   * @default - a paused deployment is told without buttons
   */
  readonly approvals?: SlackApprovalsOptions;
}
