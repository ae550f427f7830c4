import type { NotifyConfig } from '../../src/event-contract';
import { burstNotice } from '../messages/burst-sum';
import { Bursts } from '../state/bursts';
import { Claims } from '../state/claims';
import { Table } from '../state/table';
import { type BurstReminder, remindOfBurst } from './burst-queue';
import { isChannel } from './routes';
import { tellOnce } from './tell-once';

/**
 * Sums up a burst, and comes back to see whether it goes on.
 *
 * @returns false when it must be tried again
 */
export async function handleReminder(
  config: NotifyConfig,
  reminder: BurstReminder,
  messageId: string,
  remainingMilliseconds: () => number,
): Promise<boolean> {
  const table = new Table(config.tableName);
  const bursts = new Bursts(table, config.burstSeconds);
  const route = config.routes.filter(isChannel).find(({ name }) => name === reminder.route);
  const sum = await bursts.sum(reminder.end);
  if (!sum || !route) {
    return true;
  }
  const { end } = reminder;
  const next = { ...reminder, end: { ...end, round: end.round + 1 } };
  await remindOfBurst(config.burstQueueUrl, next, config.burstSeconds);
  const notice = burstNotice(JSON.parse(sum.last), sum.fresh.length, sum.total, end.since);
  const telling = {
    id: `${end.id}#${end.since}#${end.round}`,
    messageId,
    notice,
    route,
    source: 'burst',
    body: JSON.stringify(notice),
    form: 'notice',
  } as const;
  if (!(await tellOnce(config, new Claims(table), telling, remainingMilliseconds))) {
    return false;
  }
  await bursts.continue(end, sum);
  return true;
}
