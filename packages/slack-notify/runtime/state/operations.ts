import { rolledBack } from '../messages/deployment';
import { duration } from '../messages/duration';
import type { Notice } from '../messages/notice';
import { inDays, type Table } from './table';

/**
 * A notice with how long it took, and whether it was a way back; or undefined when it says that something began whose end was
 * told already.
 *
 * EventBridge may deliver two events of the same second in either order.
 */
export async function inItsTime(table: Table, notice: Notice): Promise<Notice | undefined> {
  const { operation } = notice;
  if (!operation) {
    return notice;
  }
  const { rollback } = operation;
  const item = await table.update(
    `operation#${operation.id}`,
    `SET ${operation.phase} = if_not_exists(${operation.phase}, :at), expires = :expires${rollback === undefined ? '' : ', because = :because'}`,
    {
      ':at': { S: operation.at },
      ':expires': inDays(30),
      ...(rollback === undefined ? {} : { ':because': { S: rollback } }),
    },
  );
  const { started, ended, because } = item ?? {};
  if (operation.phase === 'started') {
    // A way back that nobody has heard of must not get lost with its late beginning.
    return ended ? (rollback === undefined ? undefined : rolledBack(notice, rollback)) : notice;
  }
  const told = because?.S === undefined ? notice : rolledBack(notice, because.S);
  return { ...told, facts: [...(notice.facts ?? []), ['Took', duration(started?.S ?? '', operation.at)]] };
}
