import type { RolloutEvent } from '../../runtime/rollout/report/events';
import { failureLines, headline, linesOf, progressLine } from '../../runtime/rollout/report/lines';
import { githubMessage, safe } from '../../runtime/rollout/report/safe';

const failure = { what: 'It failed.', next: 'Do this.' };
const progress = { status: 'IN_PROGRESS', running: 0, pending: 0, requested: 2, failed: 0, old: 0 };

test.each<[RolloutEvent, string[]]>([
  [
    { type: 'started', service: 'app', image: 'r/app:1', taskDefinition: 'arn:x/app:2', deployment: 'arn:y/d1' },
    ['Rolling out r/app:1', '  app:2, deployment d1'],
  ],
  [
    { type: 'attached', service: 'app', taskDefinition: 'arn:x/app:2', deployment: 'arn:y/d1', why: 'Because.' },
    ['Because. Following deployment d1 of app:2.'],
  ],
  [
    { type: 'unchanged', service: 'app', image: 'r/app:1', taskDefinition: 'arn:x/app:2' },
    [
      'app runs r/app:1 already: a tag is taken to mean the same image for ever.',
      '  To start its tasks anew, as after a secret has changed: the same command with --force.',
    ],
  ],
  [
    { type: 'hook-paused', stage: 'POST_SCALE_UP', hint: 'aws ecs ...' },
    ['Waits for an approval (post scale up). To go on:', '  aws ecs ...'],
  ],
  [{ type: 'service-event', message: 'has\u0007 started' }, ['  ECS: has started']],
  [
    { type: 'failing', failures: 2, failure },
    ['Failing: 2 tasks have failed so far.', '  Why:  It failed.', '  Next: Do this.'],
  ],
  [
    { type: 'failing', failures: 0, failure },
    ['Failing: no task can start.', '  Why:  It failed.', '  Next: Do this.'],
  ],
  [{ type: 'no-breaker', message: 'No breaker.' }, ['Note: No breaker.']],
  [{ type: 'note', message: 'Something.' }, ['Note: Something.']],
  [{ type: 'retrying', what: 'ecs:ListTasks', because: 'Throttling' }, ['  ecs:ListTasks: Throttling, trying again']],
  [{ type: 'recorded', parameter: '/p', image: 'r@sha256:1' }, ['/p says r@sha256:1']],
  [{ type: 'status', lines: ['a', 'b\u001b[31m'], data: {} }, ['a', 'b']],
  [{ type: 'error', code: 'usage', message: 'wrong\u0000' }, ['wrong']],
  [{ type: 'finished', outcome: 'succeeded', message: 'Good.', seconds: 59, failure }, ['Live after 59 s: Good.']],
  [
    { type: 'finished', outcome: 'failed', message: 'Bad.', seconds: 60, failure },
    ['  Why:  It failed.', '  Next: Do this.', 'Failed after 1 min 0 s: Bad.'],
  ],
  [{ type: 'finished', outcome: 'timed-out', message: 'Late.', seconds: 185 }, ['Timed out after 3 min 5 s: Late.']],
  [
    { type: 'finished', outcome: 'rolled-back', message: 'An alarm.', next: 'Look at it.', seconds: 5 },
    ['  Next: Look at it.', 'Rolled back after 5 s: An alarm.'],
  ],
  [
    {
      type: 'finished',
      outcome: 'rolled-back',
      message: 'An alarm.',
      next: 'Look at it.',
      failure: { what: 'It died.', next: 'Feed it.' },
      seconds: 5,
    },
    ['  Why:  It died.', '  Next: Feed it.', 'Rolled back after 5 s: An alarm.'],
  ],
])('%j is told in words', (event, lines) => {
  expect(linesOf(event)).toEqual(lines);
});

test('all that is known of a failure stands below the reason, in one order', () => {
  const all = { ...failure, container: 'app', exitCode: 0, reason: 'words', health: 'codes', log: ['one', 'two'] };
  expect(failureLines(all)).toEqual([
    '  Why:  It failed.',
    '  Next: Do this.',
    '  ELB:  codes',
    '  ECS:  words',
    '  Container app, exit code 0',
    '  Last lines of its log:',
    '  | one',
    '  | two',
  ]);
  expect(failureLines(all, true)).toEqual(['  Why:  It failed.', '  Next: Do this.']);
  expect(failureLines({ ...failure, container: 'app', log: [] })).toEqual(['  Why:  It failed.', '  Next: Do this.']);
});

test.each([
  [{}, '0 of 2 new tasks run, in progress'],
  [{ stage: 'SCALE_UP', pending: 2 }, '0 of 2 new tasks run, 2 start, scale up'],
  [{ stage: 'SCALE_UP', running: 1, failed: 3, old: 2 }, '1 of 2 new tasks run, 3 failed, 2 old, scale up'],
  [{ stage: 'SCALE_UP', status: 'ROLLBACK_IN_PROGRESS' }, '0 of 2 new tasks run, rollback in progress'],
])('progress %j is one line', (change, line) => {
  expect(progressLine({ ...progress, ...change })).toBe(line);
});

test('an outcome that has no words is told by its name', () => {
  expect(headline('not-recorded')).toBe('Live but not recorded');
  expect(headline('unexpected')).toBe('Unexpected');
  expect(headline('interrupted')).toBe('Interrupted');
  expect(headline('odd')).toBe('odd');
});

test.each([
  ['a\u001b[2Jb', 'ab'],
  ['a\u001b[1;31mb\u001b[0m', 'ab'],
  ['a\u001b[?25lb', 'ab'],
  ['tab\tand\nline', 'tab\tand\nline'],
  ['bell\u0007 del\u007f c1\u009b', 'bell del c1'],
  ['##[error]x', '# #[error]x'],
  ['ünïcödé – ✓', 'ünïcödé – ✓'],
])('%j is safe as %j', (text, expected) => {
  expect(safe(text)).toBe(expected);
});

test('a message of a workflow command is one line, and its percent signs stay', () => {
  expect(githubMessage('50%\r\nmore%0A')).toBe('50%25%0D%0Amore%250A');
});
