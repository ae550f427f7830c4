import type { RolloutEvent } from '../../runtime/rollout/report/events';
import { terminalReporter } from '../../runtime/rollout/report/terminal';
import { started } from './events';

const CLEAR = '\r\u001b[2K';
const progress = (running: number, requested = 4): RolloutEvent => ({
  type: 'progress',
  status: 'PENDING',
  running,
  pending: 0,
  requested,
  failed: 0,
  old: 0,
});

function screen(columns = 80) {
  let tick: (() => void) | undefined;
  const seen = { text: '', errors: '', ticking: 0, stopped: 0, now: 1_000_000 };
  const report = terminalReporter({
    out: (more) => {
      seen.text += more;
    },
    err: (more) => {
      seen.errors += more;
    },
    columns: () => columns,
    now: () => seen.now,
    everySecond: (callback) => {
      tick = callback;
      seen.ticking++;
      return () => {
        seen.stopped++;
      };
    },
  });
  const written = () => {
    const { text } = seen;
    seen.text = '';
    return text;
  };
  return { report, seen, written, tick: () => tick?.() };
}

test('the live line is drawn, drawn again as time passes, and moves down when something is told above it', () => {
  const { report, seen, written, tick } = screen();
  report(started);
  expect(written()).toBe('Rolling out r/app:1\n  app:2, deployment d1\n');
  tick();
  expect(written()).toBe('');
  seen.now += 1_400;
  report(progress(1));
  expect(written()).toBe(`${CLEAR}● ███░░░░░░░ 1 s: 1 of 4 new tasks run, pending`);
  seen.now += 61_000;
  tick();
  expect(written()).toBe(`${CLEAR}● ███░░░░░░░ 1 min 2 s: 1 of 4 new tasks run, pending`);
  report({ type: 'service-event', message: 'news' });
  expect(written()).toBe(`${CLEAR}  ECS: news\n${CLEAR}● ███░░░░░░░ 1 min 2 s: 1 of 4 new tasks run, pending`);
});

test('at the end the line goes, the clock stops, and nothing is drawn any more', () => {
  const { report, seen, written, tick } = screen();
  report(started);
  report(progress(4));
  written();
  report({ type: 'finished', outcome: 'succeeded', message: 'Good.', seconds: 3 });
  expect(written()).toBe(`${CLEAR}\u001b[32mLive after 3 s: Good.\u001b[0m\n`);
  expect(seen).toMatchObject({ ticking: 1, stopped: 1 });
  tick();
  expect(written()).toBe('');
});

test('an error takes the line back and goes to the other stream', () => {
  const { report, seen, written } = screen();
  report(started);
  report(progress(0));
  written();
  report({ type: 'error', code: 'interrupted', message: 'Interrupted.' });
  expect(written()).toBe(CLEAR);
  expect(seen).toMatchObject({ errors: 'Interrupted.\n', stopped: 1 });
});

test('an error before anything is drawn clears nothing', () => {
  const { report, seen } = screen();
  report({ type: 'error', code: 'usage', message: 'Wrong.' });
  expect(seen).toMatchObject({ text: '', errors: 'Wrong.\n' });
});

test('a deployment that is taken up again starts the clock as well, and a second one does not start two', () => {
  const { report, seen, written } = screen();
  report({ type: 'attached', service: 'app', taskDefinition: 'a', deployment: 'b', why: 'Again.' });
  seen.now += 10_000;
  report(started);
  written();
  report(progress(0));
  expect(written()).toContain(' 0 s: ');
  expect(seen.ticking).toBe(1);
});

test.each([
  [0, 4, '░░░░░░░░░░'],
  [1, 4, '███░░░░░░░'],
  [4, 4, '██████████'],
  [6, 4, '██████████'],
  [0, 0, '██████████'],
])('the bar of %i of %i is %s', (running, requested, bar) => {
  const { report, written } = screen();
  report(progress(running, requested));
  expect(written()).toContain(`● ${bar} `);
});

test('a narrow screen cuts the line, and the narrowest one leaves something', () => {
  for (const [columns, length] of [
    [21, 20],
    [1, 1],
    [0, 1],
  ]) {
    const { report, written } = screen(columns);
    report(progress(1));
    expect(written().slice(CLEAR.length)).toHaveLength(length);
  }
});

const red = (line: string) => `\u001b[31m${line}\u001b[0m`;
const yellow = (line: string) => `\u001b[33m${line}\u001b[0m`;
const failure = { what: 'It failed.', next: 'Do this.' };

test.each<[RolloutEvent, string]>([
  [{ type: 'note', message: 'a' }, yellow('Note: a')],
  [{ type: 'no-breaker', message: 'a' }, yellow('Note: a')],
  [{ type: 'hook-paused', stage: 'A', hint: 'cmd' }, `${yellow('Waits for an approval (a). To go on:')}\n  cmd`],
  [
    { type: 'failing', failures: 2, failure },
    `${red('Failing: 2 tasks have failed so far.')}\n  Why:  It failed.\n  Next: Do this.`,
  ],
  [
    { type: 'finished', outcome: 'failed', message: 'Bad.', seconds: 1, failure },
    `  Why:  It failed.\n  Next: Do this.\n${red('Failed after 1 s: Bad.')}`,
  ],
  [{ type: 'recorded', parameter: 'p', image: 'i' }, 'p says i'],
])('%j has its colour', (event, text) => {
  const { report, written } = screen();
  report(event);
  expect(written()).toBe(`${text}\n`);
});
