import { duration } from '../messages/duration';
import type { Notice } from '../messages/notice';
import { inDays, type Table } from './table';

/**
 * A notice with how long it took, or undefined when it says that something began whose end was told already.
 *
 * EventBridge may deliver two events of the same second in either order.
 */
export async function inItsTime(table: Table, notice: Notice): Promise<Notice | undefined> {
  const { operation } = notice;
  if (!operation) {
    return notice;
  }
  const item = await table.update(
    `operation#${operation.id}`,
    `SET ${operation.phase} = if_not_exists(${operation.phase}, :at), expires = :expires`,
    { ':at': { S: operation.at }, ':expires': inDays(30) },
  );
  const { started, ended } = item ?? {};
  if (operation.phase === 'started') {
    return ended ? undefined : notice;
  }
  return { ...notice, facts: [...(notice.facts ?? []), ['Took', duration(started?.S ?? '', operation.at)]] };
}
