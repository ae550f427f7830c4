import { GetLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import type { ContainerDefinition } from '@aws-sdk/client-ecs';
import type { Aws } from './calls';

/** Lines of a failed container that are worth reading. */
const LINES = 12;

/** Where a container of a task writes, or undefined when it is not CloudWatch Logs. */
export function logStream(
  container: ContainerDefinition,
  taskArn: string,
): { group: string; stream: string } | undefined {
  const { logDriver, options } = container.logConfiguration ?? {};
  const group = options?.['awslogs-group'];
  const prefix = options?.['awslogs-stream-prefix'];
  const taskId = taskArn.split('/').pop();
  return logDriver === 'awslogs' && group && prefix
    ? { group, stream: `${prefix}/${container.name}/${taskId}` }
    : undefined;
}

/** The last lines of a stream. */
export async function lastLines(aws: Aws, at: { group: string; stream: string }): Promise<string[]> {
  const { events } = await aws.call('logs:GetLogEvents', ({ logs }, options) =>
    logs.send(
      new GetLogEventsCommand({
        logGroupName: at.group,
        logStreamName: at.stream,
        limit: LINES,
        startFromHead: false,
      }),
      options,
    ),
  );
  return (events ?? []).map((event) => event.message?.trimEnd() ?? '');
}
