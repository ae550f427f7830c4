import { isDeepStrictEqual } from 'node:util';
import type { RegisterTaskDefinitionCommandInput, TaskDefinition } from '@aws-sdk/client-ecs';
import { describeTaskDefinition, registerTaskDefinition } from './aws/ecs';
import type { Context } from './context';
import type { Target } from './preflight';

/** What DescribeTaskDefinition answers beyond what RegisterTaskDefinition takes. */
const readOnlyFields = [
  'taskDefinitionArn',
  'revision',
  'status',
  'requiresAttributes',
  'compatibilities',
  'registeredAt',
  'registeredBy',
  'deregisteredAt',
  'deleteRequestedAt',
] as const satisfies (keyof TaskDefinition)[];

/**
 * A revision that differs from the target's only in the image of one container: the family's newest one where it is just
 * that (a run of this tool before us was killed between two calls), else a new one.
 */
export async function revisionWithImage(
  { aws }: Context,
  target: Target,
  container: string,
  image: string,
): Promise<string> {
  const wanted = withImage(target, container, image);
  const { definition } = await describeTaskDefinition(aws, target.definition.family!);
  if (isDeepStrictEqual(settings(definition), settings({ ...wanted, tags: undefined } as TaskDefinition))) {
    return definition.taskDefinitionArn!;
  }
  const registered = await registerTaskDefinition(aws, wanted);
  return registered.taskDefinitionArn!;
}

function withImage({ definition, tags }: Target, container: string, image: string): RegisterTaskDefinitionCommandInput {
  return {
    ...(settings(definition) as RegisterTaskDefinitionCommandInput),
    containerDefinitions: definition.containerDefinitions?.map((item) =>
      item.name === container ? { ...item, image } : item,
    ),
    // An empty list is refused.
    ...(tags.length > 0 ? { tags } : {}),
  };
}

/** What somebody decided about a task definition, without what ECS adds. */
function settings(definition: TaskDefinition): Partial<TaskDefinition> {
  const rest = { ...definition };
  for (const field of readOnlyFields) {
    delete rest[field];
  }
  // Absent and undefined mean the same to ECS.
  return JSON.parse(JSON.stringify(rest));
}
