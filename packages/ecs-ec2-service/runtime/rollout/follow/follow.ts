import type { ServiceDeployment } from '@aws-sdk/client-ecs';
import { findDeployment, findService, isGone, listDeployments } from '../aws/ecs';
import type { Context, ServiceName } from '../context';
import type { FailureReport } from '../why/failure';
import { pause } from './pace';
import { ProgressReporter } from './progress';
import { isTerminal, judge, type Verdict } from './verdict';
import { FailureWatcher } from './watchers';

/** ECS may know a deployment a moment later in one call than in another. */
const NOT_YET = 60_000;

/** A deployment that is being followed. */
export interface Followed {
  readonly name: ServiceName;
  readonly deploymentArn: string;
  /** Task definition that it rolls out. */
  readonly taskDefinition: string;
  /** What to do when the time is over before it has ended, in a sentence. */
  readonly ifLate: string;
}

/** Where there is nothing to record. */
export const WATCH_ON = "Run 'ecs-rollout watch' to follow it on.";

/** How it ended. */
export interface Ending extends Verdict {
  readonly deployment?: ServiceDeployment;
  readonly failure?: FailureReport;
}

/**
 * Follows one deployment to its end.
 *
 * @param deadline when to stop looking, in milliseconds since 1970
 * @throws RolloutError when AWS refuses or does not answer for too long
 */
export async function follow(context: Context, followed: Followed, deadline: number): Promise<Ending> {
  const { aws, clock, signal } = context;
  const began = clock.now();
  const progress = new ProgressReporter(context.report);
  let watcher: FailureWatcher | undefined;
  let seenAt = began;
  let operator = false;
  for (;;) {
    const lookedAt = clock.now();
    const deployment = await findDeployment(aws, followed.deploymentArn);
    if (!deployment) {
      const ending = await vanished(context, followed, clock.now() - seenAt > NOT_YET);
      if (ending) {
        return ending;
      }
    }
    if (deployment) {
      seenAt = clock.now();
      const since = deployment.createdAt?.getTime() ?? began;
      watcher ??= new FailureWatcher(context, followed.name, followed.taskDefinition, since);
      progress.tell(deployment, clock.now());
      operator ||= /^(STOP|ROLLBACK)_REQUESTED$/.test(deployment.status ?? '');
      if (isTerminal(deployment)) {
        return end(context, followed, deployment, operator, watcher);
      }
      await watcher.look(deployment);
    }
    if (clock.now() >= deadline) {
      const message = `The time is over, the rollout is not: it goes on in ECS without this tool. ${followed.ifLate}`;
      const next = 'Where it takes longer than that, give a longer --timeout.';
      return { outcome: 'timed-out', message, next, deployment, failure: await watcher?.best() };
    }
    // From look to look, however long the calls took: the reasons must not delay the verdict.
    const next = lookedAt + pause(deployment, progress.stageSince, lookedAt);
    await clock.sleep(Math.max(0, Math.min(next, deadline) - clock.now()), signal);
  }
}

async function end(
  context: Context,
  followed: Followed,
  deployment: ServiceDeployment,
  operator: boolean,
  watcher: FailureWatcher,
): Promise<Ending> {
  const newer = deployment.status === 'STOPPED' && (await hasNewer(context, followed, deployment));
  if (newer === undefined) {
    return deleted(followed);
  }
  const verdict = judge(deployment, { operator }, newer);
  const failure = ['rolled-back', 'failed'].includes(verdict.outcome) ? await watcher.best() : undefined;
  return { ...verdict, deployment, failure };
}

/** Undefined when the service is gone. */
async function hasNewer(
  context: Context,
  { name, deploymentArn }: Followed,
  deployment: ServiceDeployment,
): Promise<boolean | undefined> {
  const created = deployment.createdAt?.getTime() ?? 0;
  const all = await unlessGone(listDeployments(context.aws, name));
  return all?.some(
    (brief) => brief.serviceDeploymentArn !== deploymentArn && (brief.createdAt?.getTime() ?? 0) > created,
  );
}

/** A deployment goes with its service; alone it is only late to appear, up to a point. */
async function vanished(context: Context, followed: Followed, forGood: boolean): Promise<Ending | undefined> {
  if (!(await unlessGone(findService(context.aws, followed.name)))) {
    return deleted(followed);
  }
  const message = 'ECS does not know this deployment any more.';
  const next = "See with 'ecs-rollout status' what runs, and how its last deployments ended.";
  return forGood ? { outcome: 'failed', message, next } : undefined;
}

function deleted({ name }: Followed): Ending {
  const message = `The service ${name.service} was deleted while the rollout went on.`;
  return { outcome: 'failed', message, next: 'Deploy its stack to have it again; CloudTrail says who deleted it.' };
}

async function unlessGone<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (isGone(error)) {
      return undefined;
    }
    throw error;
  }
}
