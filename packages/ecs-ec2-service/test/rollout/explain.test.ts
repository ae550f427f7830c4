import { explainEvent } from '../../runtime/rollout/why/events';
import { explain } from '../../runtime/rollout/why/explain';
import { healthNextStep, healthReason } from '../../runtime/rollout/why/health';

/** ECS's words, the exit code, and what is told of them. */
const samples: [string, number | undefined, RegExp][] = [
  ['CannotPullContainerError: failed to resolve ref x: not found', undefined, /does not exist/],
  // Words of Docker and containerd, as the ECS agent passes them on.
  [
    "CannotPullContainerError: Error response from daemon: pull access denied for 111122223333.dkr.ecr.us-east-1.amazonaws.com/app, repository does not exist or may require 'docker login': denied: User: arn:aws:sts::111122223333:assumed-role/execution/x is not authorized to perform: ecr:BatchGetImage on resource: arn:aws:ecr:us-east-1:111122223333:repository/app because no identity-based policy allows the ecr:BatchGetImage action",
    undefined,
    /may not pull/,
  ],
  [
    "CannotPullContainerError: Error response from daemon: pull access denied for example/privat, repository does not exist or may require 'docker login': denied: requested access to the resource is denied",
    undefined,
    /may not pull/,
  ],
  [
    'CannotPullContainerError: failed to resolve ref ghcr.io/example/app:1: unexpected status from HEAD request to https://ghcr.io/v2/example/app/manifests/1: 403 Forbidden',
    undefined,
    /may not pull/,
  ],
  [
    'CannotPullContainerError: Error response from daemon: Get https://111122223333.dkr.ecr.us-east-1.amazonaws.com/v2/app/manifests/1: no basic auth credentials',
    undefined,
    /may not pull/,
  ],
  [
    'CannotPullContainerError: pull image manifest has been retried 5 time(s): failed to resolve ref 111122223333.dkr.ecr.us-east-1.amazonaws.com/app:1: failed to do request: Head "https://111122223333.dkr.ecr.us-east-1.amazonaws.com/v2/app/manifests/1": dial tcp 52.1.2.3:443: i/o timeout',
    undefined,
    /could not be pulled/,
  ],
  [
    'CannotPullContainerError: failed to resolve ref 111122223333.dkr.ecr.us-east-1.amazonaws.com/app:1: failed to do request: Head "https://111122223333.dkr.ecr.us-east-1.amazonaws.com/v2/app/manifests/1": dial tcp: lookup 111122223333.dkr.ecr.us-east-1.amazonaws.com on 10.0.0.2:53: no such host',
    undefined,
    /could not be pulled/,
  ],
  [
    'CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref 111140333333.dkr.ecr.us-east-1.amazonaws.com/authorizer:4f403c1: not found',
    undefined,
    /does not exist/,
  ],
  [
    'CannotPullContainerError: Error response from daemon: manifest for 111122223333.dkr.ecr.us-east-1.amazonaws.com/app:1 not found: manifest unknown: Requested image not found',
    undefined,
    /does not exist/,
  ],
  [
    "CannotPullContainerError: Error response from daemon: name unknown: The repository with name 'app' does not exist in the registry with id '111122223333'",
    undefined,
    /does not exist/,
  ],
  [
    `CannotPullContainerError: failed to pull and unpack image "registry/app:1": no match for platform in manifest sha256:${'a'.repeat(64)}: not found`,
    undefined,
    /not for the CPU/,
  ],
  ['CannotPullContainerError: no matching manifest for linux/arm64/v8', undefined, /not for the CPU/],
  ['CannotPullContainerError: denied: not authorized to perform ecr:BatchGetImage', undefined, /may not pull/],
  ['CannotPullContainerError: write /var/lib: no space left on device', undefined, /disk of the host is full/],
  ['CannotPullContainerError: net/http: request canceled (Client.Timeout exceeded)', undefined, /could not be pulled/],
  ['ResourceInitializationError: unable to pull secrets or registry auth', undefined, /secret of the task/],
  ['ResourceInitializationError: failed to create network interface', undefined, /could not be set up/],
  [
    'CannotStartContainerError: exec: "gunicorn -b": executable file not found in $PATH',
    undefined,
    /command .* does not exist/,
  ],
  ['exec /usr/local/bin/python: exec format error', 1, /program is not for the CPU/],
  ['Essential container in task exited: OutOfMemoryError: Container killed', 137, /ran out of memory/],
  ['Task failed container health checks', undefined, /health checks/],
  ['Essential container in task exited', 137, /killed \(exit code 137\)/],
  ['Essential container in task exited', 139, /segmentation fault/],
  ['Essential container in task exited', 127, /not found \(exit code 127\)/],
  ['Essential container in task exited', 3, /ended with exit code 3/],
  ['CannotCreateVolumeError: mount options are wrong', undefined, /volume could not be mounted/],
  ['Essential container in task exited: an amount of work was left', 3, /ended with exit code 3/],
  ['Essential container in task exited', 126, /cannot be executed \(exit code 126\)/],
  ['Essential container in task exited', 143, /asked to stop \(exit code 143\)/],
  ['Essential container in task exited', 0, /ended by itself, without an error/],
  ['Essential container in task exited: no such file or directory', 1, /command .* does not exist/],
  ['CannotPullECRContainerError: AccessDenied: not authorized', undefined, /may not pull/],
  ['CannotPullECRContainerError: connection reset by peer', undefined, /could not be pulled/],
  ['CannotPullECRContainerError: image does not match the specified platform', undefined, /not for the CPU/],
  ['CannotPullECRContainerError: no matches for platform in manifest', undefined, /not for the CPU/],
  ['CannotPullECRContainerError: platform mismatch: matching platform linux/arm64', undefined, /not for the CPU/],
  ['CannotPullECRContainerError: image notfound', undefined, /does not exist/],
  ['CannotPullECRContainerError: no space left on device', undefined, /disk of the host is full/],
  ['CannotPullECRContainerError: of a kind that is new', undefined, /could not be pulled/],
  ['ResourceInitializationError: unable to read ssm parameters', undefined, /secret of the task/],
  ['Task failed ELB health checks in (target-group arn:aws:x)', undefined, /health checks/],
  ['Task failed Elastic Load Balancing health checks', undefined, /health checks/],
  ['Task failed health checks', undefined, /health checks/],
  ['The ELB health of it is bad', undefined, /health checks/],
  ['EFS utils said no', undefined, /volume could not be mounted/],
  ['the volume is not there', undefined, /volume could not be mounted/],
  ['its volumes are not there', undefined, /volume could not be mounted/],
  ['SpotInterruption: Your Spot Task was interrupted.', undefined, /host of the task went away/],
  ['Host EC2 (instance i-1) terminated.', undefined, /host of the task went away/],
  ['The instance i-1 was stopped', undefined, /host of the task went away/],
  ['The container instance is to drain', undefined, /host of the task went away/],
  ['Something that nobody has seen yet', undefined, /^Something that nobody has seen yet$/],
];

test.each(samples)('%s (%s) is told in plain words', (reason, exitCode, what) => {
  expect(explain({ reason, exitCode }).what).toMatch(what);
});

test('the words, each with its next step, are these', () => {
  const told = samples.map(([reason, exitCode]) => explain({ reason, exitCode }));
  expect(Object.fromEntries(told.map(({ what, next }) => [what, next]).sort())).toMatchSnapshot();
});

test('a task without a reason is told by its stop code, if it has one', () => {
  expect(explain({ reason: '', stopCode: 'TaskFailedToStart' }).what).toBe('ECS stopped the task (TaskFailedToStart).');
  expect(explain({ reason: '' }).what).toBe('ECS stopped the task (no reason given).');
});

const BIGGER = 'Use larger or more hosts, or a smaller task.';
const INTERFACES = 'Use an instance type with more interfaces, or more hosts: each awsvpc task takes one.';
const HOSTS =
  'Check that the Auto Scaling group has hosts, and that they could join the cluster (way out, role, user data).';

test.each([
  [
    'was unable to place a task because no container instance met all of its requirements. Reason: RESOURCE:ENI',
    'No host has a network interface left for another task.',
    INTERFACES,
  ],
  [
    'was unable to place a task. No network interface is free',
    'No host has a network interface left for another task.',
    INTERFACES,
  ],
  [
    'was unable to place a task. The closest matching container-instance x has insufficient memory available',
    'No host has enough memory for another task.',
    BIGGER,
  ],
  ['was unable to place a task. Reason: RESOURCE:MEMORY', 'No host has enough memory for another task.', BIGGER],
  [
    'was unable to place a task. The closest matching container-instance x has insufficient CPU units available',
    'No host has enough CPU for another task.',
    BIGGER,
  ],
  ['was unable to place a task. Reason: RESOURCE:CPU', 'No host has enough CPU for another task.', BIGGER],
  ['was unable to place a task because no container instances were found', 'No host can take the task.', HOSTS],
  ['was unable to place a task because no container instance met the rest', 'No host can take the task.', HOSTS],
  ['is unable to assume the service-linked role', 'ECS cannot start the task.', 'The event says why.'],
  ['was unable to register targets', 'ECS cannot start the task.', 'The event says why.'],
  ['was unable to launch a task', 'ECS cannot start the task.', 'The event says why.'],
])('the event "%s" is told in plain words', (message, what, next) => {
  const reason = `(service app) ${message}.`;
  expect(explainEvent(reason)).toEqual({ reason, what, next });
});

test('an event of everyday life is no failure', () => {
  expect(explainEvent('(service app) has reached a steady state.')).toBeUndefined();
});

test.each([
  [
    '(service app) (port 5000) is unhealthy in (target-group arn:aws:x) due to (reason Health checks failed with these codes: [404, 500]).',
    'Health checks failed with these codes: [404, 500]',
    /The health path answers 404, 500:/,
  ],
  [
    'service app (instance i-1) (port 5000) is unhealthy in target-group team-app due to (reason Request timed out)',
    'Request timed out',
    /Nobody answers in time/,
  ],
  [
    '(service app) (port 5000) is unhealthy in (target-group arn:aws:x) due to (reason Health checks failed).',
    'Health checks failed',
    /answers the health path with 200/,
  ],
  [
    'service app is unhealthy in target-group team-app due to reason Health checks failed with this code: [404]',
    'Health checks failed with this code: [404]',
    /The health path answers 404:/,
  ],
  [
    'service app is unhealthy in target-group team-app due to (reason: Health checks failed with codes [502, 503])',
    'Health checks failed with codes [502, 503]',
    /The health path answers 502, 503:/,
  ],
  [
    'service app is unhealthy in target-group team-app due to (reason Connection time out)',
    'Connection time out',
    /Nobody answers in time/,
  ],
  [
    'service app is unhealthy in target-group team-app due to (reason Target.Timeout)',
    'Target.Timeout',
    /Nobody answers in time/,
  ],
])('why a target is unhealthy is found in "%s"', (message, reason, next) => {
  expect(healthReason(message)).toBe(reason);
  expect(healthNextStep(reason)).toMatch(next);
});

test('other events say nothing about health', () => {
  expect(healthReason('(service app) has started 1 tasks: (task abc).')).toBeUndefined();
});
