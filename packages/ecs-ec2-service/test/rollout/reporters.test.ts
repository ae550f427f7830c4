import { readFileSync } from 'node:fs';
import { safe } from '../../runtime/rollout/report/safe';
import { scenarios } from './control-plane/timelines';
import { DEPLOY, eventsOf, stage } from './harness';

const loop = scenarios['breaker rollback of a crash loop'].timeline;
const ESCAPE = '\u001b';

async function deployIn(env: NodeJS.ProcessEnv, isTerminal = false, timeline: typeof loop = loop) {
  const { rollout } = await stage({ timeline });
  const result = await rollout(DEPLOY, env, isTerminal);
  return result;
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

test('a log line cannot give the runner a command, nor the terminal an escape sequence', async () => {
  const log = ['::error::forged', '##[error]forged', `${ESCAPE}[2J${ESCAPE}]0;title\u0007hidden`, '~~~~'];
  const { out, summary } = await deployIn({ GITHUB_ACTIONS: 'true' }, false, { ...loop, log });
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

test('on a terminal the progress stays on one line', async () => {
  const { out } = await deployIn({}, true);
  expect(out).toContain('\r');
  expect(out).toContain('new tasks run');
});

test('NO_COLOR is respected on a terminal', async () => {
  expect((await deployIn({ NO_COLOR: '1' }, true)).out).not.toContain(ESCAPE);
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
