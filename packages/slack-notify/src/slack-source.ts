import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type * as ecr from 'aws-cdk-lib/aws-ecr';
import type * as ecs from 'aws-cdk-lib/aws-ecs';
import * as events from 'aws-cdk-lib/aws-events';
import { ArnFormat, Names, Stack } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';

/** One rule of a source. */
export interface SlackSourcePattern {
  /** Tells the rule from the others of the same source. */
  readonly id: string;
  /** What is listened to. */
  readonly pattern: events.EventPattern;
}

/** Options of `SlackSource.repository`. */
export interface RepositorySourceOptions {
  /**
   * Whether a pushed image is told, too.
   *
   * @default true
   */
  readonly pushes?: boolean;
}

/** Short enough for the group of a message (128 characters), wherever the construct stands. */
function nameIn(construct: IConstruct): string {
  return Names.uniqueResourceName(construct, { maxLength: 100 });
}

/** Where events come from. Events of one source are told in the order in which AWS sent them. */
export class SlackSource {
  /**
   * An ECS service: a deployment that started, completed, failed, is rolled back or waits at a pause hook, and tasks that died.
   *
   * A task that a deployment or a person stopped is not told.
   */
  public static service(service: ecs.IBaseService): SlackSource {
    const deployment = {
      source: ['aws.ecs'],
      detailType: ['ECS Deployment State Change'],
      resources: [service.serviceArn],
    };
    const death = {
      source: ['aws.ecs'],
      detailType: ['ECS Task State Change'],
      detail: {
        clusterArn: [service.cluster.clusterArn],
        group: [`service:${service.serviceName}`],
        lastStatus: ['STOPPED'],
        $or: [
          { stopCode: ['EssentialContainerExited', 'TaskFailedToStart', 'SpotInterruption', 'TerminationNotice'] },
          // A task that fails its health checks is stopped by the scheduler, as is one that is replaced: only the reason tells.
          { stoppedReason: [{ prefix: 'Task failed' }] },
        ],
      },
    };
    const pause = {
      source: ['aws.ecs'],
      detailType: ['ECS Hook State Change'],
      detail: { eventName: ['HOOK_AWAITING_ACTION'], hookType: ['PAUSE'], serviceArn: [service.serviceArn] },
    };
    const patterns = [
      { id: 'Deployment', pattern: deployment },
      { id: 'TaskDied', pattern: death },
      { id: 'Pause', pattern: pause },
    ];
    return new SlackSource(`service-${nameIn(service)}`, patterns, service);
  }

  /** A CloudWatch alarm: that it went off, and that it recovered from that. */
  public static alarm(alarm: cloudwatch.IAlarm): SlackSource {
    const pattern = {
      source: ['aws.cloudwatch'],
      detailType: ['CloudWatch Alarm State Change'],
      resources: [alarm.alarmArn],
      // An alarm that is still learning (INSUFFICIENT_DATA) says nothing about the app. The function tells whether the
      // state after it is news.
      detail: { state: { value: ['ALARM', 'OK'] } },
    };
    return new SlackSource(`alarm-${nameIn(alarm)}`, [{ id: 'State', pattern }]);
  }

  /** An ECR repository: critical findings of its scans, basic, enhanced or continuous, and pushed images. */
  public static repository(repository: ecr.IRepository, options: RepositorySourceOptions = {}): SlackSource {
    const name = Stack.of(repository).splitArn(repository.repositoryArn, ArnFormat.SLASH_RESOURCE_NAME).resourceName;
    const scan = {
      source: ['aws.ecr'],
      detailType: ['ECR Image Scan'],
      detail: {
        'repository-name': [name ?? repository.repositoryName],
        'finding-severity-counts': { CRITICAL: [{ numeric: ['>', 0] }] },
      },
    };
    const enhancedScan = {
      source: ['aws.inspector2'],
      detailType: ['Inspector2 Scan'],
      detail: {
        'repository-name': [repository.repositoryArn],
        'finding-severity-counts': { CRITICAL: [{ numeric: ['>', 0] }] },
      },
    };
    // Continuous scanning: what became known after the image was pushed.
    const finding = {
      source: ['aws.inspector2'],
      detailType: ['Inspector2 Finding'],
      resources: events.Match.prefix(`${repository.repositoryArn}/sha256:`),
      detail: { severity: ['CRITICAL'], status: ['ACTIVE'] },
    };
    const push = {
      source: ['aws.ecr'],
      detailType: ['ECR Image Action'],
      detail: {
        'repository-name': [name ?? repository.repositoryName],
        'action-type': ['PUSH'],
        result: ['SUCCESS'],
      },
    };
    return new SlackSource(`repository-${nameIn(repository)}`, [
      { id: 'Scan', pattern: scan },
      { id: 'EnhancedScan', pattern: enhancedScan },
      { id: 'Finding', pattern: finding },
      ...((options.pushes ?? true) ? [{ id: 'Push', pattern: push }] : []),
    ]);
  }

  /**
   * Anything that EventBridge carries. What is not known is told with its raw title and details.
   *
   * @param name tells this source from the others, letters, digits and hyphens
   */
  public static pattern(name: string, pattern: events.EventPattern): SlackSource {
    if (!/^[A-Za-z0-9-]{1,64}$/.test(name)) {
      throw new Error(`'name' must be 1 to 64 letters, digits and hyphens, got: '${name}'`);
    }
    return new SlackSource(`pattern-${name}`, [{ id: 'Event', pattern }]);
  }

  private constructor(
    /** Tells this source from the others of the same app. */
    public readonly id: string,
    /** What is listened to. */
    public readonly patterns: SlackSourcePattern[],
    /** The service, when it is one: what may be decided and looked up is limited to it. */
    public readonly ecsService?: ecs.IBaseService,
  ) {}
}
