import type { ServiceDeploymentBrief } from '@aws-sdk/client-ecs';
import { findTaskDefinition, listDeployments, rollBackDeployment } from '../aws/ecs';
import type { Context, ServiceName } from '../context';
import { finish } from '../finish';
import { type Ending, follow, WATCH_ON } from '../follow/follow';
import { patience } from '../follow/patience';
import { isTerminal } from '../follow/verdict';
import type { Outcome } from '../outcome';
import { pickContainer, readTarget, type Target } from '../preflight';
import { usageError } from '../rollout-error';
import { startDeployment, targetOf } from '../start';
import { usableRevision } from '../task-revision';

export interface RollbackOptions extends ServiceName {
  /** Revision of the task definition: `12`, `family:12` or an ARN. */
  readonly to?: string;
  readonly container?: string;
  readonly releaseParameter?: string;
  /** Default: as long as a rollout of the service may take. */
  readonly timeoutMs?: number;
}

/** Brings an earlier version back: the one before a rollout that goes on, the last one that succeeded, or a named one. */
export async function rollback(context: Context, options: RollbackOptions): Promise<Outcome> {
  const began = context.clock.now();
  const target = await readTarget(context, options);
  const deadline = began + patience(options.timeoutMs, target.service);
  const [latest] = await listDeployments(context.aws, target.name);
  if (options.to === undefined && latest && !isTerminal(latest)) {
    return undoRollout(context, target, latest, deadline, began);
  }
  const wanted = await earlier(context, target, options.to);
  const container = pickContainer(wanted.definition, options.container);
  requireOther(target, wanted.definition.taskDefinitionArn!, options.to);
  const taskDefinition = await usableRevision(context, wanted);
  requireOther(target, taskDefinition, options.to);
  const { deployment, isNew } = await startDeployment(context, target.name, { taskDefinition });
  const image = container.image!;
  const { service } = target.name;
  context.report(
    isNew
      ? { type: 'started', service, image, taskDefinition, deployment }
      : { type: 'attached', service, taskDefinition, deployment, why: 'Somebody else brings it back already.' },
  );
  const ifLate = `Run 'ecs-rollout deploy' with the image ${image}: it attaches to this rollout, and records it once it has succeeded.`;
  const followed = { name: target.name, deploymentArn: deployment, taskDefinition, ifLate };
  const ending = await follow(context, followed, deadline);
  const released = { name: target.name, container: container.name!, image, taskDefinition };
  return finish(context, ending, began, { parameter: options.releaseParameter, released });
}

/** Ends a rollout that goes on. What was released before stays released, so no parameter changes. */
async function undoRollout(
  context: Context,
  target: Target,
  { serviceDeploymentArn, status }: ServiceDeploymentBrief,
  deadline: number,
  began: number,
): Promise<Outcome> {
  const arn = serviceDeploymentArn!;
  // What is on its way back already needs no second request.
  if (!/^(ROLLBACK|STOP)_/.test(status ?? '')) {
    await rollBackDeployment(context.aws, arn);
  }
  const taskDefinition = target.service.taskDefinition!;
  const why = 'The rollout that goes on is being rolled back.';
  context.report({ type: 'attached', service: target.name.service, taskDefinition, deployment: arn, why });
  const followed = { name: target.name, deploymentArn: arn, taskDefinition, ifLate: WATCH_ON };
  const ended = await follow(context, followed, deadline);
  // What is a failure for a deployment is what was asked for here.
  const ending: Ending =
    ended.deployment?.status === 'ROLLBACK_SUCCESSFUL'
      ? { outcome: 'succeeded', message: 'The version before is live again.', deployment: ended.deployment }
      : ended.outcome === 'succeeded'
        ? {
            ...ended,
            outcome: 'failed',
            message: 'The rollout succeeded before it could be rolled back: run this again.',
            next: "Run 'ecs-rollout rollback' again: it brings back the version before.",
          }
        : ended;
  const released = { name: target.name, container: '', image: '', taskDefinition };
  return finish(context, ending, began, { released });
}

function requireOther(target: Target, taskDefinition: string, to: string | undefined): void {
  if (taskDefinition === target.service.taskDefinition) {
    throw usageError('--to', 'name another revision than the one that is live', to ?? taskDefinition);
  }
}

/** The revision that is meant, as it was registered. */
async function earlier(context: Context, target: Target, to: string | undefined) {
  const { family } = target.definition;
  const name = to === undefined ? await lastSuccessful(context, target) : /^\d+$/.test(to) ? `${family}:${to}` : to;
  const found = await findTaskDefinition(context.aws, name);
  if (!found || found.definition.family !== family) {
    throw usageError('--to', `name a revision of the service's own task definition (${family})`, to ?? name);
  }
  return found;
}

async function lastSuccessful(context: Context, target: Target): Promise<string> {
  for (const brief of await listDeployments(context.aws, target.name)) {
    const taskDefinition = brief.status === 'SUCCESSFUL' ? await targetOf(context, brief) : undefined;
    if (taskDefinition && taskDefinition !== target.service.taskDefinition) {
      return taskDefinition;
    }
  }
  throw usageError(
    '--to',
    'name a revision, since ECS knows of no other successful deployment of this service',
    'none',
  );
}
