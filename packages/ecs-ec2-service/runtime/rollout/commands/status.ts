import { listDeployments } from '../aws/ecs';
import type { Context, ServiceName } from '../context';
import type { Outcome } from '../outcome';
import { readTarget } from '../preflight';
import { targetOf } from '../start';

const SHOWN = 5;

/** Tells what the service runs, and how its last deployments ended. Changes nothing. */
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
  };
  const lines = [
    `${data.service}: ${data.running} of ${data.desired} tasks run${data.pending ? `, ${data.pending} start` : ''}`,
    `  ${data.taskDefinition}`,
    ...containers.map((container) => `  ${container.name}  ${container.image}`),
    ...(deployments.length > 0 ? ['Deployments, the newest first:'] : []),
    ...deployments.map((item) => `  ${item.startedAt}  ${item.status?.padEnd(20)}  ${item.taskDefinition ?? ''}`),
  ];
  context.report({ type: 'status', lines, data });
  return 'succeeded';
}
