import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SQSRecord } from 'aws-lambda';
import { CONFIG_VARIABLE, type NotifyConfig, type RouteConfig } from '../../../src/event-contract';
import { AwsServer, type SqsMessage } from './aws-server';
import { type Lambda, startLambda } from './lambda';
import { POST_BUNDLE } from './lambda-process';
import { SlackServer } from './slack-server';

/** A URL of the right form that nobody was ever given. Looked for in everything that the function writes. */
export const WEBHOOK_PATH = '/services/T00000000/B00000000/not-a-real-token';
export const WEBHOOK_URL = `https://hooks.slack.com${WEBHOOK_PATH}`;
const SECRET = { secretId: 'arn:aws:secretsmanager:us-east-1:111122223333:secret:slack' };

let messages = 0;

/** A message of the FIFO queue. */
export function record(body: string, group: string | undefined = 'service-app'): SQSRecord {
  messages += 1;
  return {
    messageId: `message-${messages}`,
    receiptHandle: '',
    body,
    attributes: {
      ApproximateReceiveCount: '1',
      SentTimestamp: '0',
      SenderId: '',
      ApproximateFirstReceiveTimestamp: '0',
      ...(group ? { MessageGroupId: group } : {}),
    },
    messageAttributes: {},
    md5OfBody: '',
    eventSource: 'aws:sqs',
    eventSourceARN: 'arn:aws:sqs:us-east-1:111122223333:events.fifo',
    awsRegion: 'us-east-1',
  };
}

/** A recorded event with another id, and with other fields of its detail. */
export function sample(name: string, id: string, detail: object = {}): string {
  const event = JSON.parse(readFileSync(join(__dirname, '..', '..', 'events', `${name}.json`), 'utf8'));
  return JSON.stringify({ ...event, id, detail: { ...event.detail, ...detail } });
}

/** The function with everything around it. */
export class World {
  public static async start(routes?: RouteConfig[]): Promise<World> {
    const [slack, aws] = await Promise.all([SlackServer.start(), AwsServer.start()]);
    aws.secret = WEBHOOK_URL;
    const world = new World(slack, aws, {
      routes: routes ?? [{ name: 'default', webhook: SECRET }],
      tableName: aws.tableName,
      burstQueueUrl: 'https://sqs.us-east-1.amazonaws.com/111122223333/bursts',
      burstSeconds: 600,
      deadLetterQueueUrl: 'https://sqs.us-east-1.amazonaws.com/111122223333/dead.fifo',
    });
    await world.restart();
    return world;
  }

  public lambda!: Lambda;
  /** What a test started beside it. */
  public readonly cleanUp: (() => unknown)[] = [];
  private outputs = '';

  private constructor(
    public readonly slack: SlackServer,
    public readonly aws: AwsServer,
    public readonly config: NotifyConfig,
  ) {}

  /** A cold start: nothing is remembered but what is in the table. */
  public async restart(): Promise<void> {
    if (this.lambda) {
      await this.lambda.kill();
      this.outputs += this.lambda.output;
    }
    this.lambda = await startLambda(
      POST_BUNDLE,
      { [CONFIG_VARIABLE]: JSON.stringify(this.config) },
      {
        'https://hooks.slack.com': this.slack.origin,
        aws: this.aws.origin,
      },
    );
  }

  /** As SQS does: what is reported as failed is delivered again, so often. Returns how many deliveries it took. */
  public async deliver(records: SQSRecord[], limit = 3): Promise<{ deliveries: number; left: SQSRecord[] }> {
    let left = records;
    let deliveries = 0;
    while (left.length > 0 && deliveries < limit) {
      deliveries += 1;
      const { batchItemFailures } = await this.lambda.invoke(left);
      const failed = batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
      left = left.filter(({ messageId }) => failed.includes(messageId));
    }
    return { deliveries, left };
  }

  /** What `aws sqs start-message-move-task` does with a dead letter: a new message with the same attributes. */
  public moveBack(letter?: SqsMessage): SQSRecord {
    const attributes = Object.entries(letter?.MessageAttributes ?? {});
    return {
      ...record(letter?.MessageBody ?? '', letter?.MessageGroupId),
      messageAttributes: Object.fromEntries(
        attributes.map(([name, { StringValue }]) => [name, { stringValue: StringValue, dataType: 'String' }]),
      ),
    };
  }

  public titles(): string[] {
    return this.slack.channel.map(({ message }) => message.text);
  }

  public output(): string {
    return this.outputs + this.lambda.output;
  }

  public async stop(): Promise<void> {
    await this.lambda.kill();
    await Promise.all(this.cleanUp.map((stop) => stop()));
    await Promise.all([this.slack.stop(), this.aws.stop()]);
  }
}
