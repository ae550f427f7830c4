import type { SQSRecord } from 'aws-lambda';
import { callAws } from '../aws/call';
import type { BurstEnd } from '../state/bursts';

/** What comes back when a burst is to be summed up. */
export interface BurstReminder {
  readonly end: BurstEnd;
  readonly route: string;
}

/** Comes back after so many seconds. */
export async function remindOfBurst(queueUrl: string, reminder: BurstReminder, seconds: number): Promise<void> {
  await callAws('sqs', 'SendMessage', {
    QueueUrl: queueUrl,
    MessageBody: JSON.stringify(reminder),
    DelaySeconds: seconds,
  });
}

/** The reminder in a record, or undefined when the record is an event: only the FIFO queue of events has groups. */
export function readReminder(record: SQSRecord): BurstReminder | undefined {
  return record.attributes.MessageGroupId === undefined ? JSON.parse(record.body) : undefined;
}
