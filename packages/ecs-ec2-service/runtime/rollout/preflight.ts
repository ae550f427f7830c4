import type { ContainerDefinition, Service, TaskDefinition } from '@aws-sdk/client-ecs';
import { describeTaskDefinition, findService } from './aws/ecs';
import type { Context, ServiceName } from './context';
import { RolloutError, usageError } from './rollout-error';

/** A service that can be rolled out, and what it runs. */
export interface Target {
  readonly name: ServiceName;
  readonly service: Service;
  readonly definition: TaskDefinition;
  readonly tags: { key?: string; value?: string }[];
}

/**
 * Looks at the service before anything is changed.
 *
 * @throws RolloutError of code `usage` for a service that does not exist or that this tool must not touch
 */
export async function readTarget({ aws }: Context, name: ServiceName): Promise<Target> {
  const service = await find(aws, name);
  requireOurKind(service);
  const { definition, tags } = await describeTaskDefinition(aws, service.taskDefinition!);
  return { name, service, definition, tags };
}

/**
 * Picks the container whose image changes.
 *
 * @throws RolloutError of code `usage` when there are several and none is named, or none has the name
 */
export function pickContainer(definition: TaskDefinition, wanted: string | undefined): ContainerDefinition {
  const containers = definition.containerDefinitions ?? [];
  const names = containers.map((container) => container.name).join(', ');
  if (wanted === undefined) {
    if (containers.length !== 1) {
      throw usageError('--container', `name one of the task's containers (${names})`, 'none');
    }
    return containers[0];
  }
  const found = containers.find((container) => container.name === wanted);
  if (!found) {
    throw usageError('--container', `name one of the task's containers (${names})`, wanted);
  }
  return found;
}

async function find(aws: Context['aws'], name: ServiceName): Promise<Service> {
  try {
    const service = await findService(aws, name);
    if (!service) {
      throw usageError('--service', `name a service of the cluster ${name.cluster}`, name.service);
    }
    return service;
  } catch (error) {
    if (error instanceof Error && error.name === 'ClusterNotFoundException') {
      throw usageError('--cluster', 'name a cluster of this account and region', name.cluster);
    }
    throw error;
  }
}

function requireOurKind(service: Service): void {
  const controller = service.deploymentController?.type ?? 'ECS';
  if (controller !== 'ECS') {
    throw usageError(
      '--service',
      "be deployed by ECS itself (deployment controller 'ECS')",
      `controller ${controller}`,
    );
  }
  const launch =
    service.launchType ??
    service.capacityProviderStrategy?.find((item) => /^FARGATE/.test(item.capacityProvider ?? ''))?.capacityProvider;
  if (launch !== undefined && launch !== 'EC2') {
    throw usageError('--service', 'run on EC2 hosts', `launch type ${launch}`);
  }
  if (service.status !== 'ACTIVE') {
    throw new RolloutError('usage', `'--service' must be active, got: ${service.status}`);
  }
}
