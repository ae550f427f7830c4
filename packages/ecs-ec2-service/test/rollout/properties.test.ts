import fc from 'fast-check';
import type { Fault } from './control-plane/faults';
import { stateAt, type Timeline } from './control-plane/timeline';
import { DEPLOY, eventsOf, play } from './harness';

/** Random rollouts: any order of counts, stages, failures and ends that ECS could report. */
const ends = ['SUCCESSFUL', 'STOPPED', 'ROLLBACK_SUCCESSFUL', 'ROLLBACK_FAILED', 'superseded', 'deleted'] as const;
const causes = ['breaker', 'alarm', 'hook', 'operator', 'none'] as const;
type End = (typeof ends)[number];
type Cause = (typeof causes)[number];

const rollouts = fc.record({
  end: fc.constantFrom(...ends),
  cause: fc.constantFrom(...causes),
  lasts: fc.integer({ min: 1, max: 200 }),
  gone: fc.constantFrom(true as const, 'ServiceNotFoundException' as const, 'ClusterNotFoundException' as const),
  moves: fc.array(
    fc.record({
      share: fc.double({ min: 0, max: 1, noNaN: true }),
      running: fc.integer({ min: 0, max: 3 }),
      failed: fc.integer({ min: 0, max: 5 }),
      stage: fc.constantFrom('SCALE_UP', 'BAKE_TIME', 'CLEAN_UP', undefined),
      bake: fc.integer({ min: 0, max: 60 }),
    }),
    { maxLength: 8 },
  ),
});
type Rollout = typeof rollouts extends fc.Arbitrary<infer R> ? R : never;

function timelineOf(rollout: Rollout): Timeline {
  const { end, lasts, moves } = rollout;
  const steps = [
    { at: 0, status: 'IN_PROGRESS' },
    ...moves.map(({ share, stage, failed, ...move }) => ({
      at: share * lasts * 0.8,
      ...move,
      ...(stage ? { lifecycleStage: stage } : {}),
      deploymentCircuitBreaker: { status: 'MONITORING', failureCount: failed, threshold: 3 },
    })),
    { at: lasts * 0.85, ...turn(rollout) },
    { at: lasts, ...last(rollout) },
  ].sort((a, b) => a.at - b.at);
  // Another deployment comes when ours is under way for sure, however often a call has to be repeated.
  const later = end === 'superseded' ? 120 : 0;
  return { steps: steps.map((step) => ({ ...step, at: step.at + (step.at > 0 ? later : 0) })) } as Timeline;
}

const reasons: Record<Cause, string> = {
  breaker: 'The circuit breaker threshold was exceeded.',
  alarm: 'Alarms were triggered.',
  hook: 'A lifecycle hook failed.',
  operator: 'It was requested by a user.',
  none: 'because',
};

/** What is seen before the end, and why it comes. */
function turn({ end, cause }: Rollout): object {
  if (end === 'SUCCESSFUL' || end === 'deleted') {
    return {};
  }
  const seen = {
    breaker: { deploymentCircuitBreaker: { status: 'TRIGGERED', failureCount: 3, threshold: 3 } },
    alarm: { alarms: { status: 'TRIGGERED', triggeredAlarmNames: ['a'] } },
    hook: {},
    operator: {},
    none: {},
  }[cause];
  if (!end.startsWith('ROLLBACK')) {
    return { ...seen, ...(cause === 'operator' ? { status: 'STOP_REQUESTED' } : {}) };
  }
  const status = cause === 'operator' ? 'ROLLBACK_REQUESTED' : 'ROLLBACK_IN_PROGRESS';
  return { ...seen, status, rollback: { reason: reasons[cause] } };
}

function last({ end, cause, gone }: Rollout): object {
  switch (end) {
    case 'superseded':
      return { status: 'STOPPED', newer: true };
    case 'deleted':
      return { gone };
    case 'STOPPED':
      return { status: end, statusReason: reasons[cause] };
    default:
      return { status: end };
  }
}

/** The exit code that stands for this end for this cause, and no other. */
function expectedCode({ end, cause }: Rollout, timeline: Timeline): number {
  // Without a machine that watches the rollout, it was a person.
  const byMachine = ['breaker', 'alarm', 'hook'].includes(cause);
  const ran = runningAtEnd(timeline) > 0;
  const codes: Record<End, number> = {
    // A success of which no task runs is not recorded, and says so.
    SUCCESSFUL: ran ? 0 : 9,
    ROLLBACK_SUCCESSFUL: byMachine ? 3 : 6,
    STOPPED: byMachine ? 4 : 6,
    ROLLBACK_FAILED: 4,
    superseded: 5,
    deleted: 4,
  };
  return codes[end];
}

const runningAtEnd = (timeline: Timeline) => stateAt(timeline, Number.POSITIVE_INFINITY).running ?? 0;

const faults = fc.array(
  fc.record({
    kind: fc.constantFrom<Fault['kind']>('throttled', 'broken', 'unavailable', 'reset', 'reset-after'),
    from: fc.integer({ min: 0, max: 200 }),
    times: fc.integer({ min: 1, max: 4 }),
  }),
  { maxLength: 3 },
);

test('over random rollouts and random trouble, the verdict is always the control plane’s, and never success after a rollback', async () => {
  await fc.assert(
    fc.asyncProperty(rollouts, faults, async (rollout, trouble) => {
      const timeline = timelineOf(rollout);
      const argv = [...DEPLOY, '--timeout', '2h', '--release-parameter', '/released', '--json'];
      const { code, out, plane } = await play({ timeline, faults: trouble.map((fault) => ({ ...fault })) }, argv);
      expect(code).toBe(expectedCode(rollout, timeline));
      expect(plane.state.parameters.has('/released')).toBe(code === 0);
      expect(plane.state.deployments).toHaveLength(rollout.end === 'superseded' ? 3 : 2);
      const finished = eventsOf(out).pop();
      expect(finished).toMatchObject({
        type: 'finished',
        ...(code === 0 ? {} : { next: expect.stringMatching(/\w.*\.$/) }),
      });
    }),
    { numRuns: 60, endOnFailure: true },
  );
}, 120_000);
