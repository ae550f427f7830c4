import { exitCodes, type Outcome } from '../../runtime/rollout/outcome';
import { endOf } from './control-plane/timeline';
import { type Scenario, scenarios } from './control-plane/timelines';
import { DEPLOY, eventsOf, play } from './harness';

/** Longer than any timeline that ends. */
const LIMIT = '15m';
/** A fault that is over counts down, so each run has its own. */
const scriptOf = ({ timeline, faults }: Pick<Scenario, 'timeline' | 'faults'>) => ({
  timeline,
  faults: faults?.map((fault) => ({ ...fault })),
});
const cases = Object.entries(scenarios) as [string, Scenario][];

test.each(cases)('%s: the verdict is what ECS says', async (_name, { outcome, says, desiredCount, ...script }) => {
  const { code, out } = await play(scriptOf(script), [...DEPLOY, '--timeout', LIMIT], (plane) => {
    plane.state.desiredCount = desiredCount ?? 1;
  });
  expect({ code, out }).toEqual({
    code: exitCodes[outcome],
    out: says ? expect.stringMatching(says) : expect.any(String),
  });
});

test.each(cases.filter(([, { timeline }]) => endOf(timeline) !== undefined))(
  '%s: the verdict is there within two seconds',
  async (_name, { desiredCount, ...script }) => {
    const { timeline } = script;
    const { out, plane } = await play(scriptOf(script), [...DEPLOY, '--json', '--timeout', LIMIT], ({ state }) => {
      state.desiredCount = desiredCount ?? 1;
    });
    const deployment = plane.state.deployments[1];
    const told = Date.parse(eventsOf(out).pop()!.time);
    expect((told - deployment.createdAt) / 1000 - endOf(timeline)!).toBeLessThanOrEqual(2);
  },
);

const looping: string[] = [
  'breaker rollback of a crash loop',
  'image not found',
  'unhealthy target',
  'task that is healthy for a moment',
  'no breaker configured',
];
test.each(cases.filter(([name]) => looping.includes(name)))(
  '%s: it is reported at the second failed task, long before ECS gives up',
  async (_name, { timeline }) => {
    const { out, plane } = await play({ timeline }, [...DEPLOY, '--json', '--timeout', LIMIT]);
    const failing = eventsOf(out).find((event) => event.type === 'failing')!;
    const second = timeline.stoppedTasks![1].at;
    const told = (Date.parse(failing.time) - plane.state.deployments[1].createdAt) / 1000;
    expect(failing).toMatchObject({ failures: 2 });
    expect(told - second).toBeLessThanOrEqual(12);
  },
);

test('every way in which a rollout can end has an exit code of its own', () => {
  const codes = Object.values(exitCodes);
  expect(new Set(codes).size).toBe(codes.length);
  const outcomes: Outcome[] = cases.map(([, scenario]) => scenario.outcome);
  expect(new Set(outcomes)).toEqual(
    new Set(['succeeded', 'rolled-back', 'failed', 'superseded', 'stopped', 'timed-out']),
  );
});
