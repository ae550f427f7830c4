import { isDeepStrictEqual } from 'node:util';
import type { RegisterTaskDefinitionCommandInput, TaskDefinition } from '@aws-sdk/client-ecs';
import { findTaskDefinition, registerTaskDefinition } from './aws/ecs';
import type { Context } from './context';
import type { Target } from './preflight';

/** A revision with its tags. */
type Described = Pick<Target, 'definition' | 'tags'>;

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
export function revisionWithImage(context: Context, target: Target, container: string, image: string): Promise<string> {
  const containerDefinitions = target.definition.containerDefinitions?.map((item) =>
    item.name === container ? { ...item, image } : item,
  );
  return newestOrNew(context, { ...target.definition, containerDefinitions }, target.tags);
}

/** The revision itself, or one of the same settings where it may not be used any more, as after a deployment of its stack. */
export async function usableRevision(context: Context, { definition, tags }: Described): Promise<string> {
  return definition.status === 'ACTIVE' ? definition.taskDefinitionArn! : newestOrNew(context, definition, tags);
}

async function newestOrNew({ aws }: Context, definition: TaskDefinition, tags: Described['tags']): Promise<string> {
  const wanted = settings(definition);
  const newest = await findTaskDefinition(aws, definition.family!);
  if (newest && isDeepStrictEqual(settings(newest.definition), wanted)) {
    return newest.definition.taskDefinitionArn!;
  }
  const registered = await registerTaskDefinition(aws, {
    ...(wanted as RegisterTaskDefinitionCommandInput),
    // An empty list is refused.
    ...(tags.length > 0 ? { tags } : {}),
  });
  return registered.taskDefinitionArn!;
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
