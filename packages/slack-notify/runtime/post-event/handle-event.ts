import type { SQSRecord } from 'aws-lambda';
import type { NotifyConfig } from '../../src/event-contract';
import { describeError } from '../errors';
import { readEvent } from '../messages/aws-event';
import { keepable } from '../messages/burst-sum';
import { describe } from '../messages/describe';
import type { Notice } from '../messages/notice';
import { withImages } from '../messages/revision';
import { newsOfAlarm } from '../state/alarms';
import { Bursts } from '../state/bursts';
import { Claims } from '../state/claims';
import { inItsTime } from '../state/operations';
import { Table } from '../state/table';
import { remindOfBurst } from './burst-queue';
import { readReplay } from './dead-letter';
import { imagesOf } from './images-of';
import { log } from './log';
import { type ChannelRoute, isChannel, routesOf } from './routes';
import { type Telling, tellOnce } from './tell-once';

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
  const source = record.attributes.MessageGroupId ?? '';
  const replay = readReplay(record);
  const id = replay?.id ?? (readEvent(record.body)?.id || record.messageId);
  const notice = replay?.notice ?? (await newsOf(table, record.body));
  if (!notice) {
    log('info', 'what came after it was told already, or it is no news', { source, id });
    return true;
  }
  const { messageId, body } = record;
  const form = replay?.notice ? 'notice' : 'event';
  const telling = { id, messageId, notice, source, body, form, again: replay !== undefined } as const;
  const routes = replay ? routeOfLetter(config, replay.route) : routesOf(config, source, notice);
  let settled = true;
  for (const [at, route] of routes.entries()) {
    // One channel that is broken must not keep the others from hearing of it.
    const done =
      (at === 0 || remainingMilliseconds() > 0) &&
      (await tellOrCount(config, table, { ...telling, route }, remainingMilliseconds).catch((error) => {
        log('error', 'will be tried again', { source, route: route.name, ...describeError(error) });
        return false;
      }));
    settled &&= done;
  }
  return settled;
}

/** Where it could not be told, or the construct's own channel when that route is gone. */
function routeOfLetter(config: NotifyConfig, name: string): ChannelRoute[] {
  const channels = config.routes.filter(isChannel);
  const route = channels.find((channel) => channel.name === name) ?? channels.at(-1);
  return route ? [route] : [];
}

async function newsOf(table: Table, body: string): Promise<Notice | undefined> {
  const inTime = await inItsTime(table, describe(body));
  const notice = inTime && (await newsOfAlarm(table, inTime));
  if (!notice?.deployment) {
    return notice;
  }
  try {
    const images = await imagesOf(notice.deployment);
    return images.length > 0 ? withImages(notice, images) : notice;
  } catch (error) {
    // The message goes out without them.
    log('warn', 'the images of the deployment could not be looked up', {
      title: notice.title,
      ...describeError(error),
    });
    return notice;
  }
}

async function tellOrCount(
  config: NotifyConfig,
  table: Table,
  telling: Telling & { readonly route: ChannelRoute },
  remainingMilliseconds: () => number,
): Promise<boolean> {
  const { notice, route, source, again } = telling;
  if (notice.burst && !again) {
    const bursts = new Bursts(table, config.burstSeconds);
    const end = await bursts.count(`${route.name}#${notice.burst}`, telling.id, JSON.stringify(keepable(notice)));
    if (!end) {
      log('info', 'counted', { source, route: route.name, kind: notice.kind, title: notice.title });
      return true;
    }
    // Before it is posted: should the function end here, the sum must come all the same.
    await remindOfBurst(config.burstQueueUrl, { end, route: route.name }, config.burstSeconds);
  }
  return tellOnce(config, new Claims(table), telling, remainingMilliseconds);
}
