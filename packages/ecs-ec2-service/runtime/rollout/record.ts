import type { ServiceDeployment } from '@aws-sdk/client-ecs';
import { findRevision, runningTasks } from './aws/ecs';
import { writeReleasedImage } from './aws/released-parameter';
import type { Context, ServiceName } from './context';
import { repositoryOf } from './image';

/** What was released. */
export interface Released {
  readonly name: ServiceName;
  readonly container: string;
  /** As it stands in the task definition. */
  readonly image: string;
  readonly taskDefinition: string;
  readonly deployment?: ServiceDeployment;
}

/**
 * Writes the image that ran, by its digest, into the released-image parameter.
 *
 * @returns undefined when it is written, else why not, and what to do
 */
export async function record(
  context: Context,
  parameter: string,
  released: Released,
): Promise<{ message: string; next: string } | undefined> {
  const digest = await digestThatRan(context, released);
  if (!digest) {
    return {
      message: `No task of it ran, so '${parameter}' was left as it is.`,
      next: 'Start one: the same command with --min-desired-count 1.',
    };
  }
  const image = `${repositoryOf(released.image)}@${digest}`;
  try {
    await writeReleasedImage(context.aws, parameter, image);
  } catch (error) {
    return {
      message: `'${parameter}' could not be written (${(error as Error).message}), so the next cdk deploy would bring back the version before.`,
      next: `Run 'ecs-rollout deploy' with this image again once it may be written, or put ${image} into it.`,
    };
  }
  context.report({ type: 'recorded', parameter, image });
  return undefined;
}

/** The digest that ECS resolved the image to, or else that of a task that runs it. */
async function digestThatRan({ aws }: Context, released: Released): Promise<string | undefined> {
  const { arn, runningTaskCount, requestedTaskCount } = released.deployment?.targetServiceRevision ?? {};
  if (released.deployment && (requestedTaskCount === 0 || runningTaskCount === 0)) {
    return undefined;
  }
  const revision = arn ? await findRevision(aws, arn) : undefined;
  const resolved = revision?.containerImages?.find((item) => item.containerName === released.container)?.imageDigest;
  return resolved ?? (await digestOfRunningTask(aws, released));
}

async function digestOfRunningTask(aws: Context['aws'], { name, container, taskDefinition }: Released) {
  const tasks = await runningTasks(aws, name);
  return tasks
    .filter((task) => task.taskDefinitionArn === taskDefinition)
    .flatMap((task) => task.containers ?? [])
    .find((item) => item.name === container && item.imageDigest)?.imageDigest;
}
