import { inWords } from '../messages/duration';
import type { Notice, Severity } from '../messages/notice';
import type { Run } from './github';
import type { SendOptions, Status } from './parse-send';

const WORDS: Record<Status, string> = {
  success: 'is deployed',
  failure: 'failed to deploy',
  cancelled: 'was not deployed: cancelled',
  started: 'is being deployed',
};

const SEVERITIES: Record<Status, Severity> = {
  success: 'success',
  failure: 'error',
  cancelled: 'warning',
  started: 'info',
};

/** What is told about a run. What was asked for goes before what GitHub says. */
export function sendNotice(options: SendOptions, run: Run): Notice {
  const { status, environment, seconds } = options;
  const what = options.service ?? run.repository?.split('/').pop() ?? 'The app';
  const commit = (options.commit ?? run.commit ?? '').slice(0, 7);
  const title = options.commitTitle ?? run.commitTitle ?? '';
  return {
    kind: `pipeline-${status}`,
    severity: SEVERITIES[status],
    title: `${what} ${WORDS[status]}${environment ? ` (${environment})` : ''}`,
    reason: options.reason,
    facts: [
      ['Commit', [commit, title].filter(Boolean).join(' ')],
      ['By', options.author ?? run.author ?? ''],
      ['Branch', options.branch ?? run.branch ?? ''],
      ['Took', seconds === undefined ? '' : inWords(seconds * 1000)],
      ...options.facts,
    ],
    links: [
      ['Run', options.runUrl ?? run.runUrl ?? ''],
      // Another commit than the run's has no page that we know of.
      ['Commit', options.commit && options.commit !== run.commit ? '' : (run.commitUrl ?? '')],
      ...options.links,
    ].map(([text = '', url = '']) => ({ text, url })),
    origin: [run.repository ?? '', run.workflow ?? ''],
  };
}
