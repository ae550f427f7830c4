import type { Fault } from './control-plane/faults';
import { scenarios } from './control-plane/timelines';
import { DEPLOY, eventsOf, IMAGE, play, stage } from './harness';

const { timeline } = scenarios.success;
const loop = scenarios['breaker rollback of a crash loop'].timeline;

test.each<[string, Fault]>([
  ['is throttled for a minute', { kind: 'throttled', from: 10, until: 70 }],
  ['has a bad minute', { kind: 'broken', from: 10, until: 70 }],
  ['is not available for a minute', { kind: 'unavailable', from: 10, until: 70 }],
  ['loses every connection for a minute', { kind: 'reset', from: 10, until: 70 }],
  ['asks for new credentials twice', { kind: 'expired', times: 2, from: 10 }],
])('a rollout is followed to its end while AWS %s', async (_name, fault) => {
  const good = await play({ timeline, faults: [{ ...fault }] });
  expect(good.code).toBe(0);
  expect(good.out).toContain('trying again');
  const bad = await play({ timeline: loop, faults: [{ ...fault }] });
  expect(bad.code).toBe(3);
});

test('a service that is deleted just as its rollout ends is told as deleted', async () => {
  const faults: Fault[] = [{ kind: 'deleted', actions: ['ListServiceDeployments'], from: 30 }];
  const { code, out } = await play({ timeline: scenarios['operator aborts'].timeline, faults });
  expect({ code, out }).toEqual({ code: 4, out: expect.stringContaining('was deleted while the rollout went on') });
});

test('nothing is started twice when the answer to a change is lost', async () => {
  const faults: Fault[] = [
    { kind: 'reset-after', actions: ['UpdateService'], times: 1 },
    { kind: 'reset-after', actions: ['ListServiceDeployments'], times: 1 },
  ];
  const { code, plane } = await play({ timeline, faults });
  expect(code).toBe(0);
  expect(plane.state.deployments).toHaveLength(2);
});

test('credentials that stay expired end the run with a sentence, and the rollout is still there to attach to', async () => {
  const { plane, rollout, clock } = await stage({ timeline, faults: [{ kind: 'expired', from: 10, until: 40 }] });
  // Nobody renews them: each retry meets the same refusal.
  clock.onSleep = undefined;
  const first = await rollout(DEPLOY);
  expect({ code: first.code, err: first.err }).toEqual({
    code: 8,
    err: expect.stringContaining('run the same command again, it attaches to the rollout'),
  });
  await clock.sleep(30_000);
  const second = await rollout(DEPLOY);
  expect(second.code).toBe(0);
  expect(plane.state.deployments).toHaveLength(2);
});

test('a clock that is an hour wrong is corrected by the answers of AWS', async () => {
  const { code } = await play({ timeline, skew: 3600 });
  expect(code).toBe(0);
});

test('AWS that never answers is given up after minutes, not called a success', async () => {
  const { code, err } = await play({ timeline, faults: [{ kind: 'reset', from: 10 }] });
  expect(code).toBe(10);
  expect(err).toMatch(/AWS does not answer ecs:DescribeServiceDeployments.*'ecs-rollout status' tells/);
});

test.each([
  ['DescribeServices', 'ecs:DescribeServices', 1],
  ['RegisterTaskDefinition', 'ecs:RegisterTaskDefinition', 1],
  ['UpdateService', 'ecs:UpdateService', 1],
  ['DescribeServiceDeployments', 'ecs:DescribeServiceDeployments', 2],
])('%s that is refused is told by the name of the permission', async (action, permission, deployments) => {
  const { code, err, plane } = await play({ timeline, faults: [{ kind: 'denied', actions: [action] }] });
  expect({ code, err }).toEqual({ code: 8, err: expect.stringContaining(`AWS refused ${permission}`) });
  expect(plane.state.deployments).toHaveLength(deployments);
});

test('a log that may not be read costs the log lines, not the reason', async () => {
  const { code, out } = await play({ timeline: loop, faults: [{ kind: 'denied', actions: ['GetLogEvents'] }] });
  expect(code).toBe(3);
  expect(out).toContain('could not be read: AWS refused logs:GetLogEvents');
  expect(out).toContain('The container ended with exit code 1.');
});

test.each(['ListTasks', 'DescribeTasks'])(
  'a verdict needs no %s: without it, only the reason is missing',
  async (action) => {
    const { code, out } = await play({ timeline: loop, faults: [{ kind: 'denied', actions: [action] }] });
    expect(code).toBe(3);
    expect(out.match(/Why tasks fail cannot be told: AWS refused ecs:/g)).toHaveLength(1);
    expect(out).toContain('The circuit breaker ended the rollout after 3 failed tasks.');
  },
);

test('Ctrl-C ends a call that AWS does not answer', async () => {
  const interrupted = new AbortController();
  const { rollout, plane } = await stage({ timeline }, interrupted.signal);
  const ended = rollout(DEPLOY);
  plane.hang = true;
  setTimeout(() => interrupted.abort(), 200);
  expect((await ended).code).toBe(130);
});

test('Ctrl-C stops the tool, says what goes on, and the next run attaches to it', async () => {
  const interrupted = new AbortController();
  const { rollout, clock } = await stage({ timeline }, interrupted.signal);
  const began = clock.now();
  clock.onSleep = () => clock.now() - began > 20_000 && interrupted.abort();
  const { code, err } = await rollout(DEPLOY);
  expect(code).toBe(130);
  expect(err).toContain('A rollout that was started goes on without this tool');
});

test('a run that was killed is taken up by the next one: no second deployment, no second revision', async () => {
  const { plane, rollout } = await stage({ timeline });
  const killed = await rollout([...DEPLOY, '--timeout', '10s']);
  expect(killed.code).toBe(7);
  const again = await rollout(DEPLOY);
  expect(again.code).toBe(0);
  expect(killed.out).toContain('Run the same command again: it attaches to this rollout, and records it');
  expect(again.out).toContain('This image is being rolled out already.');
  expect(plane.state.deployments).toHaveLength(2);
  expect(plane.state.definitions).toHaveLength(2);
});

test('a run that was killed between its two changes leaves no second revision behind', async () => {
  const { plane, rollout } = await stage({
    timeline,
    faults: [{ kind: 'denied', actions: ['UpdateService'], times: 1 }],
  });
  expect((await rollout(DEPLOY)).code).toBe(8);
  expect((await rollout(DEPLOY)).code).toBe(0);
  expect(plane.state.definitions).toHaveLength(2);
});

test('an image that is live is left alone', async () => {
  const { plane, rollout } = await stage({ timeline });
  await rollout(DEPLOY);
  const again = await rollout([...DEPLOY, '--json']);
  expect(again.code).toBe(0);
  expect(eventsOf(again.out).map((event) => event.type)).toEqual(['unchanged', 'finished']);
  expect(plane.state.deployments).toHaveLength(2);
});

test('an image that is live is started anew by force, as the same revision', async () => {
  const { plane, rollout } = await stage({ timeline });
  await rollout(DEPLOY);
  const unforced = await rollout(DEPLOY);
  expect(unforced.out).toContain('--force');
  const forced = await rollout([...DEPLOY, '--force']);
  expect({ code: forced.code, out: forced.out }).toEqual({ code: 0, out: expect.stringContaining('Rolling out') });
  expect(plane.state.deployments.map(({ taskDefinition }) => taskDefinition.split(':').pop())).toEqual(['1', '2', '2']);
  expect(plane.state.definitions).toHaveLength(2);
});

test('force does not attach to a rollout of the same image: its tasks may have read the old secrets', async () => {
  const { plane, rollout } = await stage({ timeline });
  await rollout([...DEPLOY, '--timeout', '10s']);
  expect((await rollout([...DEPLOY, '--force'])).code).toBe(0);
  expect(plane.state.deployments).toHaveLength(3);
});

test('a live revision that was retired meanwhile is started anew as a revision of the same settings', async () => {
  const { plane, rollout } = await stage({ timeline });
  await rollout(DEPLOY);
  plane.state.deregister(1);
  plane.state.deregister(2);
  expect((await rollout([...DEPLOY, '--force'])).code).toBe(0);
  expect(plane.state.definitions).toHaveLength(3);
});

/** Another deploy of the same image, that is faster from the moment on at which ours has seen that nothing goes on. */
function overtaken({ plane, rollout }: Awaited<ReturnType<typeof stage>>, then = async () => {}) {
  const race: { other?: ReturnType<typeof rollout> } = {};
  plane.before.DescribeTaskDefinition = async () => {
    if (plane.count('DescribeTaskDefinition') === 2) {
      race.other = rollout(DEPLOY);
      while (plane.state.deployments.length < 2) {
        await new Promise((done) => setImmediate(done));
      }
    }
  };
  plane.before.UpdateService = async () => {
    if (plane.count('UpdateService') === 2) {
      await then();
    }
  };
  return race;
}

test('two deploys of the same image at once follow one deployment, to the same verdict', async () => {
  const staged = await stage({ timeline });
  const race = overtaken(staged);
  const ours = await staged.rollout(DEPLOY);
  expect({ code: ours.code, out: ours.out }).toEqual({
    code: 0,
    out: expect.stringContaining('This image is being rolled out already.'),
  });
  expect((await race.other)?.code).toBe(0);
  expect(staged.plane.state.deployments).toHaveLength(2);
  expect(staged.plane.state.definitions).toHaveLength(2);
});

test('two deploys of the same image at once, and the rollout goes back: neither is told a success', async () => {
  const staged = await stage({ timeline: loop });
  const race = overtaken(staged);
  expect((await staged.rollout(DEPLOY)).code).toBe(3);
  expect((await race.other)?.code).toBe(3);
});

test('two deploys of the same image at once, and the rollout has ended before ours is listed: its end is told', async () => {
  const staged = await stage({ timeline });
  const race = overtaken(staged, () => staged.clock.sleep(100_000));
  expect((await staged.rollout(DEPLOY)).code).toBe(0);
  expect((await race.other)?.code).toBe(0);
  expect(staged.plane.state.deployments).toHaveLength(2);
});

test.each([0, 10_000])(
  'two deploys of the same image at once, and the first one goes back before the second one’s update: that starts another, listed after %i ms',
  async (lag) => {
    let attempts = 0;
    const staged = await stage({ timeline: () => (attempts++ < 1 ? loop : timeline) });
    const race = overtaken(staged, async () => {
      await staged.clock.sleep(100_000);
      staged.plane.state.listLag = lag;
    });
    expect((await staged.rollout(DEPLOY)).code).toBe(0);
    expect([0, 3]).toContain((await race.other)?.code);
    expect(staged.plane.state.deployments).toHaveLength(3);
  },
);

test('an update for which ECS lists no deployment is no success, and the next step is told', async () => {
  const { plane, rollout } = await stage({ timeline });
  plane.state.update = () => {};
  const { code, err } = await rollout(DEPLOY);
  expect({ code, err }).toEqual({ code: 1, err: expect.stringContaining("see with 'ecs-rollout status' what runs") });
});

test('an answer that nobody expects is told with the next step', async () => {
  const faults: Fault[] = [{ kind: 'deleted', actions: ['UpdateService'] }];
  const { code, err } = await play({ timeline, faults });
  expect({ code, err }).toEqual({ code: 1, err: expect.stringContaining("'ecs-rollout status' tells what runs now") });
});

test('the same image is tried again after its rollout failed', async () => {
  let attempts = 0;
  const { rollout } = await stage({ timeline: () => (attempts++ < 1 ? loop : timeline) });
  // The service's first deployment does not ask.
  expect((await rollout(DEPLOY)).code).toBe(3);
  expect((await rollout(DEPLOY)).code).toBe(0);
});

test('two deploys at once: each tells how its own one ended', async () => {
  const { rollout } = await stage({
    timeline: (image) => (image === IMAGE ? scenarios.superseded.timeline : timeline),
  });
  expect((await rollout(DEPLOY)).code).toBe(5);
});

test('the revision differs from the one before in the image alone', async () => {
  const { plane } = await play({ timeline });
  const [before, after] = plane.state.definitions;
  const { taskDefinitionArn: _a, revision: _r, ...rest } = after;
  const [container] = before.containerDefinitions!;
  expect(rest).toEqual({
    ...before,
    taskDefinitionArn: undefined,
    revision: undefined,
    containerDefinitions: [{ ...container, image: IMAGE }],
  });
});

test('a service at 0 is started when asked, and only then', async () => {
  const zero = await play({ timeline }, [...DEPLOY, '--min-desired-count', '2'], ({ state }) => {
    state.desiredCount = 0;
  });
  expect(zero.plane.state.desiredCount).toBe(2);
  const more = await play({ timeline }, [...DEPLOY, '--min-desired-count', '2'], ({ state }) => {
    state.desiredCount = 3;
  });
  expect(more.plane.state.desiredCount).toBe(3);
});
