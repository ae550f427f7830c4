import type { Notice } from '../messages/notice';
import { inDays, type Table } from './table';

/**
 * The notice, or undefined when it is the state of an alarm that is no news: a good one after too little data, as each new
 * alarm has it, or one that was overtaken by a later one.
 *
 * After too little data it is a recovery when the alarm was off before that.
 */
export async function newsOfAlarm(table: Table, notice: Notice): Promise<Notice | undefined> {
  const { alarm } = notice;
  if (!alarm) {
    return notice;
  }
  const key = `alarm#${alarm.id}`;
  const known = await table.get(key);
  // The same event once more is what it was.
  const again = Number(known?.changedAt?.N) === alarm.at && known?.alarmState?.S === alarm.value;
  const news = again
    ? known?.news?.S === 'yes'
    : alarm.value === 'ALARM' || alarm.before !== 'INSUFFICIENT_DATA' || known?.alarmState?.S === 'ALARM';
  const written = await table.update(
    key,
    'SET alarmState = :value, changedAt = :at, news = :news, expires = :expires',
    {
      ':value': { S: alarm.value },
      ':at': { N: String(alarm.at) },
      ':news': { S: news ? 'yes' : 'no' },
      ':expires': inDays(30),
    },
    { expression: 'attribute_not_exists(id) OR changedAt <= :at' },
  );
  return news && written ? notice : undefined;
}
