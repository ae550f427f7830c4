import {
  ClientException,
  ClusterNotFoundException,
  ConflictException,
  DescribeServiceDeploymentsCommand,
  DescribeServiceRevisionsCommand,
  DescribeServicesCommand,
  DescribeTaskDefinitionCommand,
  DescribeTasksCommand,
  type DesiredStatus,
  ListServiceDeploymentsCommand,
  ListTasksCommand,
  RegisterTaskDefinitionCommand,
  type RegisterTaskDefinitionCommandInput,
  type Service,
  type ServiceDeployment,
  type ServiceDeploymentBrief,
  ServiceNotFoundException,
  type ServiceRevision,
  StopServiceDeploymentCommand,
  type Task,
  type TaskDefinition,
  UpdateServiceCommand,
} from '@aws-sdk/client-ecs';
import type { ServiceName } from '../context';
import { RolloutError } from '../rollout-error';
import type { Aws } from './calls';

/** The service, or undefined when there is none (any more). */
export async function findService(aws: Aws, { cluster, service }: ServiceName): Promise<Service | undefined> {
  const { services } = await aws.call('ecs:DescribeServices', ({ ecs }, options) =>
    ecs.send(new DescribeServicesCommand({ cluster, services: [service] }), options),
  );
  const found = services?.[0];
  return found && found.status !== 'INACTIVE' ? found : undefined;
}

/** Whether AWS says that there is no such service any more, or not even its cluster. */
export function isGone(error: unknown): boolean {
  return error instanceof ServiceNotFoundException || error instanceof ClusterNotFoundException;
}

export async function describeTaskDefinition(aws: Aws, taskDefinition: string) {
  const answer = await aws.call('ecs:DescribeTaskDefinition', ({ ecs }, options) =>
    ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition, include: ['TAGS'] }), options),
  );
  return { definition: known(answer.taskDefinition, 'a task definition'), tags: answer.tags ?? [] };
}

/** The same, or undefined when there is none of this name. */
export async function findTaskDefinition(aws: Aws, taskDefinition: string) {
  try {
    return await describeTaskDefinition(aws, taskDefinition);
  } catch (error) {
    if (error instanceof ClientException) {
      return undefined;
    }
    throw error;
  }
}

export async function registerTaskDefinition(
  aws: Aws,
  input: RegisterTaskDefinitionCommandInput,
): Promise<TaskDefinition> {
  const { taskDefinition } = await aws.call('ecs:RegisterTaskDefinition', ({ ecs }, options) =>
    ecs.send(new RegisterTaskDefinitionCommand(input), options),
  );
  return known(taskDefinition, 'the registered task definition');
}

/** Safe to repeat: asking again for the same task definition starts no second deployment. */
export async function updateService(
  aws: Aws,
  { cluster, service }: ServiceName,
  change: { taskDefinition: string; desiredCount?: number; forceNewDeployment?: boolean },
): Promise<void> {
  await aws.call('ecs:UpdateService', ({ ecs }, options) =>
    ecs.send(new UpdateServiceCommand({ cluster, service, ...change }), options),
  );
}

/** Deployments of the service in the last 90 days, the newest first. ECS promises no order, so all of them are read. */
export async function listDeployments(aws: Aws, { cluster, service }: ServiceName): Promise<ServiceDeploymentBrief[]> {
  const all: ServiceDeploymentBrief[] = [];
  let nextToken: string | undefined;
  do {
    const page = await aws.call('ecs:ListServiceDeployments', ({ ecs }, options) =>
      ecs.send(new ListServiceDeploymentsCommand({ cluster, service, maxResults: 100, nextToken }), options),
    );
    all.push(...(page.serviceDeployments ?? []));
    nextToken = page.nextToken;
  } while (nextToken);
  const time = (brief: ServiceDeploymentBrief) => brief.createdAt?.getTime() ?? 0;
  return all.sort((a, b) => time(b) - time(a));
}

/** The deployment, or undefined when ECS does not know it (yet, or any more). */
export async function findDeployment(aws: Aws, arn: string): Promise<ServiceDeployment | undefined> {
  try {
    const { serviceDeployments } = await aws.call('ecs:DescribeServiceDeployments', ({ ecs }, options) =>
      ecs.send(new DescribeServiceDeploymentsCommand({ serviceDeploymentArns: [arn] }), options),
    );
    return serviceDeployments?.[0];
  } catch (error) {
    if (isGone(error)) {
      return undefined;
    }
    throw error;
  }
}

/** What a revision runs, or undefined when ECS does not know it. */
export async function findRevision(aws: Aws, arn: string): Promise<ServiceRevision | undefined> {
  const { serviceRevisions } = await aws.call('ecs:DescribeServiceRevisions', ({ ecs }, options) =>
    ecs.send(new DescribeServiceRevisionsCommand({ serviceRevisionArns: [arn] }), options),
  );
  return serviceRevisions?.[0];
}

/** Tasks of the service that stopped lately: ECS forgets them after an hour. */
export function stoppedTasks(aws: Aws, name: ServiceName): Promise<Task[]> {
  return tasksOf(aws, name, 'STOPPED');
}

/** Tasks of the service that run now. */
export function runningTasks(aws: Aws, name: ServiceName): Promise<Task[]> {
  return tasksOf(aws, name, 'RUNNING');
}

/** A crash loop of many tasks leaves more than one page of them. */
async function tasksOf(aws: Aws, { cluster, service }: ServiceName, desiredStatus: DesiredStatus): Promise<Task[]> {
  const all: Task[] = [];
  let nextToken: string | undefined;
  do {
    const list = { cluster, serviceName: service, desiredStatus, maxResults: 100, nextToken };
    const page = await aws.call('ecs:ListTasks', ({ ecs }, options) => ecs.send(new ListTasksCommand(list), options));
    if (page.taskArns?.length) {
      const { tasks } = await aws.call('ecs:DescribeTasks', ({ ecs }, options) =>
        ecs.send(new DescribeTasksCommand({ cluster, tasks: page.taskArns }), options),
      );
      all.push(...(tasks ?? []));
    }
    nextToken = page.nextToken;
  } while (nextToken);
  return all;
}

/** Asks ECS to bring the version before back. A deployment that has ended meanwhile is left as it is. */
export async function rollBackDeployment(aws: Aws, serviceDeploymentArn: string): Promise<void> {
  try {
    await aws.call('ecs:StopServiceDeployment', ({ ecs }, options) =>
      ecs.send(new StopServiceDeploymentCommand({ serviceDeploymentArn, stopType: 'ROLLBACK' }), options),
    );
  } catch (error) {
    if (!(error instanceof ConflictException)) {
      throw error;
    }
  }
}

function known<T>(value: T | undefined, what: string): T {
  if (value === undefined) {
    throw new RolloutError('unexpected', `ECS answered without ${what}: run the same command again.`);
  }
  return value;
}
