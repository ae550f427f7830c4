import type { ServiceDeployment } from '@aws-sdk/client-ecs';
import { pause } from '../../runtime/rollout/follow/pace';
import { isTerminal, judge } from '../../runtime/rollout/follow/verdict';

const verdict = (deployment: ServiceDeployment, operator = false, newer = false) => {
  const { outcome, message } = judge(deployment, { operator }, newer);
  return `${outcome}: ${message}`;
};
const triggered = { status: 'TRIGGERED' as const, failureCount: 3 };

test.each<[string, ServiceDeployment, string]>([
  ['a success', { status: 'SUCCESSFUL' }, 'succeeded: ECS reports the deployment as successful.'],
  [
    'a success after failed tasks',
    { status: 'SUCCESSFUL', deploymentCircuitBreaker: { status: 'MONITORING_COMPLETE', failureCount: 2 } },
    'succeeded: ECS reports the deployment as successful.',
  ],
  [
    'the circuit breaker',
    { status: 'ROLLBACK_SUCCESSFUL', deploymentCircuitBreaker: triggered },
    'rolled-back: The circuit breaker ended the rollout after 3 failed tasks. The version before it is live again.',
  ],
  [
    'a circuit breaker that does not say how many',
    { status: 'ROLLBACK_SUCCESSFUL', deploymentCircuitBreaker: { status: 'TRIGGERED' } },
    'rolled-back: The circuit breaker ended the rollout after too many failed tasks. The version before it is live again.',
  ],
  [
    'alarms',
    { status: 'ROLLBACK_SUCCESSFUL', alarms: { status: 'TRIGGERED', triggeredAlarmNames: ['a', 'b'] } },
    'rolled-back: The rollout raised an alarm: a, b. The version before it is live again.',
  ],
  [
    'an alarm without a name',
    { status: 'ROLLBACK_SUCCESSFUL', alarms: { status: 'TRIGGERED' } },
    'rolled-back: The rollout raised an alarm: unnamed. The version before it is live again.',
  ],
  [
    'an alarm that is told by its name alone',
    { status: 'ROLLBACK_SUCCESSFUL', alarms: { status: 'MONITORING_COMPLETE', triggeredAlarmNames: ['a'] } },
    'rolled-back: The rollout raised an alarm: a. The version before it is live again.',
  ],
  [
    'an alarm before the breaker: it is the reason',
    { status: 'ROLLBACK_FAILED', alarms: { triggeredAlarmNames: ['a'] }, deploymentCircuitBreaker: triggered },
    'failed: The rollout raised an alarm: a. The rollback failed as well: look at the service now.',
  ],
  [
    'alarms that stayed quiet, and nobody says why',
    { status: 'ROLLBACK_SUCCESSFUL', alarms: { status: 'MONITORING_COMPLETE', triggeredAlarmNames: [] } },
    'stopped: Somebody stopped the rollout. The version before it is live again.',
  ],
  [
    'alarms that are not watched',
    { status: 'ROLLBACK_SUCCESSFUL', alarms: { status: 'DISABLED' }, rollback: { reason: 'v1.2 failed.' } },
    'rolled-back: The rollout failed: v1.2 failed. The version before it is live again.',
  ],
  [
    'a hook',
    { status: 'ROLLBACK_SUCCESSFUL', rollback: { reason: 'A lifecycle hook failed.' } },
    'rolled-back: The rollout failed: A lifecycle hook failed. The version before it is live again.',
  ],
  [
    'a person',
    { status: 'ROLLBACK_SUCCESSFUL', rollback: { reason: 'Requested by a user.' } },
    'stopped: Somebody stopped the rollout (Requested by a user). The version before it is live again.',
  ],
  [
    'a person who wants no rollback',
    { status: 'STOPPED', statusReason: 'Stopped by a user.' },
    'stopped: Somebody stopped the rollout (Stopped by a user). It was not rolled back.',
  ],
  [
    'a breaker without rollback',
    { status: 'STOPPED', deploymentCircuitBreaker: triggered, statusReason: 'Threshold exceeded.' },
    'failed: The circuit breaker ended the rollout after 3 failed tasks. It was not rolled back (Threshold exceeded).',
  ],
  [
    'a breaker without rollback and without words',
    { status: 'STOPPED', deploymentCircuitBreaker: triggered },
    'failed: The circuit breaker ended the rollout after 3 failed tasks. It was not rolled back (no reason).',
  ],
  [
    'a timeout of ECS',
    { status: 'ROLLBACK_FAILED', statusReason: 'The deployment timed out.' },
    'failed: The rollout failed: The deployment timed out. The rollback failed as well: look at the service now.',
  ],
])('%s is judged by what ECS says, with the next step unless it is a success', (_name, deployment, expected) => {
  expect(verdict(deployment)).toBe(expected);
  const { next } = judge(deployment, { operator: false }, false);
  expect(next).toEqual(deployment.status === 'SUCCESSFUL' ? undefined : expect.stringMatching(/[a-z].*\.$/));
});

test.each(['It timed out', 'It timedout', 'Hook timeout', 'time out of a hook', 'An alarm', 'The circuit breaker'])(
  '%s is nobody’s wish',
  (reason) => {
    expect(verdict({ status: 'ROLLBACK_SUCCESSFUL', rollback: { reason } })).toMatch(/^rolled-back/);
  },
);

test.each<[ServiceDeployment, string]>([
  [{ status: 'STOPPED', statusReason: 'It failed.' }, "Bring the version before back: 'ecs-rollout rollback'."],
  [
    { status: 'ROLLBACK_SUCCESSFUL', rollback: { reason: 'It failed.' } },
    "Look at the service's events in the ECS console.",
  ],
  [
    { status: 'ROLLBACK_SUCCESSFUL', rollback: { reason: 'A hook failed.' } },
    "Look at the log of the hook's function, or ask who answered its pause.",
  ],
  [{ status: 'ROLLBACK_SUCCESSFUL' }, 'Ask who it was, and why; then roll out again, or the next version.'],
])('%j comes with the next step that helps', (deployment, next) => {
  expect(judge(deployment, { operator: false }, false).next).toBe(next);
});

test('a stop whose request was seen was somebody’s, whatever the reason says', () => {
  const deployment: ServiceDeployment = { status: 'ROLLBACK_SUCCESSFUL', rollback: { reason: 'it failed' } };
  expect(verdict(deployment)).toMatch(/^rolled-back/);
  expect(verdict(deployment, true)).toMatch(/^stopped: Somebody stopped the rollout \(it failed\)/);
});

test('a stop is no failure where a newer deployment took over, and only there', () => {
  const deployment: ServiceDeployment = { status: 'STOPPED', statusReason: 'Superseded.' };
  expect(verdict(deployment, false, true)).toBe('superseded: A newer deployment of this service took over.');
  expect(verdict({ ...deployment, status: 'ROLLBACK_SUCCESSFUL' }, false, true)).not.toMatch(/^superseded/);
});

test.each([
  'PENDING',
  'IN_PROGRESS',
  'STOP_REQUESTED',
  'ROLLBACK_REQUESTED',
  'ROLLBACK_IN_PROGRESS',
  undefined,
] as const)('%s is not the end', (status) => {
  expect(isTerminal({ status })).toBe(false);
  expect(() => judge({ status }, { operator: false }, false)).toThrow(`'status' must be terminal, got: ${status}`);
});

describe('the next look', () => {
  const NOW = 1_000_000;
  const inProgress = (more: ServiceDeployment = {}): ServiceDeployment => ({ status: 'IN_PROGRESS', ...more });
  const baking = (minutes: number, since: number) =>
    pause(
      inProgress({ lifecycleStage: 'BAKE_TIME', deploymentConfiguration: { bakeTimeInMinutes: minutes } }),
      NOW - since,
      NOW,
    );

  test.each([undefined, { status: 'PENDING' as const }, { status: 'ROLLBACK_IN_PROGRESS' as const }, inProgress()])(
    'is within two seconds while a verdict may be due: %j',
    (deployment) => {
      expect(pause(deployment, 0, NOW)).toBe(1_900);
    },
  );

  test('has time while somebody is asked', () => {
    const hooks = (status: 'AWAITING_ACTION' | 'IN_PROGRESS') =>
      pause(inProgress({ lifecycleHookDetails: [{ status: 'SUCCEEDED' }, { status }] }), 0, NOW);
    expect(hooks('AWAITING_ACTION')).toBe(6_000);
    expect(hooks('IN_PROGRESS')).toBe(1_900);
  });

  test('has time within a bake time, until shortly before its end', () => {
    expect(baking(5, 0)).toBe(6_000);
    expect(baking(5, 286_000)).toBe(4_000);
    expect(baking(5, 290_000)).toBe(1_900);
    expect(baking(5, 400_000)).toBe(1_900);
  });

  test('has no time where the bake time is not known', () => {
    expect(pause(inProgress({ lifecycleStage: 'BAKE_TIME' }), NOW, NOW)).toBe(1_900);
  });

  test('has no time in a bake time that is on its way back', () => {
    const deployment: ServiceDeployment = {
      status: 'ROLLBACK_IN_PROGRESS',
      lifecycleStage: 'BAKE_TIME',
      deploymentConfiguration: { bakeTimeInMinutes: 5 },
    };
    expect(pause(deployment, NOW, NOW)).toBe(1_900);
  });
});
