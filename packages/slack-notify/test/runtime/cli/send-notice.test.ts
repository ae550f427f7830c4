import type { Run } from '../../../runtime/cli/github';
import { parseSend } from '../../../runtime/cli/parse-send';
import { sendNotice } from '../../../runtime/cli/send-notice';

const RUN: Run = {
  repository: 'paebbl/data-visualization-ops',
  workflow: 'deploy',
  branch: 'main',
  commit: '4f2c1d7e0b5a69788c9d0e1f2a3b4c5d6e7f8091',
  commitTitle: 'Fix the axis',
  author: 'Ana',
  runUrl: 'https://github.com/paebbl/data-visualization-ops/actions/runs/42',
  commitUrl: 'https://github.com/paebbl/data-visualization-ops/commit/4f2c1d7',
};

const notice = (args: string[], run: Run = RUN) => sendNotice(parseSend(['--status', 'success', ...args]), run);

test('without a word of its own it tells what GitHub says', () => {
  expect(notice([])).toEqual({
    kind: 'pipeline-success',
    severity: 'success',
    title: 'data-visualization-ops is deployed',
    reason: undefined,
    facts: [
      ['Commit', '4f2c1d7 Fix the axis'],
      ['By', 'Ana'],
      ['Branch', 'main'],
      ['Took', ''],
    ],
    links: [
      { text: 'Run', url: RUN.runUrl },
      { text: 'Commit', url: RUN.commitUrl },
    ],
    origin: ['paebbl/data-visualization-ops', 'deploy'],
  });
});

test('away from GitHub nothing is made up', () => {
  expect(notice([], {})).toEqual({
    kind: 'pipeline-success',
    severity: 'success',
    title: 'The app is deployed',
    reason: undefined,
    facts: [
      ['Commit', ''],
      ['By', ''],
      ['Branch', ''],
      ['Took', ''],
    ],
    links: [
      { text: 'Run', url: '' },
      { text: 'Commit', url: '' },
    ],
    origin: ['', ''],
  });
});

test('what was asked for goes before what GitHub says', () => {
  const { facts, links } = notice([
    ...['--commit', '0123456789', '--commit-title', 'Another axis', '--author', 'Cleo', '--branch', 'release'],
    ...['--run-url', 'https://ci.example.com/7'],
  ]);
  expect(facts).toEqual([
    ['Commit', '0123456 Another axis'],
    ['By', 'Cleo'],
    ['Branch', 'release'],
    ['Took', ''],
  ]);
  // Another commit than the run's has no page that is known.
  expect(links).toEqual([
    { text: 'Run', url: 'https://ci.example.com/7' },
    { text: 'Commit', url: '' },
  ]);
});

test('the commit of the run keeps its page when it is named', () => {
  expect(notice(['--commit', RUN.commit ?? '']).links?.[1]).toEqual({ text: 'Commit', url: RUN.commitUrl });
});

test('an option that another step left empty leaves what GitHub says', () => {
  const empty = [
    'service',
    'environment',
    'commit',
    'commit-title',
    'author',
    'branch',
    'reason',
    'seconds',
    'run-url',
  ];
  expect(notice(empty.flatMap((name) => [`--${name}`, '']))).toEqual(notice([]));
});

test.each([
  ['failure', 'error', 'failed to deploy'],
  ['cancelled', 'warning', 'was not deployed: cancelled'],
  ['started', 'info', 'is being deployed'],
])('%s is told as %s', (status, severity, words) => {
  expect(sendNotice(parseSend(['--status', status, '--environment', 'test']), RUN)).toMatchObject({
    kind: `pipeline-${status}`,
    severity,
    title: `data-visualization-ops ${words} (test)`,
  });
});
