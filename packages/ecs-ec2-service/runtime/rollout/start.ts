import type { ServiceDeploymentBrief } from '@aws-sdk/client-ecs';
import { findRevision, listDeployments, updateService } from './aws/ecs';
import type { Context, ServiceName } from './context';
import { RolloutError } from './rollout-error';

/** How long ECS may take to list a deployment that it has accepted. */
const APPEARS_WITHIN = 60_000;
const LOOK_EVERY = 1_000;

/** What to change of the service. */
export interface Change {
  readonly taskDefinition: string;
  readonly desiredCount?: number;
  /** Starts a deployment even where the task definition stays. */
  readonly forceNewDeployment?: boolean;
}

/**
 * Updates the service and finds the deployment that this has started: one that was not there before, for our task definition.
 * Times are not compared, because the clock of this machine may be wrong.
 *
 * @returns the ARN of the deployment
 */
export async function startDeployment(context: Context, name: ServiceName, change: Change): Promise<string> {
  const { aws, clock, signal } = context;
  const before = new Set((await listDeployments(aws, name)).map((brief) => brief.serviceDeploymentArn));
  await updateService(aws, name, change);
  const giveUpAt = clock.now() + APPEARS_WITHIN;
  for (;;) {
    for (const brief of await listDeployments(aws, name)) {
      if (!before.has(brief.serviceDeploymentArn) && (await targetOf(context, brief)) === change.taskDefinition) {
        return brief.serviceDeploymentArn!;
      }
    }
    if (clock.now() >= giveUpAt) {
      throw new RolloutError(
        'unexpected',
        `ECS accepted the update of ${name.service} but lists no deployment for it.`,
      );
    }
    await clock.sleep(LOOK_EVERY, signal);
  }
}

/** Task definition that a deployment rolls out. */
export async function targetOf({ aws }: Context, brief: ServiceDeploymentBrief): Promise<string | undefined> {
  const arn = brief.targetServiceRevisionArn;
  return arn ? (await findRevision(aws, arn))?.taskDefinition : undefined;
}
