import type { ServiceDeployment } from '@aws-sdk/client-ecs';
import type { Progress, Report } from '../report/events';

/** Tells what has changed since the last look, and remembers since when the present stage lasts. */
export class ProgressReporter {
  /** When the present stage was first seen, in milliseconds since 1970. */
  stageSince = 0;
  private stage?: string;
  private last = '';
  private pausedAt?: string;
  private warned = false;

  constructor(private readonly report: Report) {}

  tell(deployment: ServiceDeployment, now: number): void {
    if (this.stageSince === 0 || deployment.lifecycleStage !== this.stage) {
      this.stage = deployment.lifecycleStage;
      this.stageSince = now;
    }
    const progress = progressOf(deployment);
    const text = JSON.stringify(progress);
    if (text !== this.last) {
      this.last = text;
      this.report({ type: 'progress', ...progress });
    }
    this.tellPause(deployment);
    if (deployment.deploymentCircuitBreaker?.status === 'DISABLED' && !this.warned) {
      this.warned = true;
      const message =
        'This service has no circuit breaker: a rollout that fails goes on failing until somebody stops it.';
      this.report({ type: 'no-breaker', message });
    }
  }

  private tellPause(deployment: ServiceDeployment): void {
    const paused = deployment.lifecycleHookDetails?.find((hook) => hook.status === 'AWAITING_ACTION');
    const key = paused && `${deployment.lifecycleStage}`;
    if (key && key !== this.pausedAt) {
      const arn = deployment.serviceDeploymentArn;
      const hint = `aws ecs continue-service-deployment --service-deployment-arn ${arn} --hook-id ${paused.hookId}`;
      this.report({ type: 'hook-paused', stage: key, hint });
    }
    this.pausedAt = key;
  }
}

function progressOf(deployment: ServiceDeployment): Progress {
  const { runningTaskCount = 0, pendingTaskCount = 0, requestedTaskCount = 0 } = deployment.targetServiceRevision ?? {};
  const old = (deployment.sourceServiceRevisions ?? []).reduce((sum, item) => sum + (item.runningTaskCount ?? 0), 0);
  return {
    status: deployment.status ?? 'UNKNOWN',
    ...(deployment.lifecycleStage ? { stage: deployment.lifecycleStage } : {}),
    running: runningTaskCount,
    pending: pendingTaskCount,
    requested: requestedTaskCount,
    old,
    failed: deployment.deploymentCircuitBreaker?.failureCount ?? 0,
  };
}
