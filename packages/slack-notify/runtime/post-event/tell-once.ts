import type { NotifyConfig } from '../../src/event-contract';
import type { Notice } from '../messages/notice';
import { render } from '../messages/render';
import type { Claims } from '../state/claims';
import { type DeadLetter, deadLetter } from './dead-letter';
import { log } from './log';
import type { ChannelRoute } from './routes';
import { sleep, tell } from './tell';

/** What is to be told, where, and what is kept when that cannot be done. */
export interface Telling extends Omit<DeadLetter, 'route' | 'reason'> {
  readonly notice: Notice;
  readonly route: ChannelRoute;
  /** It was refused before, and somebody wants it tried again. */
  readonly again?: boolean;
}

/** Longest that is waited for a busy Slack within one invocation, in seconds. */
const PATIENCE_SECONDS = 20;

/**
 * Posts once, and settles what became of it: told, or kept in the dead-letter queue.
 *
 * @returns false when it was surely not posted and must be tried again
 */
export async function tellOnce(
  config: NotifyConfig,
  claims: Claims,
  telling: Telling,
  remainingMilliseconds: () => number,
): Promise<boolean> {
  const { route, notice, source } = telling;
  const id = `${route.name}#${telling.id}`;
  const fields = { route: route.name, source, kind: notice.kind, title: notice.title };
  const claim = await claims.claim(id, telling.again);
  if (claim === 'told') {
    log('info', 'was told already', fields);
    return true;
  }
  if (claim === 'given-up') {
    log('warn', 'was given up already: look into the channel', fields);
    return true;
  }
  if (claim === 'unfinished') {
    await giveUp('unknown', 'the function ended while it was posting: look into the channel');
    return true;
  }
  const message = render(notice, config.buttons);
  for (;;) {
    const outcome = await tell(route, message).catch(async (error) => {
      await claims.release(id);
      throw error;
    });
    if (outcome.kind === 'delivered') {
      await claims.finish(id, 'told');
      log('info', 'told', fields);
      return true;
    }
    if (outcome.kind !== 'later') {
      await giveUp(outcome.kind, outcome.reason);
      return true;
    }
    const wait = (outcome.afterSeconds ?? Number.POSITIVE_INFINITY) * 1000;
    if (wait > PATIENCE_SECONDS * 1000 || wait > remainingMilliseconds()) {
      await claims.release(id);
      log('warn', 'will be told later', { ...fields, reason: outcome.reason });
      return false;
    }
    await sleep(wait);
  }

  async function giveUp(outcome: 'refused' | 'unknown', reason: string) {
    log('error', 'could not be told', { ...fields, reason });
    await deadLetter(config.deadLetterQueueUrl, { ...telling, route: route.name, reason });
    await claims.finish(id, outcome);
  }
}
