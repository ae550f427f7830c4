import type { Outcome } from '../../../runtime/rollout/outcome';
import type { Fault } from './faults';
import type { Timeline } from './timeline';

/** A way in which rollouts go, and what ECS means by it. */
export interface Scenario {
  readonly timeline: Timeline;
  readonly outcome: Outcome;
  /** What the reader must find in the first screen. */
  readonly says?: RegExp;
  readonly desiredCount?: number;
  /** What goes wrong on the way to AWS. */
  readonly faults?: readonly Fault[];
}

const watching = (failureCount: number) => ({ status: 'MONITORING', failureCount, threshold: 3 }) as const;
const tripped = { status: 'TRIGGERED', failureCount: 3, threshold: 3 } as const;
const breakerReason = 'Service deployment rolled back because the circuit breaker threshold was exceeded.';
const start = { at: 0, status: 'PENDING', deploymentCircuitBreaker: watching(0) } as const;
const begun = { at: 2, status: 'IN_PROGRESS', lifecycleStage: 'SCALE_UP', pending: 1 } as const;

const crash = ['Traceback (most recent call last):', "ModuleNotFoundError: No module named 'plotly'"];
const serving = ['[INFO] Starting gunicorn 23.0.0', '[INFO] Booting worker with pid: 7'];

/** Three tasks that fail the same way, and the rollback that follows. */
function failing(
  task: { stoppedReason: string; stopCode?: string; exitCode?: number; reason?: string },
  { every = 30, log = crash } = {},
): Timeline {
  return {
    steps: [
      start,
      begun,
      { at: every, deploymentCircuitBreaker: watching(1) },
      { at: 2 * every, deploymentCircuitBreaker: watching(2) },
      {
        at: 3 * every,
        status: 'ROLLBACK_IN_PROGRESS',
        deploymentCircuitBreaker: tripped,
        rollback: { reason: breakerReason },
      },
      { at: 3 * every + 20, status: 'ROLLBACK_SUCCESSFUL', statusReason: breakerReason },
    ],
    stoppedTasks: [1, 2, 3].map((n) => ({ at: n * every, ...task })),
    log,
  };
}

/** The container runs all the time, so ECS counts it as running; only its events say what is wrong. */
function unhealthy(reason: string): Timeline {
  const group = 'arn:aws:elasticloadbalancing:us-east-1:1:targetgroup/a/b';
  const { steps, ...rest } = failing(
    {
      stopCode: 'ServiceSchedulerInitiated',
      stoppedReason: `Task failed ELB health checks in (target-group ${group})`,
      exitCode: 143,
    },
    { every: 90, log: serving },
  );
  return {
    ...rest,
    steps: [...steps.slice(0, 2), { at: 10, running: 1, pending: 0, old: 1 }, ...steps.slice(2)],
    events: [70, 160, 250].map((at) => ({
      at,
      message: `(service app) (port 5000) is unhealthy in (target-group ${group}) due to (reason ${reason}).`,
    })),
  };
}

/**
 * Real shapes of rollouts. Words and statuses are those of the Amazon ECS Developer Guide:
 *
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/stopped-task-error-codes.html
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-event-messages-list.html
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-deployment.html
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/pause-lifecycle-hooks.html
 */
export const scenarios = {
  success: {
    outcome: 'succeeded',
    timeline: {
      steps: [
        { ...start, old: 1 },
        begun,
        { at: 25, running: 1, pending: 0 },
        { at: 50, old: 0 },
        { at: 62, status: 'SUCCESSFUL', lifecycleStage: 'CLEAN_UP' },
      ],
    },
  },
  'slow success': {
    outcome: 'succeeded',
    timeline: { steps: [start, begun, { at: 200, running: 1, pending: 0 }, { at: 421, status: 'SUCCESSFUL' }] },
  },
  'breaker rollback of a crash loop': {
    outcome: 'rolled-back',
    says: /exit code 1.*[\s\S]*ModuleNotFoundError/,
    timeline: failing({ stoppedReason: 'Essential container in task exited', exitCode: 1 }),
  },
  'essential container exits at once': {
    outcome: 'rolled-back',
    says: /without an error \(exit code 0\)/,
    timeline: failing(
      { stoppedReason: 'Essential container in task exited', exitCode: 0 },
      { every: 12, log: ['Wrote 3 figures.'] },
    ),
  },
  'image not found': {
    outcome: 'rolled-back',
    says: /The image does not exist/,
    timeline: failing({
      stopCode: 'TaskFailedToStart',
      stoppedReason:
        'CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref registry/app:new: not found',
    }),
  },
  'unhealthy target': {
    outcome: 'rolled-back',
    says: /did not pass its health checks[\s\S]*ELB: {2}Health checks failed with these codes: \[404\]/,
    timeline: unhealthy('Health checks failed with these codes: [404]'),
  },
  'target that does not answer': {
    outcome: 'rolled-back',
    says: /Nobody answers in time/,
    timeline: unhealthy('Request timed out'),
  },
  'out of memory': {
    outcome: 'rolled-back',
    says: /ran out of memory/,
    timeline: failing(
      {
        stoppedReason: 'Essential container in task exited',
        reason: 'OutOfMemoryError: Container killed due to memory usage',
        exitCode: 137,
      },
      { log: ['Reading clean.csv'] },
    ),
  },
  'alarm rollback': {
    outcome: 'rolled-back',
    says: /alarm: app-5xx/,
    timeline: {
      steps: [
        start,
        begun,
        {
          at: 25,
          running: 1,
          pending: 0,
          lifecycleStage: 'BAKE_TIME',
          bake: 5,
          alarms: { status: 'MONITORING', alarmNames: ['app-5xx'] },
        },
        {
          at: 140,
          status: 'ROLLBACK_IN_PROGRESS',
          alarms: { status: 'TRIGGERED', alarmNames: ['app-5xx'], triggeredAlarmNames: ['app-5xx'] },
          rollback: { reason: 'Service deployment rolled back because alarms were triggered.' },
        },
        { at: 175, status: 'ROLLBACK_SUCCESSFUL' },
      ],
    },
  },
  'breaker without rollback': {
    outcome: 'failed',
    says: /circuit breaker ended the rollout after 3 failed tasks\. It was not rolled back/,
    timeline: {
      ...failing({ stoppedReason: 'Essential container in task exited', exitCode: 1 }),
      steps: [
        ...failing({ stoppedReason: '' }).steps.slice(0, -2),
        {
          at: 95,
          status: 'STOPPED',
          deploymentCircuitBreaker: tripped,
          statusReason: 'Service deployment stopped because the circuit breaker threshold was exceeded.',
        },
      ],
    },
  },
  // The count goes back to 0 whenever a task is healthy for a moment (containers-roadmap 1206).
  'task that is healthy for a moment': {
    outcome: 'timed-out',
    says: /exit code 1.*[\s\S]*ModuleNotFoundError/,
    timeline: {
      steps: [
        start,
        begun,
        ...[60, 120, 180, 240, 300].flatMap((at) => [
          { at: at - 30, running: 1, pending: 0, deploymentCircuitBreaker: watching(0) },
          { at, running: 0, pending: 1, deploymentCircuitBreaker: watching(1) },
        ]),
      ],
      stoppedTasks: [60, 120, 180, 240, 300].map((at) => ({
        at,
        stoppedReason: 'Essential container in task exited',
        exitCode: 1,
      })),
      log: ["ModuleNotFoundError: No module named 'plotly'"],
    },
  },
  'hook that rejects': {
    outcome: 'rolled-back',
    says: /lifecycle hook/,
    timeline: {
      steps: [
        start,
        begun,
        { at: 30, running: 1, pending: 0, lifecycleStage: 'POST_SCALE_UP' },
        {
          at: 45,
          status: 'ROLLBACK_IN_PROGRESS',
          rollback: { reason: 'Service deployment rolled back because a lifecycle hook failed.' },
        },
        { at: 70, status: 'ROLLBACK_SUCCESSFUL' },
      ],
    },
  },
  throttling: {
    outcome: 'succeeded',
    says: /ThrottlingException, trying again/,
    faults: [{ kind: 'throttled', from: 10, until: 50 }],
    timeline: { steps: [start, begun, { at: 25, running: 1, pending: 0 }, { at: 62, status: 'SUCCESSFUL' }] },
  },
  'network loss': {
    outcome: 'succeeded',
    says: /trying again/,
    faults: [{ kind: 'reset', from: 10, until: 50 }],
    timeline: { steps: [start, begun, { at: 25, running: 1, pending: 0 }, { at: 62, status: 'SUCCESSFUL' }] },
  },
  'rollback that fails too': {
    outcome: 'failed',
    says: /rollback failed as well/,
    timeline: {
      ...failing({ stoppedReason: 'Essential container in task exited', exitCode: 1 }),
      steps: [...failing({ stoppedReason: '' }).steps.slice(0, -1), { at: 300, status: 'ROLLBACK_FAILED' }],
    },
  },
  superseded: {
    outcome: 'superseded',
    timeline: {
      steps: [
        start,
        begun,
        { at: 30, newer: true },
        { at: 33, status: 'STOPPED', statusReason: 'Superseded by a newer service deployment.' },
      ],
    },
  },
  'service deleted': {
    outcome: 'failed',
    says: /was deleted/,
    timeline: { steps: [start, begun, { at: 40, gone: true }] },
  },
  'service deleted and forgotten': {
    outcome: 'failed',
    says: /was deleted/,
    timeline: { steps: [start, begun, { at: 40, gone: 'ServiceNotFoundException' }] },
  },
  'cluster deleted': {
    outcome: 'failed',
    says: /was deleted/,
    timeline: { steps: [start, begun, { at: 40, gone: 'ClusterNotFoundException' }] },
  },
  'out of capacity': {
    outcome: 'timed-out',
    says: /network interface left/,
    timeline: {
      steps: [start, begun],
      events: [
        {
          at: 15,
          message:
            '(service app) was unable to place a task because no container instance met all of its requirements. Reason: RESOURCE:ENI.',
        },
      ],
    },
  },
  'no breaker configured': {
    outcome: 'timed-out',
    says: /no circuit breaker[\s\S]*exit code 1/,
    timeline: {
      steps: [start, { ...begun, deploymentCircuitBreaker: { status: 'DISABLED' } }],
      stoppedTasks: [30, 60, 120, 240, 480].map((at) => ({
        at,
        stoppedReason: 'Essential container in task exited',
        exitCode: 1,
      })),
    },
  },
  'operator stops with rollback': {
    outcome: 'stopped',
    timeline: {
      steps: [
        start,
        begun,
        { at: 30, status: 'ROLLBACK_REQUESTED' },
        {
          at: 33,
          status: 'ROLLBACK_IN_PROGRESS',
          rollback: { reason: 'Service deployment rollback was requested by a user.' },
        },
        { at: 60, status: 'ROLLBACK_SUCCESSFUL' },
      ],
    },
  },
  'operator aborts': {
    outcome: 'stopped',
    timeline: {
      steps: [
        start,
        begun,
        { at: 30, status: 'STOP_REQUESTED' },
        { at: 36, status: 'STOPPED', statusReason: 'Stopped by a user.' },
      ],
    },
  },
  'canary with bake': {
    outcome: 'succeeded',
    timeline: {
      steps: [
        start,
        begun,
        { at: 30, running: 1, pending: 0, lifecycleStage: 'PRODUCTION_TRAFFIC_SHIFT' },
        { at: 90, lifecycleStage: 'BAKE_TIME', bake: 5 },
        { at: 390, lifecycleStage: 'CLEAN_UP' },
        { at: 402, status: 'SUCCESSFUL' },
      ],
    },
  },
  'paused lifecycle hook': {
    outcome: 'succeeded',
    says: /Waits for an approval[\s\S]*continue-service-deployment .*--hook-id hook-1/,
    timeline: {
      steps: [
        start,
        begun,
        {
          at: 30,
          running: 1,
          pending: 0,
          lifecycleStage: 'POST_TEST_TRAFFIC_SHIFT',
          hooks: [{ hookId: 'hook-1', targetType: 'PAUSE', status: 'AWAITING_ACTION' }],
        },
        { at: 310, lifecycleStage: 'PRODUCTION_TRAFFIC_SHIFT', hooks: [] },
        { at: 340, status: 'SUCCESSFUL' },
      ],
    },
  },
  'desired count 0': {
    outcome: 'succeeded',
    says: /wants no tasks/,
    desiredCount: 0,
    timeline: { steps: [start, { at: 3, status: 'SUCCESSFUL' }] },
  },
} satisfies Record<string, Scenario>;
