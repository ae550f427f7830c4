import { inWords } from './duration';
import type { Notice } from './notice';
import { readableTime } from './origin';

/** Alike events, counted: says what the last one was, and how often it came again. */
export function burstNotice(last: Notice, count: number, total: number, since: string, until = new Date()): Notice {
  const times = count === 1 ? 'once more' : `${count} more times`;
  return {
    ...last,
    title: `${last.title}: ${times}`,
    facts: [
      ['In all', `${total} times since ${readableTime(since)}`],
      ['Within', inWords(until.getTime() - Date.parse(since))],
      ...(last.facts ?? []),
    ],
    burst: undefined,
    operation: undefined,
  };
}

/** As much of a notice as a message shows: what is kept of it has to fit into an item of the table. */
export function keepable(notice: Notice): Notice {
  const cut = (text: string) => text.slice(0, 4_000);
  return {
    ...notice,
    title: cut(notice.title),
    reason: notice.reason === undefined ? undefined : cut(notice.reason),
    facts: notice.facts?.slice(0, 10).map(([name, value]) => [cut(name), cut(value)]),
    links: notice.links?.slice(0, 10).filter(({ url }) => url.length <= 4_000),
  };
}
