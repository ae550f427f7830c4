import { ARNs } from './arns';
import { CLUSTER, type Deployment, DIGEST, SERVICE, type State } from './state';
import { isEnd, type StoppedTask, stateAt } from './timeline';

type Body = Record<string, unknown>;
/** An answer, or an error of AWS by its name. */
export type Answer = Body | { error: string; message: string };
type Action = (state: State, body: Body) => Answer;

const seconds = (milliseconds: number) => milliseconds / 1000;

/** The calls that a rollout makes, as the API reference has them. */
export const actions: Record<string, Action> = {
  DescribeServices: (state, { cluster, services }) => {
    if (cluster !== CLUSTER || state.gone() === 'ClusterNotFoundException') {
      return { error: 'ClusterNotFoundException', message: 'Cluster not found.' };
    }
    const [name] = services as string[];
    if (name !== SERVICE) {
      return { services: [], failures: [{ arn: `${ARNs.service}-${name}`, reason: 'MISSING' }] };
    }
    return { services: [describeService(state)], failures: [] };
  },
  DescribeTaskDefinition: (state, { taskDefinition }) => {
    const found = state.findDefinition(taskDefinition as string);
    return found
      ? { taskDefinition: found, tags: [{ key: 'owner', value: 'paebbl' }] }
      : { error: 'ClientException', message: 'Unable to describe task definition.' };
  },
  RegisterTaskDefinition: (state, { tags: _tags, ...body }) => ({ taskDefinition: state.register(body) }),
  UpdateService: (state, { taskDefinition, desiredCount, forceNewDeployment }) => {
    if (state.findDefinition(taskDefinition as string)?.status !== 'ACTIVE') {
      return { error: 'ClientException', message: 'TaskDefinition is inactive' };
    }
    state.update(taskDefinition as string, desiredCount as number | undefined, Boolean(forceNewDeployment));
    return { service: describeService(state) };
  },
  ListServiceDeployments: (state, { nextToken }) => {
    const listed = state.deployments.filter(
      ({ createdAt }) => createdAt <= state.clock.now() - state.listLag || state.listLag === 0,
    );
    const { items, next } = page(state, listed, nextToken);
    const serviceDeployments = items.map((deployment) => ({
      serviceDeploymentArn: deployment.arn,
      targetServiceRevisionArn: deployment.revision,
      createdAt: seconds(deployment.createdAt),
      startedAt: seconds(deployment.createdAt),
      status: state.stateOf(deployment).status,
    }));
    return { serviceDeployments, nextToken: next };
  },
  DescribeServiceDeployments: (state, { serviceDeploymentArns }) => {
    const gone = state.gone();
    if (typeof gone === 'string') {
      return { error: gone, message: 'Not found.' };
    }
    const [arn] = serviceDeploymentArns as string[];
    const found = gone ? undefined : state.deployments.find((deployment) => deployment.arn === arn);
    return found
      ? { serviceDeployments: [describeDeployment(state, found)], failures: [] }
      : { serviceDeployments: [], failures: [{ arn, reason: 'MISSING' }] };
  },
  DescribeServiceRevisions: (state, { serviceRevisionArns }) => {
    const [arn] = serviceRevisionArns as string[];
    const found = state.deployments.find((deployment) => deployment.revision === arn);
    const container = found && state.findDefinition(found.taskDefinition)?.containerDefinitions?.[0];
    return found
      ? {
          serviceRevisions: [
            {
              serviceRevisionArn: arn,
              taskDefinition: found.taskDefinition,
              containerImages: [
                { containerName: 'app', image: container?.image, imageDigest: digestOf(found.timeline.digest) },
              ],
            },
          ],
        }
      : { serviceRevisions: [], failures: [{ arn, reason: 'MISSING' }] };
  },
  StopServiceDeployment: (state, { serviceDeploymentArn }) => {
    const found = state.deployments.find((deployment) => deployment.arn === serviceDeploymentArn)!;
    const at = state.secondsOf(found);
    if (/^(SUCCESSFUL|STOPPED|ROLLBACK_)/.test(state.stateOf(found).status ?? '')) {
      return { error: 'ConflictException', message: 'The service deployment cannot be stopped.' };
    }
    const rollback = { reason: 'Service deployment rollback was requested by a user.' };
    found.timeline = {
      ...found.timeline,
      steps: [
        ...found.timeline.steps.filter((step) => step.at <= at),
        { at, status: 'ROLLBACK_REQUESTED', rollback },
        { at: at + 5, status: 'ROLLBACK_IN_PROGRESS' },
        { at: at + 20, status: 'ROLLBACK_SUCCESSFUL' },
      ],
    };
    return { serviceDeploymentArn };
  },
  ListTasks: (state, { desiredStatus, nextToken }) => {
    const all =
      desiredStatus === 'STOPPED' ? stopped(state).map(({ arn }) => arn) : running(state).map(({ taskArn }) => taskArn);
    const { items, next } = page(state, all, nextToken);
    return { taskArns: items, nextToken: next };
  },
  DescribeTasks: (state, { tasks }) => ({
    tasks: [
      ...running(state).filter(({ taskArn }) => (tasks as string[]).includes(taskArn)),
      ...stopped(state)
        .filter(({ arn }) => (tasks as string[]).includes(arn))
        .map((item) => describeStopped(item)),
    ],
  }),
  GetLogEvents: (state, { logStreamName }) => {
    const task = stopped(state).find(({ arn }) => arn.split('/').pop() === (logStreamName as string).split('/').pop());
    // A stream is made when its container starts.
    return task?.task.stopCode === 'TaskFailedToStart'
      ? { error: 'ResourceNotFoundException', message: 'The specified log stream does not exist.' }
      : { events: (state.latest().timeline.log ?? []).map((message) => ({ message, timestamp: state.clock.now() })) };
  },
  PutParameter: (state, { Name, Value }) => {
    state.parameters.set(Name as string, Value as string);
    return { Version: 1 };
  },
};

/** Lists come in pages, the oldest first: the API reference promises no order. */
function page<T>(state: State, all: T[], token: unknown): { items: T[]; next?: string } {
  const from = Number(token ?? 0);
  const to = from + state.pageSize;
  return { items: all.slice(from, to), next: to < all.length ? String(to) : undefined };
}

function describeService(state: State): Body {
  const latest = state.latest();
  const { status, running = 0 } = state.stateOf(latest);
  const inProgress = !isEnd(status);
  const primary = { id: 'ecs-svc/2', status: 'PRIMARY', rolloutState: inProgress ? 'IN_PROGRESS' : 'COMPLETED' };
  return {
    serviceArn: ARNs.service,
    serviceName: SERVICE,
    clusterArn: ARNs.cluster,
    status: state.gone() ? 'INACTIVE' : 'ACTIVE',
    desiredCount: state.desiredCount,
    // The old task answers until the new one does.
    runningCount: Math.max(state.desiredCount, running),
    pendingCount: 0,
    taskDefinition: state.currentDefinition(),
    deploymentController: { type: 'ECS' },
    capacityProviderStrategy: [{ capacityProvider: 'hosts', weight: 1, base: 0 }],
    deployments: inProgress ? [primary, { id: 'ecs-svc/1', status: 'ACTIVE' }] : [primary],
    events: (latest.timeline.events ?? [])
      .filter((event) => event.at <= state.secondsOf(latest))
      .map((event) => ({
        id: `event-${event.at}-${event.message.length}`,
        createdAt: seconds(latest.createdAt) + event.at,
        message: event.message,
      }))
      .reverse(),
    ...state.service,
  };
}

function describeDeployment(state: State, deployment: Deployment): Body {
  const {
    at: _at,
    running = 0,
    pending = 0,
    old = 0,
    hooks,
    bake,
    gone: _gone,
    newer: _newer,
    ...step
  } = state.stateOf(deployment);
  const { rollback, ...rest } = step;
  const wanted = deployment.wantedAtEnd ?? state.desiredCount;
  return {
    ...rest,
    ...(rollback ? { rollback: { reason: rollback.reason } } : {}),
    serviceDeploymentArn: deployment.arn,
    serviceArn: ARNs.service,
    clusterArn: ARNs.cluster,
    createdAt: seconds(deployment.createdAt),
    deploymentConfiguration: { maximumPercent: 200, minimumHealthyPercent: 100, bakeTimeInMinutes: bake },
    lifecycleHookDetails: hooks,
    sourceServiceRevisions: [
      { arn: `${deployment.revision}-before`, requestedTaskCount: 0, runningTaskCount: old, pendingTaskCount: 0 },
    ],
    targetServiceRevision: {
      arn: deployment.revision,
      requestedTaskCount: wanted,
      runningTaskCount: Math.min(running, wanted),
      pendingTaskCount: pending,
    },
  };
}

function stopped(state: State): { arn: string; task: StoppedTask; deployment: Deployment }[] {
  const deployment = state.latest();
  const now = state.secondsOf(deployment);
  return (deployment.timeline.stoppedTasks ?? [])
    .filter((task) => task.at <= now)
    .map((task, index) => ({ arn: `${ARNs.task}/failed${index}`, task, deployment }));
}

function describeStopped({ arn, task, deployment }: { arn: string; task: StoppedTask; deployment: Deployment }): Body {
  return {
    taskArn: arn,
    taskDefinitionArn: task.other ? deployment.source : deployment.taskDefinition,
    lastStatus: 'STOPPED',
    createdAt: seconds(deployment.createdAt) + (task.created ?? Math.max(0, task.at - 10)),
    stoppedAt: seconds(deployment.createdAt) + task.at,
    startedBy: 'ecs-svc/2',
    stopCode: task.stopCode ?? 'EssentialContainerExited',
    stoppedReason: task.stoppedReason,
    containers: [{ name: 'app', exitCode: task.exitCode, reason: task.reason, lastStatus: 'STOPPED' }],
  };
}

function running(state: State): { taskArn: string; taskDefinitionArn: string; containers: Body[] }[] {
  const deployment = state.latest();
  const { running = 0 } = stateAt(deployment.timeline, state.secondsOf(deployment));
  return Array.from({ length: Math.min(running, state.desiredCount) }, (_, index) => ({
    taskArn: `${ARNs.task}/running${index}`,
    taskDefinitionArn: deployment.taskDefinition,
    containers: [{ name: 'app', imageDigest: DIGEST }],
  }));
}

/** An empty one stands for a revision of which ECS does not tell the digest (yet). */
function digestOf(scripted: string | undefined): string | undefined {
  return scripted === '' ? undefined : (scripted ?? DIGEST);
}
