import type { RolloutEvent } from '../../runtime/rollout/report/events';
import { githubReporter } from '../../runtime/rollout/report/github';
import { jsonReporter, plainReporter } from '../../runtime/rollout/report/reporters';
import { started } from './events';

const attached: RolloutEvent = {
  type: 'attached',
  service: 'app',
  taskDefinition: 'arn:x/app:2',
  deployment: 'arn:y/d1',
  why: 'Again.',
};
const failure = { what: 'It failed.', next: 'Do this.', log: ['~~~~', 'last words'] };
const failing: RolloutEvent = { type: 'failing', failures: 2, failure };
const rolledBack: RolloutEvent = { type: 'finished', outcome: 'rolled-back', message: 'Back.', seconds: 9, failure };

function onGithub(...events: RolloutEvent[]) {
  const written = { out: '', summary: '', output: '' };
  const report = githubReporter({
    out: (text) => {
      written.out += text;
    },
    summarize: (text) => {
      written.summary += text;
    },
    output: (text) => {
      written.output += text;
    },
  });
  for (const event of events) {
    report(event);
  }
  return written;
}

test('a rollout that fails, as GitHub reads it', () => {
  expect(onGithub(started, { type: 'note', message: '50%' }, failing, rolledBack)).toEqual({
    out: [
      '::group::Rolling out r/app:1',
      '  app:2, deployment d1',
      'Note: 50%',
      '::warning title=A task of the rollout fails::It failed. Do this.',
      'Failing: 2 tasks have failed so far.',
      '  Why:  It failed.',
      '  Next: Do this.',
      '  Last lines of its log:',
      '  | ~~~~',
      '  | last words',
      '::endgroup::',
      '::error title=Rolled back::Back. It failed. Do this.',
      '  Why:  It failed.',
      '  Next: Do this.',
      '  Last lines of its log:',
      '  | ~~~~',
      '  | last words',
      'Rolled back after 9 s: Back.',
      '',
    ].join('\n'),
    summary: [
      '### Rolled back',
      '',
      '`app` · `r/app:1` · `app:2`',
      '',
      'Back. (9 s)',
      '',
      '~~~~text',
      '  Why:  It failed.',
      '  Next: Do this.',
      '  Last lines of its log:',
      '  | ~ ~ ~',
      '  | last words',
      '~~~~',
      '',
    ].join('\n'),
    output: 'outcome=rolled-back\nreason=Back. It failed.\nseconds=9\n',
  });
});

test('a deployment that was taken up again has no image of its own to tell', () => {
  const { out, summary } = onGithub(attached, { type: 'finished', outcome: 'succeeded', message: 'Good.', seconds: 1 });
  expect(out).toBe('::group::Again. Following deployment d1 of app:2.\n::endgroup::\nLive after 1 s: Good.\n');
  expect(summary).toBe('### Live\n\n`app` · `app:2`\n\nGood. (1 s)\n');
});

test('an error before anything has begun', () => {
  expect(onGithub({ type: 'error', code: 'usage', message: 'Wrong.' })).toEqual({
    out: '::error title=Not started::Wrong.\n',
    summary: '### Not started\n\nWrong.\n',
    output: 'outcome=usage\nreason=Wrong.\n',
  });
});

test('an error in the middle closes the group', () => {
  const { out } = onGithub(started, { type: 'error', code: 'unreachable', message: 'Away.' });
  expect(out).toMatch(/\n::endgroup::\n::error title=AWS does not answer::Away\.\n$/);
});

test('a second deployment has a group of its own, and what ends twice is closed once', () => {
  const { out } = onGithub(started, attached, rolledBack, rolledBack);
  expect(out.match(/::group::/g)).toHaveLength(2);
  expect(out.match(/::endgroup::/g)).toHaveLength(2);
});

test('the status has neither group nor annotation', () => {
  expect(onGithub({ type: 'status', lines: ['app: 1 of 1 tasks run'], data: {} })).toEqual({
    out: 'app: 1 of 1 tasks run\n',
    summary: '',
    output: '',
  });
});

test('a missing breaker is a warning', () => {
  expect(onGithub({ type: 'no-breaker', message: 'None: 100%' }).out).toBe(
    '::warning title=No circuit breaker::None: 100%25\nNote: None: 100%\n',
  );
});

test('a success that had a failed task on its way is no error', () => {
  const { out, summary, output } = onGithub({ ...rolledBack, outcome: 'succeeded' });
  expect(out).toBe('Live after 9 s: Back.\n');
  expect(summary).toBe('### Live\n\nBack. (9 s)\n');
  expect(output).toBe('outcome=succeeded\nreason=\nseconds=9\n');
});

test('a failure without a reason has no empty evidence', () => {
  const { out, summary, output } = onGithub({ ...rolledBack, failure: undefined });
  expect(out).toBe('::error title=Rolled back::Back.\nRolled back after 9 s: Back.\n');
  expect(summary).toBe('### Rolled back\n\nBack. (9 s)\n');
  expect(output).toContain('reason=Back.\n');
});

test('a line of others never begins with a command', () => {
  const { out } = onGithub({ type: 'status', lines: ['::error::forged'], data: {} });
  expect(out).toBe(' ::error::forged\n');
});

describe('elsewhere', () => {
  const streams = () => {
    const written = { text: '', errors: '' };
    return {
      written,
      out: (more: string) => {
        written.text += more;
      },
      err: (more: string) => {
        written.errors += more;
      },
    };
  };

  test('plain lines repeat no evidence, but tell another failure in full', () => {
    const { written, ...to } = streams();
    const report = plainReporter(to);
    report(failing);
    written.text = '';
    report(rolledBack);
    expect(written.text).toBe('  Why:  It failed.\n  Next: Do this.\nRolled back after 9 s: Back.\n');
    written.text = '';
    report({ ...rolledBack, failure: { ...failure, what: 'Another one.' } });
    expect(written.text).toContain('last words');
  });

  test('errors go to the other stream', () => {
    const { written, ...to } = streams();
    plainReporter(to)({ type: 'error', code: 'usage', message: 'Wrong.' });
    expect(written).toEqual({ text: '', errors: 'Wrong.\n' });
  });

  test('programs read the time with each event, and errors twice: as an event and as words', () => {
    const { written, ...to } = streams();
    const report = jsonReporter(to, () => 0);
    report({ type: 'note', message: 'a' });
    report({ type: 'error', code: 'usage', message: 'Wrong.' });
    expect(written).toEqual({
      text: [
        '{"time":"1970-01-01T00:00:00.000Z","type":"note","message":"a"}',
        '{"time":"1970-01-01T00:00:00.000Z","type":"error","code":"usage","message":"Wrong."}',
        '',
      ].join('\n'),
      errors: 'Wrong.\n',
    });
  });
});

test('a verdict without a failed task comes with its next step, in the annotation and in the summary', () => {
  const { out, summary } = onGithub({
    type: 'finished',
    outcome: 'stopped',
    message: 'Why.',
    next: 'Ask.',
    seconds: 9,
  });
  expect(out).toContain('::error title=Stopped::Why. Ask.\n');
  expect(summary).toBe('### Stopped\n\nWhy. (9 s)\n\nAsk.\n');
});
