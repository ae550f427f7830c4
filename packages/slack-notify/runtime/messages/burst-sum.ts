import { inWords } from './duration';
import type { Notice } from './notice';
import { readableTime } from './origin';

/** Alike events, counted: says what the first one was, and how often it came again. */
export function burstNotice(first: Notice, count: number, total: number, since: string, until = new Date()): Notice {
  const times = count === 1 ? 'once more' : `${count} more times`;
  return {
    ...first,
    title: `${first.title}: ${times}`,
    facts: [
      ['In all', `${total} times since ${readableTime(since)}`],
      ['Within', inWords(until.getTime() - Date.parse(since))],
    ],
    burst: undefined,
    operation: undefined,
  };
}
