import { createHash } from 'node:crypto';
import type { SQSRecord } from 'aws-lambda';
import { callAws } from '../aws/call';
import type { Notice } from '../messages/notice';

/** What could not be told. */
export interface DeadLetter {
  /** What is told once in each channel. */
  readonly id: string;
  /** The message of the queue: the same id from the same message is kept once. */
  readonly messageId: string;
  /** The event, or what is told when that is no single event. */
  readonly body: string;
  readonly form: 'event' | 'notice';
  readonly source: string;
  readonly route: string;
  readonly reason: string;
}

/** A dead letter that somebody moved back, to be told where it could not be told. */
export interface Replay {
  readonly id: string;
  readonly route: string;
  /** Missing when the body is an event. */
  readonly notice?: Notice;
}

/** Keeps it, with the reason as an attribute, for someone to look at and to move back to the queue of the events. */
export async function deadLetter(queueUrl: string, letter: DeadLetter): Promise<void> {
  const text = (value: string) => ({ DataType: 'String', StringValue: value.slice(0, 256) || '-' });
  const { id, messageId, route, form, reason } = letter;
  await callAws('sqs', 'SendMessage', {
    QueueUrl: queueUrl,
    MessageBody: letter.body,
    MessageGroupId: letter.source,
    MessageDeduplicationId: createHash('sha256').update(`${route}#${id}#${messageId}`).digest('hex'),
    MessageAttributes: { reason: text(reason), route: text(route), form: text(form), id: text(id) },
  });
}

/** What was moved back, or undefined when the record comes from EventBridge. */
export function readReplay({ messageAttributes, body }: SQSRecord): Replay | undefined {
  const attribute = (name: string) => messageAttributes[name]?.stringValue;
  const [id, route] = [attribute('id'), attribute('route')];
  if (!id || !route) {
    return undefined;
  }
  return { id, route, notice: attribute('form') === 'notice' ? JSON.parse(body) : undefined };
}
