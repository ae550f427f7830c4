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
  const before = new Map((await listDeployments(aws, name)).map((brief) => [brief.serviceDeploymentArn, brief]));
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
    const theirs = change.forceNewDeployment ? undefined : standIn(all[0], before, waited);
    if (theirs && (await targetOf(context, theirs)) === change.taskDefinition) {
      return { deployment: theirs.serviceDeploymentArn!, isNew: false };
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

/** The newest deployment, where it went forward when we asked for the same, so that ECS saw nothing to start. */
function standIn(
  newest: ServiceDeploymentBrief | undefined,
  before: ReadonlyMap<string | undefined, ServiceDeploymentBrief>,
  waited: number,
): ServiceDeploymentBrief | undefined {
  const then = before.get(newest?.serviceDeploymentArn)?.status;
  if (!newest || (then !== 'PENDING' && then !== 'IN_PROGRESS')) {
    return undefined;
  }
  // One that has turned back may have done so before our update, which then started another one.
  const goesOn = /^(PENDING|IN_PROGRESS|SUCCESSFUL)$/.test(newest.status ?? '');
  return waited >= (goesOn ? OLDER_AFTER : APPEARS_WITHIN) ? newest : undefined;
}
