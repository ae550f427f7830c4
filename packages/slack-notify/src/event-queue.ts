import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Duration, Validations } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { SlackSource } from './slack-source';

/** How long a batch of messages may take. */
export const FUNCTION_TIMEOUT = Duration.seconds(60);

/** Half an hour of Slack being away, at two minutes each. */
const MAX_RECEIVES = 15;

/**
 * From EventBridge to the function: in order for each source, each event once, and never lost.
 *
 * EventBridge promises neither order nor exactly once. A FIFO queue drops an event that comes twice within five minutes,
 * and holds back the later ones of a source until the earlier one is told.
 */
export class EventQueue extends Construct {
  public readonly queue: sqs.Queue;
  /** Events that could not be told, in their order. */
  public readonly deadEvents: sqs.Queue;
  /** Reminders to sum up a burst, which come back after a while: a FIFO queue cannot delay single messages. */
  public readonly bursts: sqs.Queue;
  /** What EventBridge could not put into the queue, and reminders that failed. */
  public readonly undelivered: sqs.Queue;

  private readonly visibilityTimeout = Duration.seconds(2 * FUNCTION_TIMEOUT.toSeconds());

  public constructor(scope: Construct, id: string, sources: SlackSource[]) {
    super(scope, id);
    const kept = { encryption: sqs.QueueEncryption.SQS_MANAGED, enforceSSL: true, retentionPeriod: Duration.days(14) };
    this.deadEvents = new sqs.Queue(this, 'DeadEvents', { ...kept, fifo: true, contentBasedDeduplication: true });
    this.undelivered = new sqs.Queue(this, 'Undelivered', kept);
    Validations.of(this.undelivered).acknowledge({
      id: 'AwsSolutions-SQS3',
      reason: 'It is a dead-letter queue itself: of EventBridge, which has no other way to name one.',
    });
    this.queue = new sqs.Queue(this, 'Events', {
      ...kept,
      fifo: true,
      contentBasedDeduplication: true,
      // An event that two sources fit belongs to both; the function tells it once in each channel.
      deduplicationScope: sqs.DeduplicationScope.MESSAGE_GROUP,
      retentionPeriod: Duration.days(4),
      visibilityTimeout: this.visibilityTimeout,
      deadLetterQueue: { queue: this.deadEvents, maxReceiveCount: MAX_RECEIVES },
    });
    this.bursts = new sqs.Queue(this, 'Bursts', {
      ...kept,
      retentionPeriod: Duration.days(4),
      visibilityTimeout: this.visibilityTimeout,
      deadLetterQueue: { queue: this.undelivered, maxReceiveCount: MAX_RECEIVES },
    });
    for (const source of sources) {
      for (const { id: rule, pattern } of source.patterns) {
        new events.Rule(this, `${source.id}-${rule}`, {
          eventPattern: pattern,
          targets: [
            new targets.SqsQueue(this.queue, {
              // The function reads the source from it, and one source cannot hold up another.
              messageGroupId: source.id,
              deadLetterQueue: this.undelivered,
            }),
          ],
        });
      }
    }
  }
}
