import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { describeError } from '../errors';
import { readReminder } from './burst-queue';
import { readConfig } from './config';
import { handleEvent } from './handle-event';
import { handleReminder } from './handle-reminder';
import { log } from './log';

/** What a message needs when Slack is slow, with the calls before and after it. */
const ENOUGH_MILLISECONDS = 18_000;

/** Tells each event of the batch in its order. After one that must be tried again, the later ones of its source wait. */
export async function handler(batch: SQSEvent, context: Context): Promise<SQSBatchResponse> {
  const remaining = () => context.getRemainingTimeInMillis() - ENOUGH_MILLISECONDS;
  const held = new Set<string>();
  const failed: string[] = [];
  for (const record of batch.Records) {
    // A reminder has no order to keep: it is a source by itself.
    const source = record.attributes.MessageGroupId ?? record.messageId;
    const ready = !held.has(source) && remaining() > 0;
    if (!ready || !(await handle(record, remaining))) {
      held.add(source);
      failed.push(record.messageId);
    }
  }
  return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
}

async function handle(record: SQSRecord, remaining: () => number): Promise<boolean> {
  try {
    const config = readConfig();
    const reminder = readReminder(record);
    return reminder
      ? await handleReminder(config, reminder, record.messageId, remaining)
      : await handleEvent(config, record, remaining);
  } catch (error) {
    log('error', 'will be tried again', { source: record.attributes.MessageGroupId, ...describeError(error) });
    return false;
  }
}
