import { listDeployments } from '../aws/ecs';
import type { Context, ServiceName } from '../context';
import { finish } from '../finish';
import { follow, WATCH_ON } from '../follow/follow';
import { patience } from '../follow/patience';
import type { Outcome } from '../outcome';
import { readTarget } from '../preflight';
import { usageError } from '../rollout-error';
import { targetOf } from '../start';

export interface WatchOptions extends ServiceName {
  /** Default: as long as a rollout of the service may take. */
  readonly timeoutMs?: number;
}

/** Follows the newest deployment of the service, whoever started it. Changes nothing. */
export async function watch(context: Context, options: WatchOptions): Promise<Outcome> {
  const began = context.clock.now();
  const { name, service } = await readTarget(context, options);
  const [latest] = await listDeployments(context.aws, name);
  if (!latest) {
    throw usageError('--service', 'have had a deployment in the last 90 days', name.service);
  }
  const taskDefinition = (await targetOf(context, latest)) ?? service.taskDefinition!;
  const deployment = latest.serviceDeploymentArn!;
  context.report({
    type: 'attached',
    service: name.service,
    taskDefinition,
    deployment,
    why: 'Its newest deployment.',
  });
  const ending = await follow(
    context,
    { name, deploymentArn: deployment, taskDefinition, ifLate: WATCH_ON },
    began + patience(options.timeoutMs, service),
  );
  return finish(context, ending, began, { released: { name, container: '', image: '', taskDefinition } });
}
