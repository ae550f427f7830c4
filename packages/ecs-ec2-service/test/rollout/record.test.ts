import { DIGEST } from './control-plane/state';
import { scenarios } from './control-plane/timelines';
import { DEPLOY, play, stage, TARGET } from './harness';

const PARAMETER = '/paebbl-repository/released-image';
const RECORDING = [...DEPLOY, '--release-parameter', PARAMETER, '--timeout', '15m'];
const { timeline } = scenarios.success;

test('what is released is what ran: the repository with the digest that ECS resolved', async () => {
  const { code, plane } = await play({ timeline }, RECORDING);
  expect(code).toBe(0);
  expect(plane.state.parameters.get(PARAMETER)).toBe(`registry/app@${DIGEST}`);
});

test('a digest that only the running task knows is good as well', async () => {
  const { plane } = await play({ timeline: { ...timeline, digest: '' } }, RECORDING);
  expect(plane.state.parameters.get(PARAMETER)).toBe(`registry/app@${DIGEST}`);
});

test('an image that never ran is not recorded', async () => {
  const { code, plane, out } = await play(
    { timeline: scenarios['desired count 0'].timeline },
    RECORDING,
    ({ state }) => {
      state.desiredCount = 0;
    },
  );
  expect(code).toBe(9);
  expect(out).toContain('No task of it ran');
  expect(plane.state.parameters.size).toBe(0);
});

test('a parameter that cannot be written is no success: the next cdk deploy would bring the old version back', async () => {
  const faults = [{ kind: 'denied' as const, actions: ['PutParameter'] }];
  const { code, out } = await play({ timeline, faults }, RECORDING);
  expect(code).toBe(9);
  expect(out).toContain(`put registry/app@${DIGEST} into it`);
});

test('a run that could not write it is repeated once it can', async () => {
  const faults = [{ kind: 'denied' as const, actions: ['PutParameter'], times: 1 }];
  const { plane, rollout } = await stage({ timeline, faults });
  expect((await rollout(RECORDING)).code).toBe(9);
  expect((await rollout(RECORDING)).code).toBe(0);
  expect(plane.state.deployments).toHaveLength(2);
  expect(plane.state.parameters.get(PARAMETER)).toBe(`registry/app@${DIGEST}`);
});

test('what was released at 0 tasks is recorded once a task runs', async () => {
  const { plane, rollout } = await stage({ timeline: { steps: [{ at: 0, status: 'SUCCESSFUL', running: 1 }] } });
  plane.state.desiredCount = 0;
  expect((await rollout(RECORDING)).code).toBe(9);
  expect((await rollout(RECORDING)).code).toBe(9);
  plane.state.desiredCount = 1;
  expect((await rollout(RECORDING)).code).toBe(0);
  expect(plane.state.deployments).toHaveLength(2);
  expect(plane.state.parameters.get(PARAMETER)).toBe(`registry/app@${DIGEST}`);
});

test('a rollback records what it brings back', async () => {
  const { plane, rollout } = await stage({ timeline });
  await rollout(RECORDING);
  const { code, out } = await rollout(['rollback', ...TARGET, '--release-parameter', PARAMETER]);
  expect(code).toBe(0);
  expect(out).toContain('Rolling out registry/app:old');
  expect(plane.state.parameters.get(PARAMETER)).toBe(`registry/app@${DIGEST}`);
});

test('what somebody registered by hand without a tag is recorded by its digest as well', async () => {
  const { plane, rollout } = await stage({ timeline, image: 'registry/app' });
  await rollout(RECORDING);
  const { code } = await rollout(['rollback', ...TARGET, '--release-parameter', PARAMETER]);
  expect(code).toBe(0);
  expect(plane.state.parameters.get(PARAMETER)).toBe(`registry/app@${DIGEST}`);
});
