import { alarmNotice } from './alarm';
import { type AwsEvent, readEvent } from './aws-event';
import { deploymentNotice } from './deployment';
import { findingNotice, pushNotice, scanNotice } from './image';
import type { Notice } from './notice';
import { originOf } from './origin';
import { pauseNotice } from './pause';
import { taskDiedNotice } from './task-died';

/** What is known by name. Whatever else comes is told as it is. */
const KNOWN: Record<string, (event: AwsEvent) => Notice | undefined> = {
  'aws.ecs ECS Deployment State Change': deploymentNotice,
  'aws.ecs ECS Hook State Change': pauseNotice,
  'aws.ecs ECS Task State Change': taskDiedNotice,
  'aws.cloudwatch CloudWatch Alarm State Change': alarmNotice,
  'aws.ecr ECR Image Scan': scanNotice,
  'aws.inspector2 Inspector2 Scan': scanNotice,
  'aws.inspector2 Inspector2 Finding': findingNotice,
  'aws.ecr ECR Image Action': pushNotice,
};

/** A message of the queue as a notice. Never fails: an event that nobody foresaw is told with its raw title. */
export function describe(body: string): Notice {
  const event = readEvent(body);
  if (!event) {
    return { kind: 'unreadable', severity: 'warning', title: 'An event that is no JSON object', reason: body };
  }
  const notice = KNOWN[`${event.source} ${event.detailType}`]?.(event);
  return notice ?? unknownNotice(event);
}

function unknownNotice(event: AwsEvent): Notice {
  const title = event.detailType || 'An event without a title';
  return {
    kind: 'unknown',
    severity: 'info',
    title: event.source ? `${title} (${event.source})` : title,
    reason: event.detail.names().length > 0 ? event.detail.toJson() : undefined,
    facts: event.resources.slice(0, 3).map((arn) => ['Resource', arn]),
    origin: originOf(event),
    burst: ['unknown', event.source, event.detailType, ...event.resources, event.detail.words()].join('/'),
  };
}
