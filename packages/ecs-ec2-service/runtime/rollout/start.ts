import type { ServiceDeploymentBrief } from '@aws-sdk/client-ecs';
import { findRevision, listDeployments, updateService } from './aws/ecs';
import type { Context, ServiceName } from './context';
import { RolloutError } from './rollout-error';

/** How long ECS may take to list a deployment that it has accepted. */
const APPEARS_WITHIN = 60_000;
const LOOK_EVERY = 1_000;
/** From when on a deployment that was there before is taken for ours. */
const OLDER_AFTER = 5_000;

/** What to change of the service. */
export interface Change {
  readonly taskDefinition: string;
  readonly desiredCount?: number;
  /** Starts a deployment even where the task definition stays. */
  readonly forceNewDeployment?: boolean;
}

/** The deployment of a change. */
export interface Started {
  /** Its ARN. */
  readonly deployment: string;
  /** Started by us, and not by somebody else just before. */
  readonly isNew: boolean;
}

/**
 * Updates the service and finds the deployment that this has started: one that was not there before, for our task definition.
 * Times are not compared, because the clock of this machine may be wrong. Where somebody else has just started the same, our
 * update starts nothing, and theirs is the one.
 */
export async function startDeployment(context: Context, name: ServiceName, change: Change): Promise<Started> {
  const { aws, clock, signal } = context;
  const before = new Set((await listDeployments(aws, name)).map((brief) => brief.serviceDeploymentArn));
  await updateService(aws, name, change);
  const updatedAt = clock.now();
  for (;;) {
    const all = await listDeployments(aws, name);
    for (const brief of all) {
      if (!before.has(brief.serviceDeploymentArn) && (await targetOf(context, brief)) === change.taskDefinition) {
        return { deployment: brief.serviceDeploymentArn!, isNew: true };
      }
    }
    const waited = clock.now() - updatedAt;
    const [newest] = all;
    // What goes back or has ended is only taken once nothing else can be expected: its own end is its verdict then.
    const mayBeOurs = waited >= APPEARS_WITHIN || (waited >= OLDER_AFTER && goesForward(newest));
    if (
      newest &&
      !change.forceNewDeployment &&
      mayBeOurs &&
      (await targetOf(context, newest)) === change.taskDefinition
    ) {
      return { deployment: newest.serviceDeploymentArn!, isNew: false };
    }
    if (waited >= APPEARS_WITHIN) {
      throw new RolloutError(
        'unexpected',
        `ECS accepted the update of ${name.service} but lists no deployment for it: see with 'ecs-rollout status' what runs, and run the same command again.`,
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

function goesForward(brief: ServiceDeploymentBrief | undefined): boolean {
  return brief?.status === 'PENDING' || brief?.status === 'IN_PROGRESS';
}
