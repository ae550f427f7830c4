import { serviceOf } from './arns';
import type { AwsEvent } from './aws-event';
import { serviceLinks } from './console-links';
import type { Notice } from './notice';
import { originOf, readableTime } from './origin';

/**
 * 'ECS Hook State Change' of a hook that pauses a deployment, as a notice.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/pause-lifecycle-hooks.html
 */
export function pauseNotice(event: AwsEvent): Notice | undefined {
  const { detail } = event;
  const { cluster, service } = serviceOf(detail.text('serviceArn'));
  const hookId = detail.text('hookId');
  const serviceDeploymentArn = detail.text('serviceDeploymentArn');
  if (detail.text('eventName') !== 'HOOK_AWAITING_ACTION' || !service || !hookId || !serviceDeploymentArn) {
    return undefined;
  }
  return {
    kind: 'deployment-paused',
    severity: 'warning',
    title: `The deployment of ${service} waits for a decision`,
    facts: [
      ['Service', `${cluster}/${service}`],
      ['Stage', detail.text('lifecycleStage').toLowerCase().replace(/_/g, ' ')],
      ['Until', readableTime(detail.text('expiresAt'))],
    ],
    links: serviceLinks(event.region, cluster, service),
    origin: originOf(event),
    deployment: { serviceArn: detail.text('serviceArn'), serviceDeploymentArn, at: event.time },
    decision: { serviceDeploymentArn, hookId },
  };
}
