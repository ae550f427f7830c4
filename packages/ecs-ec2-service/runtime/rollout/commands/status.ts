import { describeTaskDefinition, listDeployments, stoppedTasks } from '../aws/ecs';
import type { Context, ServiceName } from '../context';
import type { Outcome } from '../outcome';
import { readTarget } from '../preflight';
import { failureLines } from '../report/lines';
import { RolloutError } from '../rollout-error';
import { targetOf } from '../start';
import { type FailureReport, failureOf } from '../why/failure';

const SHOWN = 5;

/** Tells what the service runs, how its last deployments ended, and of what its last task failed. Changes nothing. */
export async function status(context: Context, options: ServiceName): Promise<Outcome> {
  const { name, service, definition } = await readTarget(context, options);
  const briefs = (await listDeployments(context.aws, name)).slice(0, SHOWN);
  const deployments = await Promise.all(
    briefs.map(async (brief) => ({
      startedAt: (brief.startedAt ?? brief.createdAt)?.toISOString(),
      status: brief.status,
      taskDefinition: (await targetOf(context, brief))?.split('/').pop(),
    })),
  );
  const containers = (definition.containerDefinitions ?? []).map(({ name, image }) => ({ name, image }));
  const data = {
    service: name.service,
    desired: service.desiredCount,
    running: service.runningCount,
    pending: service.pendingCount,
    taskDefinition: service.taskDefinition?.split('/').pop(),
    containers,
    deployments,
    lastFailure: await lastFailure(context, name),
  };
  const lines = [
    `${data.service}: ${data.running} of ${data.desired} tasks run${data.pending ? `, ${data.pending} start` : ''}`,
    `  ${data.taskDefinition}`,
    ...containers.map((container) => `  ${container.name}  ${container.image}`),
    ...(deployments.length > 0 ? ['Deployments, the newest first:'] : []),
    ...deployments.map((item) => `  ${item.startedAt}  ${item.status?.padEnd(20)}  ${item.taskDefinition ?? ''}`),
    ...(data.lastFailure
      ? [`The last task that failed, at ${data.lastFailure.stoppedAt}:`, ...failureLines(data.lastFailure)]
      : []),
  ];
  context.report({ type: 'status', lines, data });
  return 'succeeded';
}

/** ECS remembers a stopped task for an hour. */
async function lastFailure(
  { aws, report, signal }: Context,
  name: ServiceName,
): Promise<(FailureReport & { stoppedAt?: string }) | undefined> {
  try {
    const tasks = await stoppedTasks(aws, name);
    tasks.sort((a, b) => (b.stoppedAt?.getTime() ?? 0) - (a.stoppedAt?.getTime() ?? 0));
    for (const task of tasks) {
      const { definition } = await describeTaskDefinition(aws, task.taskDefinitionArn!);
      const failure = failureOf(task, definition);
      if (failure) {
        return { stoppedAt: task.stoppedAt?.toISOString(), ...failure };
      }
    }
  } catch (error) {
    signal.throwIfAborted();
    const { name: kind, message } = error as Error;
    const why = error instanceof RolloutError ? message : `${kind}: ${message}`;
    report({ type: 'note', message: `Why tasks failed cannot be told: ${why}` });
  }
  return undefined;
}
