import type { DeploymentLifecycleHookDetail, ServiceDeployment } from '@aws-sdk/client-ecs';

/**
 * What ECS answers about one deployment as time goes by. A step holds until the next one that says otherwise.
 *
 * Shapes: Amazon ECS API Reference, ServiceDeployment, Task, ServiceEvent (docs.aws.amazon.com/AmazonECS/latest/APIReference).
 */
export interface Timeline {
  readonly steps: readonly Step[];
  readonly stoppedTasks?: readonly StoppedTask[];
  readonly events?: readonly { readonly at: number; readonly message: string }[];
  /** Log of every failed task that had started. */
  readonly log?: readonly string[];
  /** The digest that ECS resolved the image to. Default: one that stands for "resolved". */
  readonly digest?: string;
}

/** @property at seconds since the deployment was created */
export interface Step
  extends Pick<
    ServiceDeployment,
    'status' | 'statusReason' | 'lifecycleStage' | 'rollback' | 'deploymentCircuitBreaker' | 'alarms'
  > {
  readonly at: number;
  readonly running?: number;
  readonly pending?: number;
  /** Tasks of the version before that still run. */
  readonly old?: number;
  readonly hooks?: DeploymentLifecycleHookDetail[];
  /** Minutes of bake time of the deployment configuration. */
  readonly bake?: number;
  /** The service is deleted: ECS describes it as inactive, or has forgotten it, or even its cluster. */
  readonly gone?: boolean | 'ServiceNotFoundException' | 'ClusterNotFoundException';
  /** A newer deployment of another image appears. */
  readonly newer?: boolean;
}

export interface StoppedTask {
  readonly at: number;
  /** When it was created, in seconds since the deployment was. Default: shortly before it stopped. */
  readonly created?: number;
  readonly stopCode?: string;
  readonly stoppedReason: string;
  readonly exitCode?: number;
  readonly reason?: string;
  /** Belongs to another revision of the task definition. */
  readonly other?: boolean;
}

/** Everything that the steps up to a moment say together. */
export function stateAt(timeline: Timeline, seconds: number): Step {
  const past = timeline.steps.filter((step) => step.at <= seconds);
  return Object.assign({ at: 0, status: 'PENDING' }, ...past);
}

/** Whether a status never changes again. */
export function isEnd(status = ''): boolean {
  return /^(SUCCESSFUL|STOPPED|ROLLBACK_(SUCCESSFUL|FAILED))$/.test(status);
}

/** When it ends for good, in seconds, or undefined when it never does. */
export function endOf(timeline: Timeline): number | undefined {
  return timeline.steps.find((step) => isEnd(step.status) || step.gone)?.at;
}
