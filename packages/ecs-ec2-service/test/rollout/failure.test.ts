import type { ContainerDefinition, Task, TaskDefinition } from '@aws-sdk/client-ecs';
import { logStream } from '../../runtime/rollout/aws/log-lines';
import type { Context } from '../../runtime/rollout/context';
import { parseImage, repositoryOf } from '../../runtime/rollout/image';
import { failureOf, withHealth, withLogs } from '../../runtime/rollout/why/failure';

const definition: TaskDefinition = {
  containerDefinitions: [{ name: 'proxy', essential: false }, { name: 'app' }, { name: 'init', essential: true }],
};
const task = (more: Task): Task => ({ taskArn: 'arn:task/1', stopCode: 'EssentialContainerExited', ...more });

describe('the container that ended a task', () => {
  test.each<[string, Task['containers'], string | undefined]>([
    [
      'the essential one, of two that ended well',
      [
        { name: 'proxy', exitCode: 0 },
        { name: 'app', exitCode: 0 },
      ],
      'app',
    ],
    [
      'the one with an exit code',
      [
        { name: 'app', exitCode: 0 },
        { name: 'proxy', exitCode: 3 },
      ],
      'proxy',
    ],
    [
      'the essential one of two with exit codes',
      [
        { name: 'proxy', exitCode: 1 },
        { name: 'app', exitCode: 1 },
      ],
      'app',
    ],
    [
      'the one with a reason before all others',
      [
        { name: 'app', exitCode: 1 },
        { name: 'proxy', reason: 'CannotPullContainerError' },
      ],
      'proxy',
    ],
    ['the only one', [{ name: 'proxy' }], 'proxy'],
    ['nobody, of a task without containers', [], undefined],
    ['nobody, of a task that does not say', undefined, undefined],
  ])('is %s', (_name, containers, expected) => {
    expect(failureOf(task({ containers }), definition)?.container).toBe(expected);
  });
});

test('ECS’s words of the task and of the container stand together', () => {
  const containers = [{ name: 'app', exitCode: 137, reason: 'OutOfMemoryError: killed' }];
  expect(failureOf(task({ stoppedReason: 'Essential container exited', containers }), definition)).toMatchObject({
    taskArn: 'arn:task/1',
    exitCode: 137,
    reason: 'Essential container exited: OutOfMemoryError: killed',
    what: 'The container ran out of memory.',
  });
  expect(failureOf(task({}), definition)?.reason).toBeUndefined();
});

test.each<[string, Task, boolean]>([
  ['by a person', { stopCode: 'UserInitiated', stoppedReason: 'Task stopped by user' }, false],
  [
    'for fewer tasks',
    { stopCode: 'ServiceSchedulerInitiated', stoppedReason: 'Scaling activity initiated by (deployment ecs-svc/1)' },
    false,
  ],
  ['without a word', { stopCode: 'ServiceSchedulerInitiated' }, false],
  [
    'for its health',
    { stopCode: 'ServiceSchedulerInitiated', stoppedReason: 'Task failed container health checks' },
    true,
  ],
  ['with words like those for fewer', { stoppedReason: 'Scaling activity initiated by itself' }, true],
  ['with its host', { stopCode: 'SpotInterruption', stoppedReason: 'Your Spot Task was interrupted.' }, true],
])('a task that was stopped %s is a failure: %j', (_name, stopped, failed) => {
  expect(failureOf(task(stopped), definition) !== undefined).toBe(failed);
});

test('what the load balancer says belongs to a task that it found unhealthy, and to no other', () => {
  const failure = { what: 'w', next: 'n' };
  const health = 'Request timed out';
  expect(withHealth({ ...failure, reason: 'Task failed ELB health checks' }, health)).toMatchObject({
    health,
    next: expect.stringContaining('Nobody answers in time'),
  });
  expect(withHealth({ ...failure, reason: 'Essential container in task exited' }, health)).toEqual({
    ...failure,
    reason: 'Essential container in task exited',
  });
  expect(withHealth(failure, health)).toEqual(failure);
  expect(withHealth({ ...failure, reason: 'Task failed ELB health checks' }, undefined)).not.toHaveProperty('health');
});

describe('the log of a container', () => {
  const logging = (options: Record<string, string>, logDriver = 'awslogs') =>
    ({ name: 'app', logConfiguration: { logDriver, options } }) as ContainerDefinition;
  const both = { 'awslogs-group': 'flask-app', 'awslogs-stream-prefix': 'paebbl' };

  test('has a stream of its own', () => {
    expect(logStream(logging(both), 'arn:aws:ecs:r:1:task/cluster/abc')).toEqual({
      group: 'flask-app',
      stream: 'paebbl/app/abc',
    });
  });

  test.each([
    logging(both, 'fluentd'),
    logging({ 'awslogs-group': 'flask-app' }),
    logging({ 'awslogs-stream-prefix': 'paebbl' }),
    { name: 'app' },
    { name: 'app', logConfiguration: { logDriver: 'awslogs' as const } },
  ])('is not looked for elsewhere: %j', (container) => {
    expect(logStream(container, 'arn:task/1')).toBeUndefined();
  });
});

describe('a failure', () => {
  const failure = { what: 'w', next: 'n', container: 'app', taskArn: 'arn:task/1' };
  const logConfiguration = {
    logDriver: 'awslogs' as const,
    options: { 'awslogs-group': 'flask-app', 'awslogs-stream-prefix': 'paebbl' },
  };
  const definition = { containerDefinitions: [{ name: 'proxy' }, { name: 'app', logConfiguration }] };

  test.each([
    ['that has its log already', { ...failure, log: ['here'] }, definition],
    ['of a container without a log', { ...failure, container: 'proxy' }, definition],
    ['of a container that is not known', { ...failure, container: 'other' }, definition],
    ['of no task', { ...failure, taskArn: undefined }, definition],
    ['of a task definition without containers', failure, {}],
  ])('%s stays as it is, and nobody is asked', async (_name, known, of) => {
    const report = jest.fn();
    expect(await withLogs({ report } as unknown as Context, known, of)).toBe(known);
    expect(report).not.toHaveBeenCalled();
  });
});

describe('an image', () => {
  const digest = `sha256:${'0a'.repeat(32)}`;
  test.each([
    ['app:1', { repository: 'app', tag: '1' }],
    ['localhost:5000/team/app:v1.2-x', { repository: 'localhost:5000/team/app', tag: 'v1.2-x' }],
    [`r.example/app@${digest}`, { repository: 'r.example/app', digest }],
    [`r.example/app:1@${digest}`, { repository: 'r.example/app', tag: '1', digest }],
  ])('%s has its parts', (image, parts) => {
    expect(parseImage(image)).toEqual({ tag: undefined, digest: undefined, ...parts });
  });

  test.each([
    'app',
    'localhost:5000/app',
    ':1',
    'App:1',
    'app:',
    'app: 1',
    ' app:1',
    'app:1 ',
    'app:.1',
    `app:${'x'.repeat(129)}`,
    'app@sha256:abc',
    `app@sha256:${'0A'.repeat(32)}`,
    `app@${digest}0`,
  ])('%j is refused', (image) => {
    expect(() => parseImage(image)).toThrow("'--image' must be a repository with a tag (repository:tag) or a digest");
  });

  test.each([
    ['app:1', 'app'],
    ['localhost:5000/app', 'localhost:5000/app'],
    [`r/app@${digest}`, 'r/app'],
    ['Odd Image', 'Odd Image'],
  ])('%s is of the repository %s', (image, repository) => {
    expect(repositoryOf(image)).toBe(repository);
  });
});
