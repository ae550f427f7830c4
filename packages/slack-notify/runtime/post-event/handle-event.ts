import type { SQSRecord } from 'aws-lambda';
import type { NotifyConfig } from '../../src/event-contract';
import { readEvent } from '../messages/aws-event';
import { describe } from '../messages/describe';
import { Bursts } from '../state/bursts';
import { Claims } from '../state/claims';
import { inItsTime } from '../state/operations';
import { Table } from '../state/table';
import { remindOfBurst } from './burst-queue';
import { log } from './log';
import { routesOf } from './routes';
import { tellOnce } from './tell-once';

/**
 * One event, told in every channel that wants it.
 *
 * @returns false when it must be tried again
 */
export async function handleEvent(
  config: NotifyConfig,
  record: SQSRecord,
  remainingMilliseconds: () => number,
): Promise<boolean> {
  const table = new Table(config.tableName);
  const bursts = new Bursts(table, config.burstSeconds);
  const source = record.attributes.MessageGroupId ?? '';
  const eventId = readEvent(record.body)?.id || record.messageId;
  const notice = await inItsTime(table, describe(record.body));
  if (!notice) {
    log('info', 'its end was told already', { source, eventId });
    return true;
  }
  for (const route of routesOf(config, source, notice)) {
    if (notice.burst) {
      const end = await bursts.count(`${route.name}#${notice.burst}`, eventId);
      if (!end) {
        log('info', 'counted', { source, route: route.name, kind: notice.kind, title: notice.title });
        continue;
      }
      // Before it is posted: should the function end here, the sum must come all the same.
      const reminder = { end, route: route.name, first: notice };
      await remindOfBurst(config.burstQueueUrl, reminder, config.burstSeconds);
    }
    const telling = { id: eventId, notice, route, source, body: record.body };
    if (!(await tellOnce(config, new Claims(table), telling, remainingMilliseconds))) {
      return false;
    }
  }
  return true;
}
