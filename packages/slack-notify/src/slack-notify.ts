import * as path from 'node:path';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import type * as ecs from 'aws-cdk-lib/aws-ecs';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import * as logs from 'aws-cdk-lib/aws-logs';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import { Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { acknowledgeWildcards } from './acknowledge-wildcards';
import { CONFIG_VARIABLE, type NotifyConfig } from './event-contract';
import { EventQueue, FUNCTION_TIMEOUT } from './event-queue';
import { partsOf } from './service-parts';
import { SlackApprovals } from './slack-approvals';
import type { SlackNotifyProps } from './slack-notify-props';
import { checkSummaryInterval, sourcesOf } from './validate-props';

/**
 * Tells a Slack channel what happens to services, alarms and images, once and in order.
 *
 * Events go through a FIFO queue to a small function that posts to an incoming webhook. What cannot be told is kept in
 * a dead-letter queue, and an alarm says so.
 */
export class SlackNotify extends Construct implements iam.IGrantable {
  /** The function that posts. */
  public readonly handler: lambda.Function;
  /** Its log group. */
  public readonly logGroup: logs.LogGroup;
  /** Events on their way to the function. */
  public readonly queue: sqs.Queue;
  /** Events that could not be told, kept for 14 days. */
  public readonly deadLetterQueue: sqs.Queue;
  /** Remembers what was told, so that nothing is told twice. Nothing in it is older than 30 days. */
  public readonly table: dynamodb.TableV2;
  /** Goes off when an event could not be told. Slack may be what is broken, so tell someone by another way: `addAlarmAction`. */
  public readonly deadLetterAlarm: cloudwatch.Alarm;
  /** Answers the buttons, when there are any. */
  public readonly approvals?: SlackApprovals;
  /** The function's role. */
  public readonly grantPrincipal: iam.IPrincipal;

  /** @throws Error when there is no source, or one twice */
  public constructor(scope: Construct, id: string, props: SlackNotifyProps) {
    super(scope, id);
    const sources = sourcesOf(props);
    const services = sources.flatMap(({ ecsService }) => ecsService ?? []);
    const summaryInterval = checkSummaryInterval(props.summaryInterval ?? Duration.minutes(10));

    const events = new EventQueue(this, 'Queue', sources);
    this.queue = events.queue;
    this.deadLetterQueue = events.deadEvents;
    this.logGroup = new logs.LogGroup(this, 'Logs', {
      retention: logs.RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.table = this.createTable();
    this.handler = this.createFunction();
    this.grantPrincipal = this.handler.grantPrincipal;
    this.configure({
      routes: [
        ...(props.routes ?? []).map((route, at) => route._bind(`route${at}`, this.handler)),
        { name: 'default', webhook: props.webhookUrl.bind(this.handler) },
      ],
      tableName: this.table.tableName,
      burstQueueUrl: events.bursts.queueUrl,
      burstSeconds: summaryInterval.toSeconds(),
      deadLetterQueueUrl: this.deadLetterQueue.queueUrl,
      buttons: props.approvals !== undefined,
    });
    if (props.approvals) {
      this.approvals = new SlackApprovals(this, 'Approvals', { ...props.approvals, services });
    }
    this.table.grant(
      this.handler,
      'dynamodb:GetItem',
      'dynamodb:PutItem',
      'dynamodb:UpdateItem',
      'dynamodb:DeleteItem',
    );
    this.allowLookingUp(services);
    for (const queue of [this.deadLetterQueue, events.bursts]) {
      queue.grantSendMessages(this.handler);
    }
    // Few at a time: each message may wait for Slack, and all of them must fit into the function's timeout.
    for (const queue of [this.queue, events.bursts]) {
      this.handler.addEventSource(new SqsEventSource(queue, { batchSize: 5, reportBatchItemFailures: true }));
    }
    this.deadLetterAlarm = this.createAlarm([events.deadEvents, events.undelivered]);
  }

  private createTable() {
    const table = new dynamodb.TableV2(this, 'Table', {
      partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING },
      timeToLiveAttribute: 'expires',
      removalPolicy: RemovalPolicy.DESTROY,
    });
    Validations.of(table).acknowledge({
      id: 'AwsSolutions-DDB3',
      reason: 'It holds which messages were posted in the last days: there is nothing in it to go back to.',
    });
    return table;
  }

  private createFunction() {
    const role = new iam.Role(this, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
    // Its own log group only, instead of the managed policy for any log group.
    this.logGroup.grantWrite(role);
    const handler = new lambda.Function(this, 'Function', {
      description: 'Posts what happened to Slack',
      runtime: lambda.Runtime.NODEJS_22_X,
      architecture: lambda.Architecture.ARM_64,
      code: lambda.Code.fromAsset(path.join(__dirname, '..', 'assets', 'post-event')),
      handler: 'index.handler',
      // Twice the processor of the smallest size, for the same bill: most of the time is spent starting.
      memorySize: 256,
      timeout: FUNCTION_TIMEOUT,
      loggingFormat: lambda.LoggingFormat.JSON,
      logGroup: this.logGroup,
      role,
    });
    Validations.of(handler).acknowledge({
      id: 'AwsSolutions-L1',
      reason: 'Node 22 is what the bundle is built and tested for, and it is supported until April 2027.',
    });
    return handler;
  }

  /** Which images a deployment brings. */
  private allowLookingUp(services: ecs.IBaseService[]) {
    if (services.length === 0) {
      return;
    }
    const [deployments, revisions] = [partsOf(services, 'service-deployment'), partsOf(services, 'service-revision')];
    // Which one is in the task definition, which an imported service does not have.
    const repositories = Stack.of(this).formatArn({ service: 'ecr', resource: 'repository', resourceName: '*' });
    const allow = (action: string, resources: string[]) => new iam.PolicyStatement({ actions: [action], resources });
    const policy = new iam.Policy(this, 'LookUp', {
      statements: [
        allow(
          'ecs:ListServiceDeployments',
          services.map(({ serviceArn }) => serviceArn),
        ),
        allow('ecs:DescribeServiceDeployments', deployments),
        allow('ecs:DescribeServiceRevisions', revisions),
        allow('ecr:DescribeImages', [repositories]),
      ],
    });
    this.handler.role?.attachInlinePolicy(policy);
    acknowledgeWildcards(
      policy,
      [...deployments, ...revisions],
      'Each deployment of these services has ARNs of its own, which nobody knows before it starts.',
    );
    acknowledgeWildcards(
      policy,
      [repositories],
      'It reads the tags of images, of which one is the commit, and nothing else.',
    );
  }

  private configure(config: NotifyConfig) {
    this.handler.addEnvironment(CONFIG_VARIABLE, Stack.of(this).toJsonString(config));
  }

  private createAlarm(queues: sqs.Queue[]) {
    const usingMetrics = Object.fromEntries(
      queues.map((queue, at) => [
        `m${at}`,
        queue.metricApproximateNumberOfMessagesVisible({ period: Duration.minutes(1), statistic: 'max' }),
      ]),
    );
    return new cloudwatch.Alarm(this, 'DeadLetterAlarm', {
      alarmDescription: 'An event could not be told to Slack: see the messages in the dead-letter queues.',
      metric: new cloudwatch.MathExpression({
        expression: Object.keys(usingMetrics).join(' + '),
        label: 'events that could not be told',
        period: Duration.minutes(1),
        usingMetrics,
      }),
      threshold: 1,
      evaluationPeriods: 1,
      comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
    });
  }
}
