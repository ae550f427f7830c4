import type { ServiceDeploymentBrief } from '@aws-sdk/client-ecs';
import { findRevision, listDeployments } from '../aws/ecs';
import type { Context, ServiceName } from '../context';
import { finish } from '../finish';
import { type Ending, follow } from '../follow/follow';
import { patience } from '../follow/patience';
import { isTerminal } from '../follow/verdict';
import { parseImage } from '../image';
import type { Outcome } from '../outcome';
import { pickContainer, readTarget, type Target } from '../preflight';
import { startDeployment } from '../start';
import { revisionWithImage } from '../task-revision';

const GOES_ON = 'This image is being rolled out already.';

export interface DeployOptions extends ServiceName {
  readonly image: string;
  readonly container?: string;
  readonly releaseParameter?: string;
  readonly minDesiredCount?: number;
  /** New tasks, whatever runs already: ECS reads secrets only when a task starts. */
  readonly force?: boolean;
  /** Default: as long as a rollout of the service may take. */
  readonly timeoutMs?: number;
}

/** Rolls an image out and follows it to its end. Run again with the same image, it attaches to what it had started. */
export async function deploy(context: Context, options: DeployOptions): Promise<Outcome> {
  const began = context.clock.now();
  const { image } = options;
  parseImage(image);
  const target = await readTarget(context, options);
  const container = pickContainer(target.definition, options.container).name!;
  const [latest] = await listDeployments(context.aws, target.name);
  const found = options.force
    ? undefined
    : ((await attachable(context, target.name, latest, container, image)) ??
      isLive(target, container, options, latest));
  const followed = found ?? (await start(context, target, container, options));
  const { deploymentArn, taskDefinition } = followed;
  const ifLate = `Run the same command again${options.force ? ', without --force' : ''}: it attaches to this rollout, and records it once it has succeeded.`;
  const ending = deploymentArn
    ? await follow(
        context,
        { name: target.name, deploymentArn, taskDefinition, ifLate },
        began + patience(options.timeoutMs, target.service),
      )
    : unchanged(context, target, image);
  const released = { name: target.name, container, image, taskDefinition };
  return finish(context, ending, began, { parameter: options.releaseParameter, released });
}

/** What to follow, or no ARN when there is nothing to do. */
interface ToFollow {
  readonly deploymentArn?: string;
  readonly taskDefinition: string;
}

/** The deployment of this very image that goes on already: a run before us was killed, or somebody else started it. */
async function attachable(
  { aws, report }: Context,
  name: ServiceName,
  latest: ServiceDeploymentBrief | undefined,
  container: string,
  image: string,
): Promise<ToFollow | undefined> {
  if (!latest || isTerminal(latest)) {
    return undefined;
  }
  const revision = await findRevision(aws, latest.targetServiceRevisionArn!);
  const same = revision?.containerImages?.some((item) => item.containerName === container && item.image === image);
  if (!same || !revision?.taskDefinition) {
    return undefined;
  }
  const deployment = latest.serviceDeploymentArn!;
  const { taskDefinition } = revision;
  report({ type: 'attached', service: name.service, taskDefinition, deployment, why: GOES_ON });
  return { deploymentArn: deployment, taskDefinition };
}

/** Nothing to do: the image is what the service runs, and its last deployment did not fail. */
function isLive(
  target: Target,
  container: string,
  options: DeployOptions,
  latest: ServiceDeploymentBrief | undefined,
): ToFollow | undefined {
  const taskDefinition = target.definition.taskDefinitionArn!;
  const enough = (target.service.desiredCount ?? 0) >= (options.minDesiredCount ?? 0);
  const succeeded = latest === undefined || latest.status === 'SUCCESSFUL' || latest.status === 'ROLLBACK_SUCCESSFUL';
  return imageOf(target, container) === options.image && enough && succeeded ? { taskDefinition } : undefined;
}

function imageOf({ definition }: Target, container: string): string | undefined {
  return definition.containerDefinitions?.find((item) => item.name === container)?.image;
}

/** Without its deployment: how many tasks that one had at its end says nothing about those that run now. */
function unchanged(context: Context, target: Target, image: string): Ending {
  const taskDefinition = target.definition.taskDefinitionArn!;
  context.report({ type: 'unchanged', service: target.name.service, image, taskDefinition });
  return { outcome: 'succeeded', message: 'The image is live already: there was nothing to do.' };
}

async function start(context: Context, target: Target, container: string, options: DeployOptions): Promise<ToFollow> {
  const { name, service } = target;
  const again = options.force && imageOf(target, container) === options.image && target.definition.status === 'ACTIVE';
  const taskDefinition = again
    ? target.definition.taskDefinitionArn!
    : await revisionWithImage(context, target, container, options.image);
  const desired = service.desiredCount ?? 0;
  const desiredCount = desired < (options.minDesiredCount ?? 0) ? options.minDesiredCount : undefined;
  if (desired === 0 && desiredCount === undefined) {
    const message =
      'The service wants no tasks (desired count 0): nothing will run. Start one with --min-desired-count 1.';
    context.report({ type: 'note', message });
  }
  const { deployment, isNew } = await startDeployment(context, name, {
    taskDefinition,
    ...(desiredCount === undefined ? {} : { desiredCount }),
    // The same revision again (asked for, or its deployment failed without a rollback): only by force.
    ...(taskDefinition === service.taskDefinition ? { forceNewDeployment: true } : {}),
  });
  context.report(
    isNew
      ? { type: 'started', service: name.service, image: options.image, taskDefinition, deployment }
      : { type: 'attached', service: name.service, taskDefinition, deployment, why: GOES_ON },
  );
  return { deploymentArn: deployment, taskDefinition };
}
