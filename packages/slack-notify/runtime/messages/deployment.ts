import { serviceOf } from './arns';
import type { AwsEvent } from './aws-event';
import { serviceLinks } from './console-links';
import type { Notice } from './notice';
import { originOf } from './origin';

/**
 * 'ECS Deployment State Change' as a notice.
 *
 * A rollback is a deployment of its own that only its reason tells from others.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_service_deployment_events.html
 */
export function deploymentNotice(event: AwsEvent): Notice | undefined {
  const { cluster, service } = serviceOf(event.resources[0] ?? '');
  const reason = event.detail.text('reason');
  const what = whatHappened(event.detail.text('eventName'), reason);
  if (!what || !service) {
    return undefined;
  }
  const deploymentId = event.detail.text('deploymentId');
  const at = event.detail.text('updatedAt') || event.time;
  const back = what.kind === 'deployment-rolling-back';
  return {
    kind: what.kind,
    severity: what.severity,
    title: `${service} ${what.words}`,
    reason: what.plain ? undefined : reason,
    facts: [
      ['Service', `${cluster}/${service}`],
      ['Deployment', deploymentId],
    ],
    links: serviceLinks(event.region, cluster, service),
    origin: originOf(event),
    deployment: { serviceArn: event.resources[0] ?? '', at, ...(back ? { back } : {}) },
    operation: deploymentId
      ? {
          id: `${event.resources[0]}#${deploymentId}`,
          phase: event.detail.text('eventName').endsWith('IN_PROGRESS') ? 'started' : 'ended',
          at,
          ...(back ? { rollback: reason } : {}),
        }
      : undefined,
  };
}

/** The end of a deployment that brought back what ran before: ECS reports it as any other one that is complete. */
export function rolledBack(notice: Notice, why: string): Notice {
  const service = notice.title.split(' ')[0];
  return {
    ...notice,
    kind: 'deployment-rolled-back',
    severity: 'warning',
    title: `${service} runs again what ran before`,
    reason: why,
    deployment: notice.deployment && { ...notice.deployment, back: true },
  };
}

interface Happening extends Pick<Notice, 'kind' | 'severity'> {
  readonly words: string;
  /** The reason only repeats the words. */
  readonly plain: boolean;
}

function whatHappened(eventName: string, reason: string): Happening | undefined {
  switch (eventName) {
    case 'SERVICE_DEPLOYMENT_IN_PROGRESS':
      return /rolling back|roll ?back/i.test(reason)
        ? { kind: 'deployment-rolling-back', severity: 'error', words: 'is being rolled back', plain: false }
        : { kind: 'deployment-started', severity: 'info', words: 'is being deployed', plain: true };
    case 'SERVICE_DEPLOYMENT_COMPLETED':
      return { kind: 'deployment-completed', severity: 'success', words: 'is deployed', plain: true };
    case 'SERVICE_DEPLOYMENT_FAILED':
      return { kind: 'deployment-failed', severity: 'error', words: 'failed to deploy', plain: false };
    default:
      return undefined;
  }
}
