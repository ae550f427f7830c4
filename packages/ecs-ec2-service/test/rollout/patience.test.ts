import type { DeploymentConfiguration } from '@aws-sdk/client-ecs';
import { patience } from '../../runtime/rollout/follow/patience';
import { scenarios } from './control-plane/timelines';
import { DEPLOY, play, stage, TARGET } from './harness';

const minutes = (deploymentConfiguration?: DeploymentConfiguration, asked?: number) =>
  patience(asked, { deploymentConfiguration }) / 60_000;
const pauseAt = (
  ...lifecycleStages: NonNullable<DeploymentConfiguration['lifecycleHooks']>[number]['lifecycleStages'] & object
) => ({
  targetType: 'PAUSE' as const,
  lifecycleStages,
});
/** Goes on by itself after ten minutes. */
const tenMinutesAt = (...stages: Parameters<typeof pauseAt>) => ({
  ...pauseAt(...stages),
  timeoutConfiguration: { timeoutInMinutes: 10, action: 'CONTINUE' as const },
});

test.each<[string, DeploymentConfiguration | undefined, number]>([
  ['one that nothing is known of', undefined, 30],
  ['rolling', { strategy: 'ROLLING' }, 30],
  ['rolling with a bake time', { bakeTimeInMinutes: 20 }, 50],
  ['blue/green', { strategy: 'BLUE_GREEN', bakeTimeInMinutes: 5 }, 35],
  ['blue/green with the bake time of ECS', { strategy: 'BLUE_GREEN' }, 45],
  [
    'ten steps of six minutes',
    { strategy: 'LINEAR', bakeTimeInMinutes: 5, linearConfiguration: { stepPercent: 10, stepBakeTimeInMinutes: 6 } },
    30 + 9 * 6 + 5,
  ],
  ['steps of which ECS chooses the size', { strategy: 'LINEAR', bakeTimeInMinutes: 5 }, 30 + 9 * 6 + 5],
  ['a canary of ECS', { strategy: 'CANARY', bakeTimeInMinutes: 5 }, 30 + 10 + 5],
  [
    'a canary',
    {
      strategy: 'CANARY',
      bakeTimeInMinutes: 0,
      canaryConfiguration: { canaryPercent: 20, canaryBakeTimeInMinutes: 15 },
    },
    45,
  ],
  ['a pause of a day', { lifecycleHooks: [pauseAt('POST_SCALE_UP')] }, 30 + 1_440],
  [
    'two pauses of an hour',
    {
      lifecycleHooks: [
        {
          ...pauseAt('PRE_SCALE_UP', 'POST_SCALE_UP'),
          timeoutConfiguration: { timeoutInMinutes: 60, action: 'ROLLBACK' },
        },
      ],
    },
    30 + 120,
  ],
  [
    'a pause before each of four steps',
    {
      strategy: 'LINEAR',
      bakeTimeInMinutes: 0,
      linearConfiguration: { stepPercent: 30, stepBakeTimeInMinutes: 0 },
      lifecycleHooks: [tenMinutesAt('PRE_PRODUCTION_TRAFFIC_SHIFT')],
    },
    30 + 40,
  ],
  [
    'a pause before the only shift, and one after it',
    {
      strategy: 'BLUE_GREEN',
      bakeTimeInMinutes: 0,
      lifecycleHooks: [tenMinutesAt('PRE_PRODUCTION_TRAFFIC_SHIFT', 'POST_PRODUCTION_TRAFFIC_SHIFT')],
    },
    30 + 20,
  ],
  [
    'a pause that comes once in four steps',
    {
      strategy: 'LINEAR',
      bakeTimeInMinutes: 0,
      linearConfiguration: { stepPercent: 30, stepBakeTimeInMinutes: 0 },
      lifecycleHooks: [tenMinutesAt('POST_SCALE_UP')],
    },
    30 + 10,
  ],
  ['a pause at no stage', { lifecycleHooks: [{ targetType: 'PAUSE' }] }, 30],
  [
    'a function that is asked, which answers at once',
    { lifecycleHooks: [{ targetType: 'AWS_LAMBDA', lifecycleStages: ['POST_SCALE_UP'] }] },
    30,
  ],
])('%s is followed for as long as it may take', (_name, configuration, expected) => {
  expect(minutes(configuration)).toBe(expected);
});

test('the time that was asked for is the time', () => {
  expect(minutes({ strategy: 'LINEAR' }, 60_000)).toBe(1);
});

const linear = { service: { deploymentConfiguration: { strategy: 'LINEAR' as const, bakeTimeInMinutes: 5 } } };
const steady = {
  steps: [
    { at: 0, status: 'IN_PROGRESS' as const, lifecycleStage: 'BAKE_TIME' as const, bake: 59 },
    { at: 59 * 60, status: 'SUCCESSFUL' as const, running: 1 },
  ],
};

test('a linear deployment of an hour is followed to its end without a word about time', async () => {
  const argv = [...DEPLOY, '--release-parameter', '/released'];
  const { code, plane } = await play({ timeline: steady, mostSleeps: 700 }, argv, ({ state }) =>
    Object.assign(state, linear),
  );
  expect(code).toBe(0);
  expect(plane.state.parameters.size).toBe(1);
});

test.each([['watch'], ['rollback', '--to', '1']])('%s has the same patience', async (command, ...more) => {
  const { plane, rollout } = await stage({ timeline: steady, mostSleeps: 700 });
  Object.assign(plane.state, linear);
  await rollout([...DEPLOY, '--timeout', '5s']);
  expect((await rollout([command, ...TARGET, ...more])).code).toBe(0);
});

test('a time that is over names the remedy', async () => {
  const forced = await play({ timeline: scenarios['slow success'].timeline }, [
    ...DEPLOY,
    '--force',
    '--timeout',
    '5s',
  ]);
  expect(forced.out).toContain('Run the same command again, without --force: it attaches to this rollout');
  const { rollout } = await stage({ timeline: scenarios['slow success'].timeline });
  await rollout([...DEPLOY, '--timeout', '10m']);
  const back = await rollout(['rollback', ...TARGET, '--to', '1', '--timeout', '5s']);
  expect(back.out).toContain("Run 'ecs-rollout deploy' with the image registry/app:old: it attaches to this rollout");
});
