import {
  DescribeServiceDeploymentsCommand,
  DescribeServiceRevisionsCommand,
  DescribeServicesCommand,
  DescribeTaskDefinitionCommand,
  DescribeTasksCommand,
  ListServiceDeploymentsCommand,
  ListTasksCommand,
  RegisterTaskDefinitionCommand,
  type RegisterTaskDefinitionCommandInput,
  type Service,
  type ServiceDeployment,
  type ServiceDeploymentBrief,
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
  const { services } = await aws.call('ecs:DescribeServices', ({ ecs }) =>
    ecs.send(new DescribeServicesCommand({ cluster, services: [service] })),
  );
  const found = services?.[0];
  return found && found.status !== 'INACTIVE' ? found : undefined;
}

export async function describeTaskDefinition(aws: Aws, taskDefinition: string) {
  const answer = await aws.call('ecs:DescribeTaskDefinition', ({ ecs }) =>
    ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition, include: ['TAGS'] })),
  );
  return { definition: known(answer.taskDefinition, 'a task definition'), tags: answer.tags ?? [] };
}

export async function registerTaskDefinition(
  aws: Aws,
  input: RegisterTaskDefinitionCommandInput,
): Promise<TaskDefinition> {
  const { taskDefinition } = await aws.call('ecs:RegisterTaskDefinition', ({ ecs }) =>
    ecs.send(new RegisterTaskDefinitionCommand(input)),
  );
  return known(taskDefinition, 'the registered task definition');
}

/** Safe to repeat: asking again for the same task definition starts no second deployment. */
export async function updateService(
  aws: Aws,
  { cluster, service }: ServiceName,
  change: { taskDefinition: string; desiredCount?: number; forceNewDeployment?: boolean },
): Promise<void> {
  await aws.call('ecs:UpdateService', ({ ecs }) => ecs.send(new UpdateServiceCommand({ cluster, service, ...change })));
}

/** Deployments of the service, the newest first. */
export async function listDeployments(aws: Aws, { cluster, service }: ServiceName): Promise<ServiceDeploymentBrief[]> {
  const { serviceDeployments } = await aws.call('ecs:ListServiceDeployments', ({ ecs }) =>
    ecs.send(new ListServiceDeploymentsCommand({ cluster, service, maxResults: 20 })),
  );
  const time = (brief: ServiceDeploymentBrief) => brief.createdAt?.getTime() ?? 0;
  return [...(serviceDeployments ?? [])].sort((a, b) => time(b) - time(a));
}

/** The deployment, or undefined when ECS does not know it (yet, or any more). */
export async function findDeployment(aws: Aws, arn: string): Promise<ServiceDeployment | undefined> {
  const { serviceDeployments } = await aws.call('ecs:DescribeServiceDeployments', ({ ecs }) =>
    ecs.send(new DescribeServiceDeploymentsCommand({ serviceDeploymentArns: [arn] })),
  );
  return serviceDeployments?.[0];
}

/** What a revision runs, or undefined when ECS does not know it. */
export async function findRevision(aws: Aws, arn: string): Promise<ServiceRevision | undefined> {
  const { serviceRevisions } = await aws.call('ecs:DescribeServiceRevisions', ({ ecs }) =>
    ecs.send(new DescribeServiceRevisionsCommand({ serviceRevisionArns: [arn] })),
  );
  return serviceRevisions?.[0];
}

/** Tasks of the service that stopped lately: ECS forgets them after an hour. */
export async function stoppedTasks(aws: Aws, { cluster, service }: ServiceName): Promise<Task[]> {
  const { taskArns } = await aws.call('ecs:ListTasks', ({ ecs }) =>
    ecs.send(new ListTasksCommand({ cluster, serviceName: service, desiredStatus: 'STOPPED', maxResults: 100 })),
  );
  if (!taskArns?.length) {
    return [];
  }
  const { tasks } = await aws.call('ecs:DescribeTasks', ({ ecs }) =>
    ecs.send(new DescribeTasksCommand({ cluster, tasks: taskArns })),
  );
  return tasks ?? [];
}

export async function rollBackDeployment(aws: Aws, serviceDeploymentArn: string): Promise<void> {
  await aws.call('ecs:StopServiceDeployment', ({ ecs }) =>
    ecs.send(new StopServiceDeploymentCommand({ serviceDeploymentArn, stopType: 'ROLLBACK' })),
  );
}

function known<T>(value: T | undefined, what: string): T {
  if (value === undefined) {
    throw new RolloutError('unexpected', `ECS answered without ${what}.`);
  }
  return value;
}

/** Tasks of the service that run now. */
export async function runningTasks(aws: Aws, { cluster, service }: ServiceName): Promise<Task[]> {
  const { taskArns } = await aws.call('ecs:ListTasks', ({ ecs }) =>
    ecs.send(new ListTasksCommand({ cluster, serviceName: service, desiredStatus: 'RUNNING', maxResults: 100 })),
  );
  if (!taskArns?.length) {
    return [];
  }
  const { tasks } = await aws.call('ecs:DescribeTasks', ({ ecs }) =>
    ecs.send(new DescribeTasksCommand({ cluster, tasks: taskArns })),
  );
  return tasks ?? [];
}
