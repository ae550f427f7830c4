import { readFileSync } from 'node:fs';
import path from 'node:path';
import { flags } from '../../runtime/rollout/arguments';
import { exitCodes } from '../../runtime/rollout/outcome';
import { eventMeanings } from '../../runtime/rollout/report/events';
import { scenarios } from './control-plane/timelines';
import { DEPLOY, eventsOf, play, stage, TARGET } from './harness';

const { timeline } = scenarios.success;

test('status tells what runs and how deployments ended, and changes nothing', async () => {
  const { rollout } = await stage({ timeline: scenarios['breaker rollback of a crash loop'].timeline });
  await rollout(DEPLOY);
  const { code, out } = await rollout(['status', ...TARGET]);
  expect(code).toBe(0);
  expect(out).toContain('app: 1 of 1 tasks run');
  expect(out).toMatch(/ROLLBACK_SUCCESSFUL\s+task-definition-app:2[\s\S]*SUCCESSFUL\s+task-definition-app:1/);
});

test('status tells of what the newest failed task died, as long as ECS remembers it', async () => {
  const { rollout } = await stage({ timeline: scenarios['out of memory'].timeline });
  expect((await rollout(['status', ...TARGET])).out).not.toContain('The last task that failed');
  await rollout(DEPLOY);
  const { out } = await rollout(['status', ...TARGET]);
  expect(out).toMatch(
    /The last task that failed, at 2026-01-01T00:01:\S+Z:\n {2}Why: {2}The container ran out of memory\.\n {2}Next: .*\n {2}ECS: .*\n {2}Container app, exit code 137/,
  );
  const [event] = eventsOf((await rollout(['status', ...TARGET, '--json'])).out);
  expect(event).toMatchObject({ data: { lastFailure: { exitCode: 137, stoppedAt: expect.stringMatching(/^2026/) } } });
});

test('status passes over tasks that were stopped on purpose', async () => {
  const task = { stoppedReason: 'Essential container in task exited', exitCode: 3 };
  const stopped = {
    stopCode: 'ServiceSchedulerInitiated',
    stoppedReason: 'Scaling activity initiated by (deployment ecs-svc/2)',
  };
  const { rollout } = await stage({
    timeline: {
      ...timeline,
      stoppedTasks: [
        { at: 5, ...task },
        { at: 9, ...stopped },
      ],
    },
  });
  await rollout(DEPLOY);
  expect((await rollout(['status', ...TARGET])).out).toContain('ended with exit code 3');
});

test('status without the right to see tasks is a status nevertheless', async () => {
  const faults = [{ kind: 'denied' as const, actions: ['ListTasks'] }];
  const { code, out } = await play({ timeline, faults }, ['status', ...TARGET]);
  expect({ code, out }).toEqual({
    code: 0,
    out: expect.stringMatching(/AWS refused ecs:ListTasks[\s\S]*1 of 1 tasks run/),
  });
});

test('status for programs is one JSON object', async () => {
  const { out } = await play({ timeline }, ['status', ...TARGET, '--json']);
  expect(eventsOf(out)).toEqual([
    expect.objectContaining({ type: 'status', data: expect.objectContaining({ desired: 1, service: 'app' }) }),
  ]);
});

test('watch follows what somebody else started, to the same verdict', async () => {
  const { rollout } = await stage({ timeline: scenarios['image not found'].timeline });
  const first = await rollout([...DEPLOY, '--timeout', '5s']);
  expect(first.code).toBe(exitCodes['timed-out']);
  const { code, out } = await rollout(['watch', ...TARGET]);
  expect(code).toBe(exitCodes['rolled-back']);
  expect(out).toContain('The image does not exist.');
});

test('rollback ends a rollout that goes on', async () => {
  const { plane, rollout } = await stage({ timeline: scenarios['slow success'].timeline });
  await rollout([...DEPLOY, '--timeout', '30s']);
  const { code, out } = await rollout(['rollback', ...TARGET]);
  expect(code).toBe(0);
  expect(out).toContain('The version before is live again.');
  expect(plane.count('StopServiceDeployment')).toBe(1);
});

test('rollback of what goes back already only follows it', async () => {
  const { plane, rollout } = await stage({ timeline: scenarios['rollback that fails too'].timeline });
  await rollout([...DEPLOY, '--timeout', '95s']);
  const { code } = await rollout(['rollback', ...TARGET]);
  expect(plane.count('StopServiceDeployment')).toBe(0);
  expect(code).toBe(exitCodes.failed);
});

test('rollback of a rollout that has just succeeded says that it came too late', async () => {
  const { plane, rollout, clock } = await stage({ timeline });
  await rollout([...DEPLOY, '--timeout', '30s']);
  // It ends between the look and the request.
  plane.before.StopServiceDeployment = () => clock.sleep(60_000);
  const { code, out } = await rollout(['rollback', ...TARGET]);
  expect(code).toBe(exitCodes.failed);
  expect(out).toContain('The rollout succeeded before it could be rolled back: run this again.');
});

test('the newest of many deployments is found, whatever page it is on', async () => {
  const { plane, rollout } = await stage({ timeline: scenarios['breaker rollback of a crash loop'].timeline });
  plane.state.pageSize = 1;
  const { code, out } = await rollout(DEPLOY);
  expect(code).toBe(exitCodes['rolled-back']);
  expect(out).toContain('Failing: 2 tasks have failed so far.');
  const status = await rollout(['status', ...TARGET]);
  expect(status.out).toMatch(/ROLLBACK_SUCCESSFUL[\s\S]*SUCCESSFUL\s+task-definition-app:1/);
});

test('rollback brings back a named revision', async () => {
  const { plane, rollout } = await stage({ timeline });
  await rollout(DEPLOY);
  expect((await rollout(['rollback', ...TARGET, '--to', '1'])).code).toBe(0);
  expect(plane.state.taskDefinition).toMatch(/task-definition-app:1$/);
});

test.each([[['--to', '1']], [[]]])(
  'rollback brings back what a deployment of the stack has retired, as a new revision of the same settings: %j',
  async (to) => {
    const { plane, rollout } = await stage({ timeline });
    await rollout(DEPLOY);
    plane.state.deregister(1);
    const { code, out } = await rollout(['rollback', ...TARGET, ...to]);
    expect({ code, out }).toEqual({ code: 0, out: expect.stringContaining('Rolling out registry/app:old') });
    const [retired, , again] = plane.state.definitions;
    expect(plane.state.taskDefinition).toBe(again.taskDefinitionArn);
    expect(again.containerDefinitions).toEqual(retired.containerDefinitions);
    expect(plane.state.definitions).toHaveLength(3);
  },
);

test('rollback to a retired revision of what is live anyway is refused', async () => {
  const { plane, rollout } = await stage({ timeline });
  plane.state.register({ ...plane.state.definitions[0] });
  plane.state.deregister(1);
  await rollout(DEPLOY);
  await rollout(['rollback', ...TARGET, '--to', '2']);
  plane.state.deregister(3);
  const { code, err } = await rollout(['rollback', ...TARGET, '--to', '2']);
  expect({ code, err }).toEqual({
    code: 2,
    err: expect.stringContaining('another revision than the one that is live'),
  });
});

test('help names every flag and every exit code', async () => {
  const { code, out, plane } = await play({ timeline }, ['--help']);
  expect(code).toBe(0);
  for (const flag of Object.keys(flags)) {
    expect(out).toContain(`--${flag}`);
  }
  for (const [name, number] of Object.entries(exitCodes)) {
    expect(out).toMatch(new RegExp(`\\b${number}\\s+${name}\\b`));
  }
  expect(plane.calls).toEqual([]);
});

test('no line of the help is wider than 100 columns', async () => {
  const { out } = await play({ timeline }, ['--help']);
  expect(out.split('\n').filter(({ length }) => length > 100)).toEqual([]);
});

test('the README tells what every JSON event means', () => {
  const readme = readFileSync(path.join(__dirname, '..', '..', 'README.md'), 'utf8');
  for (const [type, meaning] of Object.entries(eventMeanings)) {
    expect(readme).toContain(`| \`${type}\` | ${meaning} |`);
  }
});

test('the README names every flag and every exit code', () => {
  const readme = readFileSync(path.join(__dirname, '..', '..', 'README.md'), 'utf8');
  for (const flag of Object.keys(flags).filter((flag) => flag !== 'help')) {
    expect(readme).toContain(`\`--${flag}`);
  }
  for (const [name, number] of Object.entries(exitCodes)) {
    expect(readme).toContain(`| ${number} | ${name} |`);
  }
});
