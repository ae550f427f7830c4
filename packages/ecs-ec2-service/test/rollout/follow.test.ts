import type { Timeline } from './control-plane/timeline';
import { scenarios } from './control-plane/timelines';
import { DEPLOY, eventsOf, play, stage, TARGET } from './harness';

const JSON_10M = [...DEPLOY, '--json', '--timeout', '10m'];
const { steps } = scenarios['breaker rollback of a crash loop'].timeline;
const exits = (exitCode: number) => ({ stoppedReason: 'Essential container in task exited', exitCode });

/** The failure that the end names, and what was told on the way. */
async function reasonOf(timeline: Timeline, argv = JSON_10M) {
  const { out, plane } = await play({ timeline }, argv);
  const events = eventsOf(out);
  const end = events[events.length - 1];
  return {
    exitCode: end.type === 'finished' ? end.failure?.exitCode : undefined,
    what: end.type === 'finished' ? end.failure?.what : undefined,
    failing: events.flatMap((event) => (event.type === 'failing' ? [event.failures] : [])),
    told: events.flatMap((event) => (event.type === 'service-event' ? [event.message] : [])),
    lists: plane.count('ListTasks'),
  };
}

describe('the reason', () => {
  test('is of a task of this version, and of this deployment', async () => {
    const before = { ...exits(1), at: -5, created: -60 };
    const other = { ...exits(2), at: 20, other: true };
    expect(await reasonOf({ steps, stoppedTasks: [{ ...exits(3), at: 10 }, before, other] })).toMatchObject({
      exitCode: 3,
      failing: [],
    });
    expect(await reasonOf({ steps, stoppedTasks: [before, other] })).toMatchObject({ what: undefined });
  });

  test('counts a task that was created with the deployment', async () => {
    expect(await reasonOf({ steps, stoppedTasks: [{ ...exits(3), at: 10, created: 0 }] })).toMatchObject({
      exitCode: 3,
    });
  });

  test('is of the task that stopped last, in whatever order ECS lists them', async () => {
    const stoppedTasks = [32, 31, 33].map((at) => ({ ...exits(at), at }));
    // Two of them are seen in one look, at the first failure that ECS counts.
    expect(await reasonOf({ steps, stoppedTasks })).toMatchObject({ exitCode: 33, failing: [3] });
  });

  test('of a container that ECS takes to be running is what the load balancer says', async () => {
    const group = 'arn:aws:elasticloadbalancing:us-east-1:1:targetgroup/a/b';
    const { failing } = await reasonOf({
      steps: [
        { at: 0, status: 'IN_PROGRESS', deploymentCircuitBreaker: { status: 'DISABLED' } },
        { at: 10, running: 1 },
      ],
      events: [
        {
          at: 60,
          message: `(service app) (port 5000) is unhealthy in (target-group ${group}) due to (reason Timeout).`,
        },
      ],
      stoppedTasks: [100, 200].map((at) => ({
        at,
        stopCode: 'ServiceSchedulerInitiated',
        stoppedReason: `Task failed ELB health checks in (target-group ${group})`,
        exitCode: 143,
      })),
    });
    expect(failing).toEqual([2]);
  });

  test('that ECS tells in the last moment is told at the end of the time', async () => {
    const message =
      '(service app) was unable to place a task because no container instance met all of its requirements. Reason: RESOURCE:ENI.';
    const timeline: Timeline = { steps: [{ at: 0, status: 'IN_PROGRESS' }], events: [{ at: 59, message }] };
    expect((await reasonOf(timeline, [...DEPLOY, '--json', '--timeout', '60s'])).what).toMatch(/network interface/);
  });

  test('that nobody expects not to be had is told by its name, once', async () => {
    const { timeline } = scenarios['breaker rollback of a crash loop'];
    const { code, out } = await play({ timeline, faults: [{ kind: 'deleted', actions: ['ListTasks'] }] });
    expect(code).toBe(3);
    expect(out.match(/Why tasks fail cannot be told: .*/g)).toEqual([
      'Why tasks fail cannot be told: ServiceNotFoundException: Service not found.',
    ]);
  });
});

test("the service's events since the deployment began are told once, the oldest first", async () => {
  const { told } = await reasonOf({
    steps: scenarios.success.timeline.steps,
    events: [
      { at: -30, message: 'of the version before' },
      { at: 0, message: 'begun' },
      { at: 5, message: 'one' },
      { at: 6, message: 'two' },
      { at: 7, message: '' },
    ],
  });
  expect(told).toEqual(['begun', 'one', 'two']);
});

test('nobody asks for stopped tasks while all run', async () => {
  const { lists } = await reasonOf({
    steps: [
      // From the very first look on.
      { at: -1, status: 'IN_PROGRESS', running: 1, lifecycleStage: 'BAKE_TIME', bake: 5 },
      { at: 300, status: 'SUCCESSFUL' },
    ],
  });
  expect(lists).toBe(0);
});

test('a rollout that is watched later is told with all that failed before', async () => {
  const { timeline } = scenarios['breaker rollback of a crash loop'];
  const { rollout, clock } = await stage({ timeline });
  await rollout([...DEPLOY, '--timeout', '5s']);
  await clock.sleep(60_000);
  const { code, out } = await rollout(['watch', ...TARGET, '--json', '--timeout', '10m']);
  expect(code).toBe(3);
  const failing = eventsOf(out).find((event) => event.type === 'failing');
  expect(failing).toMatchObject({ failures: 2 });
});

test('a stop whose request was seen is told as somebody’s, whatever ECS says later', async () => {
  const { out } = await play({
    timeline: {
      steps: [
        { at: 0, status: 'IN_PROGRESS' },
        { at: 10, status: 'ROLLBACK_REQUESTED' },
        { at: 20, status: 'ROLLBACK_IN_PROGRESS', rollback: { reason: 'The deployment failed.' } },
        { at: 30, status: 'ROLLBACK_SUCCESSFUL' },
      ],
    },
  });
  expect(out).toContain('Somebody stopped the rollout (The deployment failed).');
});

test('a verdict that needs no other deployments asks for none', async () => {
  const faults = [{ kind: 'denied' as const, actions: ['ListServiceDeployments'], from: 30 }];
  expect((await play({ timeline: scenarios.success.timeline, faults })).code).toBe(0);
});

test('a time that is over while watching names the remedy', async () => {
  const { rollout } = await stage({ timeline: scenarios['slow success'].timeline });
  await rollout([...DEPLOY, '--timeout', '5s']);
  const { code, out } = await rollout(['watch', ...TARGET, '--timeout', '5s']);
  expect(code).toBe(7);
  expect(out).toContain("goes on in ECS without this tool. Run 'ecs-rollout watch' to follow it on.");
});

describe('a deployment that ECS does not know', () => {
  /** It has another ARN from 10 seconds on, until it has its own again. */
  async function deploy(until: number, faults: Parameters<typeof play>[0]['faults'] = []) {
    const { plane, rollout, clock } = await stage({ timeline: scenarios.success.timeline, faults });
    let own = '';
    clock.onSleep = () => {
      const deployment = plane.state.deployments[1];
      if (deployment) {
        own ||= deployment.arn;
        const seconds = plane.state.secondsOf(deployment);
        Object.assign(deployment, { arn: seconds > 10 && seconds < until ? `${own}-unknown` : own });
      }
    };
    return rollout(DEPLOY);
  }

  test('is waited for, since ECS may know it a moment later', async () => {
    expect((await deploy(40)).code).toBe(0);
  });

  test('for a minute, and then it is told with what to do', async () => {
    const { code, out } = await deploy(10_000);
    expect(code).toBe(4);
    expect(out).toMatch(
      /See with 'ecs-rollout status' what runs, and how its last deployments ended\.\nFailed after 1 min \d+ s: ECS does not know this deployment any more\./,
    );
  });

  test('is not taken to be deleted where nobody may look at its service', async () => {
    const { code, err } = await deploy(40, [{ kind: 'denied', actions: ['DescribeServices'], from: 11 }]);
    expect({ code, err }).toEqual({ code: 8, err: expect.stringContaining('AWS refused ecs:DescribeServices') });
  });
});
