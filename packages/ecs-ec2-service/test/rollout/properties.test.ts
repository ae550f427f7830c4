import fc from 'fast-check';
import type { Fault } from './control-plane/faults';
import type { Timeline } from './control-plane/timeline';
import { DEPLOY, play } from './harness';

/** Random rollouts: any order of counts, stages, failures and ends that ECS could report. */
const ends = ['SUCCESSFUL', 'STOPPED', 'ROLLBACK_SUCCESSFUL', 'ROLLBACK_FAILED'] as const;
const causes = ['breaker', 'alarm', 'operator', 'none'] as const;

const timelines = fc
  .record({
    end: fc.constantFrom(...ends),
    cause: fc.constantFrom(...causes),
    lasts: fc.integer({ min: 1, max: 200 }),
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
  })
  .map(toTimeline);

function toTimeline({ end, cause, lasts, moves }: { end: string; cause: string; lasts: number; moves: Move[] }) {
  const why = end === 'SUCCESSFUL' ? {} : causeStep(cause);
  const rollback = end.startsWith('ROLLBACK')
    ? { status: 'ROLLBACK_IN_PROGRESS', rollback: { reason: 'because' } }
    : {};
  const steps = [
    { at: 0, status: 'IN_PROGRESS' },
    ...moves.map(({ share, stage, failed, ...move }) => ({
      at: share * lasts * 0.8,
      ...move,
      ...(stage ? { lifecycleStage: stage } : {}),
      deploymentCircuitBreaker: { status: 'MONITORING', failureCount: failed, threshold: 3 },
    })),
    { at: lasts * 0.85, ...why, ...rollback },
    { at: lasts, status: end },
  ].sort((a, b) => a.at - b.at);
  return { end, timeline: { steps } as Timeline };
}

interface Move {
  share: number;
  running: number;
  failed: number;
  stage?: string;
  bake: number;
}

function causeStep(cause: string): object {
  return {
    breaker: { deploymentCircuitBreaker: { status: 'TRIGGERED', failureCount: 3, threshold: 3 } },
    alarm: { alarms: { status: 'TRIGGERED', triggeredAlarmNames: ['a'] } },
    operator: { status: 'STOP_REQUESTED' },
    none: {},
  }[cause]!;
}

const faults = fc.array(
  fc.record({
    kind: fc.constantFrom<Fault['kind']>('throttled', 'broken', 'unavailable', 'reset', 'reset-after'),
    from: fc.integer({ min: 0, max: 200 }),
    times: fc.integer({ min: 1, max: 4 }),
  }),
  { maxLength: 3 },
);

const meanings: Record<string, number[]> = {
  SUCCESSFUL: [0],
  STOPPED: [4, 6],
  ROLLBACK_SUCCESSFUL: [3, 6],
  ROLLBACK_FAILED: [4],
};

test('over random rollouts and random trouble, the verdict is always the control plane’s, and never success after a rollback', async () => {
  await fc.assert(
    fc.asyncProperty(timelines, faults, async ({ end, timeline }, trouble) => {
      const { code, plane } = await play({ timeline, faults: trouble.map((fault) => ({ ...fault })) }, [
        ...DEPLOY,
        '--timeout',
        '2h',
        '--release-parameter',
        '/released',
      ]);
      const ran = timeline.steps.reduce((count, step) => step.running ?? count, 0) > 0;
      // A success of which no task runs is not recorded, and says so.
      expect(end === 'SUCCESSFUL' && !ran ? [9] : meanings[end]).toContain(code);
      expect(plane.state.parameters.has('/released')).toBe(code === 0);
      expect(plane.state.deployments).toHaveLength(2);
    }),
    { numRuns: 40, endOnFailure: true },
  );
}, 120_000);
