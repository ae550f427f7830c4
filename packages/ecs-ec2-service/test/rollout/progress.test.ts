import type { ServiceDeployment } from '@aws-sdk/client-ecs';
import { ProgressReporter } from '../../runtime/rollout/follow/progress';
import type { RolloutEvent } from '../../runtime/rollout/report/events';

/** What is told of a deployment that is looked at again and again. */
function look(...deployments: ServiceDeployment[]) {
  const events: RolloutEvent[] = [];
  const progress = new ProgressReporter((event) => events.push(event));
  deployments.forEach((deployment, at) => {
    progress.tell(deployment, 1_000 * (at + 1));
  });
  return { events, stageSince: progress.stageSince };
}
const types = (...deployments: ServiceDeployment[]) => look(...deployments).events.map(({ type }) => type);
const nothing = { status: 'UNKNOWN', running: 0, pending: 0, requested: 0, old: 0, failed: 0 };

test('a deployment of which ECS says nothing is told with zeros', () => {
  expect(look({}).events).toEqual([{ type: 'progress', ...nothing }]);
});

test('tasks of the new version, and of all before it, are counted', () => {
  const { events } = look({
    status: 'IN_PROGRESS',
    lifecycleStage: 'SCALE_UP',
    targetServiceRevision: { runningTaskCount: 1, pendingTaskCount: 2, requestedTaskCount: 3 },
    sourceServiceRevisions: [{ runningTaskCount: 4 }, {}, { runningTaskCount: 5 }],
    deploymentCircuitBreaker: { status: 'MONITORING', failureCount: 6 },
  });
  expect(events).toEqual([
    {
      type: 'progress',
      status: 'IN_PROGRESS',
      stage: 'SCALE_UP',
      running: 1,
      pending: 2,
      requested: 3,
      old: 9,
      failed: 6,
    },
  ]);
});

test('only what has changed is told', () => {
  const one: ServiceDeployment = { status: 'IN_PROGRESS', targetServiceRevision: { runningTaskCount: 1 } };
  const two: ServiceDeployment = { status: 'IN_PROGRESS', targetServiceRevision: { runningTaskCount: 2 } };
  expect(types(one, one, two, two, one)).toEqual(['progress', 'progress', 'progress']);
});

test('a stage lasts since it was first seen', () => {
  expect(look({}).stageSince).toBe(1_000);
  expect(look({}, {}).stageSince).toBe(1_000);
  const baking: ServiceDeployment = { lifecycleStage: 'BAKE_TIME' };
  expect(look(baking, baking, baking).stageSince).toBe(1_000);
  expect(look({ lifecycleStage: 'SCALE_UP' }, baking, baking).stageSince).toBe(2_000);
  const series: ServiceDeployment[] = [{}, {}, { lifecycleStage: 'SCALE_UP' }, { lifecycleStage: 'SCALE_UP' }, baking];
  expect(series.map((_, last) => look(...series.slice(0, last + 1)).stageSince)).toEqual([
    1_000, 1_000, 3_000, 3_000, 5_000,
  ]);
});

test('a service without a circuit breaker is warned of once', () => {
  const without: ServiceDeployment = { deploymentCircuitBreaker: { status: 'DISABLED' } };
  expect(types(without, without)).toEqual(['progress', 'no-breaker']);
  expect(types({ deploymentCircuitBreaker: { status: 'MONITORING' } })).toEqual(['progress']);
});

describe('a hook that waits for a person', () => {
  const paused = (lifecycleStage: ServiceDeployment['lifecycleStage'], hookId = 'hook-2'): ServiceDeployment => ({
    serviceDeploymentArn: 'arn:d1',
    lifecycleStage,
    lifecycleHookDetails: [
      { hookId: 'hook-1', status: 'SUCCEEDED' },
      { hookId, status: 'AWAITING_ACTION' },
    ],
  });
  const told = (...deployments: ServiceDeployment[]) =>
    look(...deployments).events.flatMap((event) => (event.type === 'hook-paused' ? [[event.stage, event.hint]] : []));
  const hint = 'aws ecs continue-service-deployment --service-deployment-arn arn:d1 --hook-id hook-2';

  test('is told once, with the command that answers it', () => {
    expect(told(paused('POST_SCALE_UP'), paused('POST_SCALE_UP'))).toEqual([['POST_SCALE_UP', hint]]);
  });

  test('is told again at the next stage, and when the same stage comes again', () => {
    const going: ServiceDeployment = { lifecycleStage: 'POST_SCALE_UP' };
    expect(told(paused('PRE_SCALE_UP'), paused('POST_SCALE_UP'))).toHaveLength(2);
    expect(told(paused('POST_SCALE_UP'), going, paused('POST_SCALE_UP'))).toHaveLength(2);
    const [first, second] = [paused('POST_SCALE_UP', 'one'), paused('BAKE_TIME', 'two')];
    expect(told(first, first, second, {}, second)).toEqual([
      ['POST_SCALE_UP', hint.replace('hook-2', 'one')],
      ['BAKE_TIME', hint.replace('hook-2', 'two')],
      ['BAKE_TIME', hint.replace('hook-2', 'two')],
    ]);
  });

  test('is not there where hooks have ended', () => {
    expect(told({ lifecycleHookDetails: [{ hookId: 'hook-1', status: 'SUCCEEDED' }] }, {})).toEqual([]);
  });
});
