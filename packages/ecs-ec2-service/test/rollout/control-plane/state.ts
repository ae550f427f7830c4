import type { Service, TaskDefinition } from '@aws-sdk/client-ecs';
import type { Clock } from '../../../runtime/rollout/clock';
import { isEnd, type Step, stateAt, type Timeline } from './timeline';

export const CLUSTER = 'ecs-paebbl-cluster';
export const SERVICE = 'app';
const ARN = 'arn:aws:ecs:us-east-1:111122223333';
export const DIGEST = `sha256:${'d'.repeat(64)}`;

/** A deployment that somebody has started. */
export interface Deployment {
  readonly arn: string;
  readonly revision: string;
  readonly taskDefinition: string;
  readonly source: string;
  readonly createdAt: number;
  timeline: Timeline;
  /** Tasks that were wanted when it ended: ECS keeps that count. */
  wantedAtEnd?: number;
}

/** What the control plane remembers: one cluster with one service. */
export class State {
  readonly definitions: TaskDefinition[] = [];
  readonly deployments: Deployment[] = [];
  readonly parameters = new Map<string, string>();
  desiredCount = 1;
  /** Milliseconds until a new deployment is listed. */
  listLag = 0;
  /** Items on one page of a list. */
  pageSize = 100;
  /** Other kinds of services, for what must be refused. */
  service: Partial<Service> = {};
  taskDefinition: string;

  constructor(
    readonly clock: Clock,
    private readonly timelineOf: (image: string) => Timeline,
    image: string,
  ) {
    this.taskDefinition = this.register({
      family: 'task-definition-app',
      networkMode: 'awsvpc',
      cpu: '256',
      memory: '512',
      containerDefinitions: [
        {
          name: 'app',
          image,
          essential: true,
          portMappings: [{ name: 'app-port', containerPort: 5000, protocol: 'tcp' }],
          logConfiguration: {
            logDriver: 'awslogs',
            options: { 'awslogs-group': 'flask-app', 'awslogs-stream-prefix': 'flask-app-paebbl' },
          },
        },
      ],
    }).taskDefinitionArn!;
    this.deploy(this.taskDefinition, { steps: [{ at: 0, status: 'SUCCESSFUL', running: 1 }] });
  }

  register(input: TaskDefinition): TaskDefinition {
    const revision = this.definitions.length + 1;
    const taskDefinitionArn = `${ARN}:task-definition/${input.family}:${revision}`;
    const added = {
      ...input,
      taskDefinitionArn,
      revision,
      status: 'ACTIVE' as const,
      compatibilities: ['EC2' as const],
    };
    this.definitions.push(added);
    return added;
  }

  /** By ARN, `family:revision`, or family for the newest one. */
  findDefinition(name: string): TaskDefinition | undefined {
    const short = name.split('/').pop()!;
    return [...this.definitions]
      .reverse()
      .find(
        (item) => (short === item.family && item.status === 'ACTIVE') || short === `${item.family}:${item.revision}`,
      );
  }

  /** What CloudFormation does to the revision before when it has made another one: it can be described, but not deployed. */
  deregister(revision: number): void {
    this.definitions[revision - 1] = { ...this.definitions[revision - 1], status: 'INACTIVE' };
  }

  deploy(taskDefinition: string, timeline?: Timeline): Deployment {
    const id = String(this.deployments.length + 1).padStart(4, '0');
    const image = this.findDefinition(taskDefinition)?.containerDefinitions?.[0]?.image ?? '';
    const deployment: Deployment = {
      arn: `${ARN}:service-deployment/${CLUSTER}/${SERVICE}/d${id}`,
      revision: `${ARN}:service-revision/${CLUSTER}/${SERVICE}/r${id}`,
      taskDefinition,
      source: this.deployments.length > 0 ? this.currentDefinition() : taskDefinition,
      // ECS tells milliseconds, and two deployments are never of the same one.
      createdAt: this.clock.now() + this.deployments.length,
      timeline: timeline ?? this.timelineOf(image),
    };
    this.deployments.push(deployment);
    this.taskDefinition = taskDefinition;
    return deployment;
  }

  /** UpdateService: the same task definition again starts nothing, unless it is forced. */
  update(taskDefinition: string, desiredCount: number | undefined, force: boolean): void {
    this.desiredCount = desiredCount ?? this.desiredCount;
    if (taskDefinition !== this.currentDefinition() || force) {
      this.deploy(taskDefinition);
    }
  }

  secondsOf(deployment: Deployment): number {
    return (this.clock.now() - deployment.createdAt) / 1000;
  }

  stateOf(deployment: Deployment): Step {
    return stateAt(deployment.timeline, this.secondsOf(deployment));
  }

  /** Task definition of the service: ECS puts the former one back when a rollback begins. */
  currentDefinition(): string {
    const latest = this.latest();
    return this.stateOf(latest).rollback ? latest.source : this.taskDefinition;
  }

  latest(): Deployment {
    return this.deployments[this.deployments.length - 1];
  }

  /** Newer deployments that a timeline asks for appear when its time has come. */
  settle(): void {
    for (const deployment of this.deployments.filter((item) => isEnd(this.stateOf(item).status))) {
      deployment.wantedAtEnd ??= this.desiredCount;
    }
    const latest = this.latest();
    if (this.stateOf(latest).newer) {
      const other = this.register({
        ...this.definitions[0],
        containerDefinitions: [
          { ...this.definitions[0].containerDefinitions![0], image: 'registry/app:somebody-elses' },
        ],
      });
      this.deploy(other.taskDefinitionArn!, { steps: [{ at: 0, status: 'IN_PROGRESS' }] });
    }
  }

  gone(): Step['gone'] {
    return this.stateOf(this.latest()).gone;
  }
}
