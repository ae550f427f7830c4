import type { ServiceDeploymentBrief } from '@aws-sdk/client-ecs';
import { findDeployment, findRevision, listDeployments } from '../aws/ecs';
import type { Context, ServiceName } from '../context';
import { finish } from '../finish';
import { follow } from '../follow/follow';
import { isTerminal } from '../follow/verdict';
import { parseImage } from '../image';
import type { Outcome } from '../outcome';
import { pickContainer, readTarget, type Target } from '../preflight';
import { startDeployment } from '../start';
import { revisionWithImage } from '../task-revision';

export interface DeployOptions extends ServiceName {
  readonly image: string;
  readonly container?: string;
  readonly releaseParameter?: string;
  readonly minDesiredCount?: number;
  readonly timeoutMs: number;
}

/** Rolls an image out and follows it to its end. Run again with the same image, it attaches to what it had started. */
export async function deploy(context: Context, options: DeployOptions): Promise<Outcome> {
  const began = context.clock.now();
  const { image } = options;
  parseImage(image);
  const target = await readTarget(context, options);
  const container = pickContainer(target.definition, options.container).name!;
  const [latest] = await listDeployments(context.aws, target.name);
  const running = await attachable(context, target.name, latest, container, image);
  const followed =
    running ?? isLive(target, container, options, latest) ?? (await start(context, target, container, options));
  const { deploymentArn, taskDefinition } = followed;
  const ending = deploymentArn
    ? await follow(context, { name: target.name, deploymentArn, taskDefinition }, began + options.timeoutMs)
    : await unchanged(context, target, image, latest);
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
  report({
    type: 'attached',
    service: name.service,
    taskDefinition,
    deployment,
    why: 'This image is being rolled out already.',
  });
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
  const current = target.definition.containerDefinitions?.find((item) => item.name === container)?.image;
  const enough = (target.service.desiredCount ?? 0) >= (options.minDesiredCount ?? 0);
  const succeeded = latest === undefined || latest.status === 'SUCCESSFUL' || latest.status === 'ROLLBACK_SUCCESSFUL';
  return current === options.image && enough && succeeded ? { taskDefinition } : undefined;
}

async function unchanged(context: Context, target: Target, image: string, latest: ServiceDeploymentBrief | undefined) {
  const taskDefinition = target.definition.taskDefinitionArn!;
  context.report({ type: 'unchanged', service: target.name.service, image, taskDefinition });
  const arn = latest?.status === 'SUCCESSFUL' ? latest.serviceDeploymentArn : undefined;
  const deployment = arn ? await findDeployment(context.aws, arn) : undefined;
  return { outcome: 'succeeded' as const, message: 'The image is live already: there was nothing to do.', deployment };
}

async function start(context: Context, target: Target, container: string, options: DeployOptions): Promise<ToFollow> {
  const { name, service } = target;
  const taskDefinition = await revisionWithImage(context, target, container, options.image);
  const desired = service.desiredCount ?? 0;
  const desiredCount = desired < (options.minDesiredCount ?? 0) ? options.minDesiredCount : undefined;
  if (desired === 0 && desiredCount === undefined) {
    const message =
      'The service wants no tasks (desired count 0): nothing will run. Start one with --min-desired-count 1.';
    context.report({ type: 'note', message });
  }
  const deployment = await startDeployment(context, name, {
    taskDefinition,
    ...(desiredCount === undefined ? {} : { desiredCount }),
    // The same revision again (its deployment failed without a rollback): only a forced deployment tries it once more.
    ...(taskDefinition === service.taskDefinition ? { forceNewDeployment: true } : {}),
  });
  context.report({ type: 'started', service: name.service, image: options.image, taskDefinition, deployment });
  return { deploymentArn: deployment, taskDefinition };
}
