import { createHash } from 'node:crypto';
import { callAws } from '../aws/call';

/** What could not be told. */
export interface DeadLetter {
  /** Tells it from others: the same one is kept once. */
  readonly id: string;
  readonly body: string;
  readonly source: string;
  readonly route: string;
  readonly reason: string;
}

/** Keeps it, with the reason as an attribute, for someone to look at. */
export async function deadLetter(queueUrl: string, letter: DeadLetter): Promise<void> {
  const text = (value: string) => ({ DataType: 'String', StringValue: value.slice(0, 256) || '-' });
  await callAws('sqs', 'SendMessage', {
    QueueUrl: queueUrl,
    MessageBody: letter.body,
    MessageGroupId: letter.source,
    MessageDeduplicationId: createHash('sha256').update(letter.id).digest('hex'),
    MessageAttributes: { reason: text(letter.reason), route: text(letter.route) },
  });
}
