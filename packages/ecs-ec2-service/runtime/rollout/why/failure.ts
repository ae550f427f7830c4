import type { Container, Task, TaskDefinition } from '@aws-sdk/client-ecs';
import { lastLines, logStream } from '../aws/log-lines';
import type { Context } from '../context';
import { RolloutError } from '../rollout-error';
import { explain } from './explain';
import { healthNextStep } from './health';

/** Why a task failed, and what to do next. */
export interface FailureReport {
  /** One sentence. */
  readonly what: string;
  /** What to do. */
  readonly next: string;
  readonly taskArn?: string;
  readonly container?: string;
  readonly exitCode?: number;
  /** ECS's own words. */
  readonly reason?: string;
  /** Why the load balancer found it unhealthy, in its words. */
  readonly health?: string;
  /** The end of the container's log. */
  readonly log?: readonly string[];
}

/** Tasks that ECS stops for these reasons are not failures: it wanted fewer of them. */
const wanted = /^(Scaling activity initiated by|Task stopped by|Scale in)/;

/** Why this task failed, or undefined when it was stopped on purpose. */
export function failureOf(task: Task, definition: TaskDefinition): FailureReport | undefined {
  if (task.stopCode === 'UserInitiated' || (task.stopCode === 'ServiceSchedulerInitiated' && isWanted(task))) {
    return undefined;
  }
  const container = culprit(task, definition);
  const reason = [task.stoppedReason, container?.reason].filter(Boolean).join(': ');
  return {
    ...explain({ reason, exitCode: container?.exitCode, stopCode: task.stopCode }),
    taskArn: task.taskArn,
    container: container?.name,
    exitCode: container?.exitCode,
    reason: reason || undefined,
  };
}

/** Adds what the load balancer said to a task that did not pass its health checks: an answer that it did not like, or none. */
export function withHealth(failure: FailureReport, health: string | undefined): FailureReport {
  return health && /ELB|Elastic Load Balancing/i.test(failure.reason ?? '')
    ? { ...failure, health, next: healthNextStep(health) }
    : failure;
}

/** Adds the end of the container's log. A log that cannot be read takes nothing away from the reason. */
export async function withLogs({ aws, report }: Context, failure: FailureReport, definition: TaskDefinition) {
  const container = definition.containerDefinitions?.find((item) => item.name === failure.container);
  const stream = container && failure.taskArn ? logStream(container, failure.taskArn) : undefined;
  if (!stream || failure.log) {
    return failure;
  }
  try {
    return { ...failure, log: await lastLines(aws, stream) };
  } catch (error) {
    const why = error instanceof RolloutError ? error.message : (error as Error).name;
    // The task may never have come so far as to write.
    if (why !== 'ResourceNotFoundException') {
      report({ type: 'note', message: `The log of the failed task could not be read: ${why}` });
    }
    return failure;
  }
}

function isWanted(task: Task): boolean {
  return task.stoppedReason === undefined || wanted.test(task.stoppedReason);
}

/** The container that ended the task: an essential one with an exit code that is not 0, or a reason, before all others. */
function culprit(task: Task, definition: TaskDefinition): Container | undefined {
  const essential = new Set(
    definition.containerDefinitions?.filter((item) => item.essential !== false).map((item) => item.name),
  );
  const score = (container: Container) =>
    (container.reason ? 4 : 0) + (container.exitCode ? 2 : 0) + (essential.has(container.name) ? 1 : 0);
  return [...(task.containers ?? [])].sort((a, b) => score(b) - score(a))[0];
}
