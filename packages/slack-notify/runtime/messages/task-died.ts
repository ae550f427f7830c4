import { nameOf, shortImage } from './arns';
import type { AwsEvent, Detail } from './aws-event';
import { serviceLinks, taskLink } from './console-links';
import { duration } from './duration';
import type { Notice } from './notice';
import { originOf } from './origin';

/** What an exit code usually means. 128 plus the number of the signal is the shell's convention, which Docker follows. */
const EXIT_CODES: Record<string, string> = {
  '0': 'it ended by itself',
  '1': 'the app failed',
  '125': 'Docker could not start it',
  '126': 'its command cannot be run',
  '127': 'its command was not found',
  '134': 'it aborted (SIGABRT)',
  '137': 'it was killed (SIGKILL), often for want of memory',
  '139': 'it crashed (SIGSEGV)',
  '143': 'it was told to stop (SIGTERM)',
};

/**
 * 'ECS Task State Change' of a task that stopped, as a notice.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_task_events.html
 */
export function taskDiedNotice(event: AwsEvent): Notice | undefined {
  const { detail } = event;
  const taskId = nameOf(detail.text('taskArn') || (event.resources[0] ?? ''));
  if (detail.text('lastStatus') !== 'STOPPED' || !taskId) {
    return undefined;
  }
  const cluster = nameOf(detail.text('clusterArn'));
  const service = /^service:(.+)$/.exec(detail.text('group'))?.[1];
  const culprit = culpritOf(detail.children('containers'));
  const exitCode = culprit?.text('exitCode') ?? '';
  const reason = reasonOf(detail, culprit);
  const definition = nameOfDefinition(detail.text('taskDefinitionArn'));
  return {
    kind: 'task-died',
    severity: 'error',
    title: `A task of ${service ?? (detail.text('group') || cluster)} ${fate(detail, exitCode)}`,
    reason,
    facts: [
      ['Container', culprit?.text('name') ?? ''],
      ['Exit code', meaningOf(exitCode, detail.text('stopCode'))],
      ['Task definition', definition],
      ['Image', shortImage(culprit?.text('image') ?? '')],
      [
        'Lived',
        duration(detail.text('startedAt'), detail.text('stoppingAt') || detail.text('stoppedAt') || event.time),
      ],
      ['Stop code', detail.text('stopCode')],
    ],
    links: [...taskLink(event.region, cluster, taskId), ...serviceLinks(event.region, cluster, service ?? '')],
    origin: originOf(event),
    burst: [
      'task-died',
      cluster,
      detail.text('group'),
      definition,
      detail.text('stopCode'),
      exitCode,
      kindOf(reason),
    ].join('/'),
  };
}

/** What a reason says before its details, without ids and numbers: `CannotPullContainerError`. */
function kindOf(reason: string): string {
  const [kind = ''] = reason.split(/[:\n]/);
  return kind.replace(/\S*\d\S*/g, '#').slice(0, 100);
}

/** Of a task that was stopped from outside, the exit code only says that it obeyed. */
function meaningOf(exitCode: string, stopCode: string): string {
  const meaning = /^(EssentialContainerExited|)$/.test(stopCode) ? EXIT_CODES[exitCode] : undefined;
  return [exitCode, meaning].filter(Boolean).join(': ');
}

function fate(detail: Detail, exitCode: string): string {
  if (detail.text('stoppedReason').startsWith('Task failed')) {
    return 'failed its health checks';
  }
  switch (detail.text('stopCode')) {
    case 'TaskFailedToStart':
      return 'could not start';
    case 'SpotInterruption':
    case 'TerminationNotice':
      return 'lost its host';
    default:
      return exitCode ? `died with exit code ${exitCode}` : 'died';
  }
}

/** What the container says comes first; that an essential one ended is no reason then. */
function reasonOf(detail: Detail, culprit?: Detail): string {
  const [task, container] = [detail.text('stoppedReason'), culprit?.text('reason') ?? ''];
  return [container, container && /^Essential container/.test(task) ? '' : task].filter(Boolean).join('\n');
}

/** The container that did it: the one with a bad exit code or a reason, else the first. */
function culpritOf(containers: Detail[]): Detail | undefined {
  return (
    containers.find((container) => (container.number('exitCode') ?? 0) !== 0) ??
    containers.find((container) => container.text('reason') !== '') ??
    containers[0]
  );
}

function nameOfDefinition(arn: string): string {
  return arn.split('/').pop() ?? '';
}
