import { readFileSync } from 'node:fs';
import { safe } from '../../runtime/rollout/report/safe';
import { scenarios } from './control-plane/timelines';
import { DEPLOY, eventsOf, stage } from './harness';

const loop = scenarios['breaker rollback of a crash loop'].timeline;
const ESCAPE = '\u001b';

/** A terminal of some width; its seconds pass with the tool's. */
const terminal = (columns = 80) => ({ columns: () => columns, everySecond: () => () => {} });

async function deployIn(env: NodeJS.ProcessEnv, screen?: ReturnType<typeof terminal>, timeline: typeof loop = loop) {
  const { rollout } = await stage({ timeline });
  return rollout(DEPLOY, env, screen);
}

test('on GitHub the progress is a group, the failure an annotation, and the job has a summary', async () => {
  const { out, summary } = await deployIn({ GITHUB_ACTIONS: 'true' });
  expect(out).toMatch(/^::group::Rolling out registry\/app:new$/m);
  expect(out).toMatch(/^::warning title=A task of the rollout fails::The container ended with exit code 1\./m);
  expect(out).toMatch(
    /^::endgroup::\n::error title=Rolled back::The circuit breaker ended the rollout after 3 failed tasks\./m,
  );
  expect(summary).toMatch(/^### Rolled back\n[\s\S]*ModuleNotFoundError/);
});

test('on GitHub the first line is the title of the group, and not said twice', async () => {
  const { out } = await deployIn({ GITHUB_ACTIONS: 'true' });
  expect(out.match(/Rolling out registry\/app:new/g)).toHaveLength(1);
});

test('on GitHub the summary says what was rolled out', async () => {
  const { summary } = await deployIn({ GITHUB_ACTIONS: 'true' }, undefined, scenarios.success.timeline);
  expect(summary).toBe(
    '### Live\n\n`app` · `registry/app:new` · `task-definition-app:2`\n\nECS reports the deployment as successful. (63 s)\n',
  );
});

test('on GitHub later steps can read how it ended, why, and how long it took', async () => {
  const failed = await deployIn({ GITHUB_ACTIONS: 'true' });
  expect(failed.output).toMatch(
    /^outcome=rolled-back\nreason=The circuit breaker ended the rollout .* The container ended with exit code 1\.\nseconds=\d+\n$/,
  );
  const live = await deployIn({ GITHUB_ACTIONS: 'true' }, undefined, scenarios.success.timeline);
  expect(live.output).toBe('outcome=succeeded\nreason=\nseconds=63\n');
});

test('on GitHub a reason of several lines stays one output', async () => {
  const stoppedTasks = loop.stoppedTasks!.map((task) => ({
    ...task,
    exitCode: undefined,
    stoppedReason: 'a\noutcome=succeeded',
  }));
  const { output } = await deployIn({ GITHUB_ACTIONS: 'true' }, undefined, { ...loop, stoppedTasks });
  expect(output.match(/^outcome=/gm)).toHaveLength(1);
});

test('on GitHub an approval is a notice with the command that gives it', async () => {
  const { out } = await deployIn({ GITHUB_ACTIONS: 'true' }, undefined, scenarios['paused lifecycle hook'].timeline);
  expect(out).toMatch(/^::notice title=The rollout waits for an approval::aws ecs continue-service-deployment /m);
});

test('on GitHub what the tool could not do is an annotation, a summary and an output, too', async () => {
  const { rollout } = await stage({ timeline: loop, faults: [{ kind: 'denied', actions: ['UpdateService'] }] });
  const { code, out, err, summary, output } = await rollout(DEPLOY, { GITHUB_ACTIONS: 'true' });
  expect({ code, err }).toEqual({ code: 8, err: '' });
  expect(out).toMatch(/^::error title=No permission::AWS refused ecs:UpdateService/m);
  expect(summary).toMatch(/^### No permission\n/);
  expect(output).toMatch(/^outcome=no-permission\nreason=AWS refused ecs:UpdateService.*\n$/);
});

test('on GitHub wrong flags are an annotation', async () => {
  const { rollout } = await stage({ timeline: loop });
  const { out } = await rollout(['deploy', '--cluster', 'a\n::error::forged'], { GITHUB_ACTIONS: 'true' });
  expect(out).toMatch(/^::error title=Not started::'--service' must be given, got: none/);
  expect(out.trim().split('\n')).toHaveLength(1);
});

test('a log line cannot give the runner a command, nor the terminal an escape sequence', async () => {
  const log = ['::error::forged', '##[error]forged', `${ESCAPE}[2J${ESCAPE}]0;title\u0007hidden`, '~~~~'];
  const { out, summary } = await deployIn({ GITHUB_ACTIONS: 'true' }, undefined, { ...loop, log });
  expect(out).not.toMatch(/^\s*::error::forged/m);
  expect(out).not.toContain('##[error]');
  expect(out + summary).not.toContain(ESCAPE);
  expect(summary.match(/^~~~~/gm)).toHaveLength(2);
});

test('without a terminal there is neither colour nor a moving line', async () => {
  const { out } = await deployIn({});
  expect(out).not.toContain(ESCAPE);
  expect(out).not.toContain('\r');
});

test('what was read about a failure while it went on is not read once more at the end', async () => {
  const { out } = await deployIn({});
  expect(out.match(/ModuleNotFoundError/g)).toHaveLength(1);
  expect(out).toMatch(/ {2}Why: {2}The container ended with exit code 1\.\n {2}Next: .*\nRolled back after [^\n]*\n$/);
});

describe('on a terminal', () => {
  test('the progress stays on one line, with the time that has passed', async () => {
    const { out } = await deployIn({}, terminal(), scenarios.success.timeline);
    expect(out).toContain(`\r${ESCAPE}[2K● ░░░░░░░░░░ 2 s: 0 of 1 new tasks run, 1 old, pending`);
    expect(out).toMatch(/● ██████████ 2\d s: 1 of 1 new tasks run, 1 old, scale up/);
    expect(out).toMatch(/● ██████████ 5\d s: 1 of 1 new tasks run, scale up/);
  });

  test('that line is never wider than the screen', async () => {
    const { out } = await deployIn({}, terminal(30));
    const lines = out.match(/●[^\r\n]*/g)!;
    expect(Math.max(...lines.map(({ length }) => length))).toBe(29);
  });

  test('the line is gone when the verdict is there, and the verdict has the colour', async () => {
    const { out } = await deployIn({}, terminal());
    const last = out.slice(out.lastIndexOf(`${ESCAPE}[2K`) + 4);
    expect(last).not.toContain('●');
    const [verdict] = last.trimEnd().split('\n').slice(-1);
    expect(verdict.startsWith(`${ESCAPE}[31mRolled back after `)).toBe(true);
    expect(verdict.endsWith(`${ESCAPE}[0m`)).toBe(true);
  });

  test('seconds pass while nothing happens, until the end', async () => {
    const ticks: (() => void)[] = [];
    let stopped = false;
    const screen = {
      columns: () => 80,
      everySecond: (tick: () => void) => {
        ticks.push(tick);
        return () => {
          stopped = true;
        };
      },
    };
    const { rollout, clock } = await stage({ timeline: scenarios.success.timeline });
    clock.onSleep = () => ticks[0]?.();
    const { out } = await rollout(DEPLOY, {}, screen);
    expect(ticks).toHaveLength(1);
    expect(stopped).toBe(true);
    expect(out).toMatch(/ 30 s: 1 of 1 new tasks run/);
  });

  test('Ctrl-C takes the line back before it speaks', async () => {
    const interrupted = new AbortController();
    const { rollout, clock } = await stage({ timeline: scenarios['slow success'].timeline }, interrupted.signal);
    const began = clock.now();
    clock.onSleep = () => clock.now() - began > 20_000 && interrupted.abort();
    const { out, err } = await rollout(DEPLOY, {}, terminal());
    expect(out.endsWith(`\r${ESCAPE}[2K`)).toBe(true);
    expect(err).toMatch(/^Interrupted\. A rollout that was started goes on/);
  });

  test('NO_COLOR is respected', async () => {
    expect((await deployIn({ NO_COLOR: '1' }, terminal())).out).not.toContain(ESCAPE);
  });
});

test('for programs an end without a verdict is an event, too', async () => {
  const { rollout } = await stage({ timeline: loop, faults: [{ kind: 'denied', actions: ['UpdateService'] }] });
  const { out, err } = await rollout([...DEPLOY, '--json']);
  expect(eventsOf(out).pop()).toMatchObject({ type: 'error', code: 'no-permission' });
  expect(err).toContain('AWS refused ecs:UpdateService');
});

test('for programs there is one JSON event a line, the verdict last', async () => {
  const { rollout } = await stage({ timeline: loop });
  const { out } = await rollout([...DEPLOY, '--json']);
  const events = eventsOf(out);
  expect(events[0]).toMatchObject({ type: 'started', image: 'registry/app:new' });
  expect(events[events.length - 1]).toMatchObject({
    type: 'finished',
    outcome: 'rolled-back',
    failure: { exitCode: 1, container: 'app', log: expect.arrayContaining([expect.stringContaining('plotly')]) },
  });
});

test('control characters go, text stays', () => {
  expect(safe('a\u0000b\tc – d')).toBe('ab\tc – d');
});

test('the tool never prints credentials', async () => {
  const { out, err } = await deployIn({});
  expect(out + err).not.toMatch(/AKIDEXAMPLE|secretAccessKey/);
  expect(readFileSync(__filename, 'utf8')).toContain('AKIDEXAMPLE');
});
