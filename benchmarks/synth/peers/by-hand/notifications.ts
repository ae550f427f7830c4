import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import type * as ecs from 'aws-cdk-lib/aws-ecs';
import * as events from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { config } from '../../../../apps/paebbl-viz/infra/config';

/** Events of the service and of alarms to Slack, in order, each once. The function's code is ours. */
export function addNotifications(
  scope: Construct,
  service: ecs.BaseService,
  alarms: cloudwatch.Alarm[],
  assets: string,
): void {
  const { serviceArn, cluster } = service;
  const kept = { encryption: sqs.QueueEncryption.SQS_MANAGED, enforceSSL: true, retentionPeriod: Duration.days(14) };
  const dead = new sqs.Queue(scope, 'DeadEvents', { ...kept, fifo: true, contentBasedDeduplication: true });
  const undelivered = new sqs.Queue(scope, 'Undelivered', kept);
  const visibilityTimeout = Duration.seconds(120);
  const queue = new sqs.Queue(scope, 'Events', {
    ...kept,
    fifo: true,
    contentBasedDeduplication: true,
    visibilityTimeout,
    deadLetterQueue: { queue: dead, maxReceiveCount: 15 },
  });
  const bursts = new sqs.Queue(scope, 'Bursts', {
    ...kept,
    visibilityTimeout,
    deadLetterQueue: { queue: undelivered, maxReceiveCount: 15 },
  });
  const patterns: Record<string, events.EventPattern> = {
    Deployments: {
      source: ['aws.ecs'],
      detailType: ['ECS Deployment State Change', 'ECS Service Action'],
      resources: [serviceArn],
    },
    Tasks: {
      source: ['aws.ecs'],
      detailType: ['ECS Task State Change'],
      detail: {
        clusterArn: [cluster.clusterArn],
        group: [`service:${service.serviceName}`],
        lastStatus: ['STOPPED'],
      },
    },
    ...Object.fromEntries(
      alarms.map((alarm) => [
        `Alarm${alarm.node.id}`,
        {
          source: ['aws.cloudwatch'],
          detailType: ['CloudWatch Alarm State Change'],
          resources: [alarm.alarmArn],
        },
      ]),
    ),
  };
  for (const [id, eventPattern] of Object.entries(patterns)) {
    new events.Rule(scope, `${id}Rule`, {
      eventPattern,
      targets: [new SqsQueue(queue, { messageGroupId: id, deadLetterQueue: undelivered })],
    });
  }
  const table = new dynamodb.TableV2(scope, 'Told', {
    partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING },
    timeToLiveAttribute: 'expires',
    removalPolicy: RemovalPolicy.DESTROY,
  });
  const handler = new lambda.Function(scope, 'Post', {
    code: lambda.Code.fromAsset(`${assets}/post-event`),
    handler: 'index.handler',
    runtime: lambda.Runtime.NODEJS_22_X,
    architecture: lambda.Architecture.ARM_64,
    memorySize: 256,
    timeout: Duration.seconds(60),
    logGroup: new logs.LogGroup(scope, 'PostLog', {
      retention: logs.RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    }),
  });
  const webhook = Secret.fromSecretNameV2(scope, 'Webhook', config.slack.webhookSecretName);
  webhook.grantRead(handler);
  handler.addEnvironment(
    'NOTIFY_CONFIG',
    Stack.of(scope).toJsonString({
      webhook: webhook.secretArn,
      tableName: table.tableName,
      burstQueueUrl: bursts.queueUrl,
      deadLetterQueueUrl: dead.queueUrl,
    }),
  );
  table.grant(handler, 'dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem');
  for (const one of [dead, bursts]) {
    one.grantSendMessages(handler);
  }
  for (const one of [queue, bursts]) {
    handler.addEventSource(new SqsEventSource(one, { batchSize: 5, reportBatchItemFailures: true }));
  }
  new cloudwatch.Alarm(scope, 'NotTold', {
    metric: new cloudwatch.MathExpression({
      expression: 'm0 + m1',
      usingMetrics: {
        m0: dead.metricApproximateNumberOfMessagesVisible(),
        m1: undelivered.metricApproximateNumberOfMessagesVisible(),
      },
    }),
    threshold: 1,
    evaluationPeriods: 1,
    treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
  });
}
