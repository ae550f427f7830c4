import type { Service } from '@aws-sdk/client-ecs';
import { scenarios } from './control-plane/timelines';
import { DEPLOY, play, TARGET } from './harness';

const { timeline } = scenarios.success;
const without = (flag: string) => DEPLOY.filter((item, index) => item !== flag && DEPLOY[index - 1] !== flag);
const withImage = (image: string) => ['deploy', ...TARGET, '--image', image];
/** Calls that change something. */
const changing = ['RegisterTaskDefinition', 'UpdateService', 'StopServiceDeployment', 'PutParameter'];

test.each<[string, string[], string]>([
  [
    'a command that there is not',
    ['deplyo', ...TARGET],
    "'command' must be one of deploy, status, rollback, watch, got: deplyo",
  ],
  ['two commands', ['deploy', 'now'], "'command' must be one of deploy, status, rollback, watch, got: deploy now"],
  ['no cluster', without('--cluster'), "'--cluster' must be given, got: none"],
  ['no service', without('--service'), "'--service' must be given, got: none"],
  ['no image', without('--image'), "'--image' must be given, got: none"],
  ['an empty cluster', [...DEPLOY, '--cluster', ''], "'--cluster' must be given, got: an empty text"],
  ['a flag that there is not', [...DEPLOY, '--imge', 'x'], "Unknown option '--imge'"],
  ['a flag without its value', [...DEPLOY, '--container'], "Option '--container <value>' argument missing"],
  ['a flag of another command', [...DEPLOY, '--to', '3'], "'--to' must be left out of deploy, got: 3"],
  ['an image without tag or digest', withImage('registry/app'), "'--image' must be a repository with a tag"],
  ['a registry with a port and no tag', withImage('localhost:5000/app'), "'--image' must be a repository with a tag"],
  ['half a digest', withImage('registry/app@sha256:abc'), "'--image' must be a repository with a tag"],
  [
    'a time without a unit',
    [...DEPLOY, '--timeout', '30'],
    "'--timeout' must be a whole number of seconds, minutes or hours",
  ],
  ['no time at all', [...DEPLOY, '--timeout', '0s'], "'--timeout' must be a whole number"],
  [
    'no tasks at all',
    [...DEPLOY, '--min-desired-count', '0'],
    "'--min-desired-count' must be a whole number from 1 to 9999, got: 0",
  ],
  [
    'a parameter with a space',
    [...DEPLOY, '--release-parameter', '/a b'],
    "'--release-parameter' must be the name of an SSM",
  ],
  [
    'an unknown cluster',
    [...DEPLOY, '--cluster', 'other'],
    "'--cluster' must name a cluster of this account and region, got: other",
  ],
  ['an unknown service', [...DEPLOY, '--service', 'other'], "'--service' must name a service of the cluster"],
  [
    'an unknown container',
    [...DEPLOY, '--container', 'web'],
    "'--container' must name one of the task's containers (app), got: web",
  ],
  [
    'a rollback to what is live',
    ['rollback', ...TARGET, '--to', '1'],
    "'--to' must name another revision than the one that is live, got: 1",
  ],
  [
    'a rollback to a revision that there is not',
    ['rollback', ...TARGET, '--to', '999'],
    "'--to' must name a revision of the service's own task definition (task-definition-app), got: 999",
  ],
  [
    'a rollback when nothing came before',
    ['rollback', ...TARGET],
    "'--to' must name a revision, since ECS knows of no other",
  ],
])('%s is refused in a sentence, and nothing is changed', async (_name, argv, message) => {
  const { code, err, plane } = await play({ timeline }, argv);
  expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining(message) });
  expect(err.trim().split('\n')).toHaveLength(1);
  expect(plane.calls.filter((call) => changing.includes(call))).toEqual([]);
});

test.each<[string, Partial<Service>, string]>([
  ['CodeDeploy', { deploymentController: { type: 'CODE_DEPLOY' } }, 'got: controller CODE_DEPLOY'],
  ['another controller', { deploymentController: { type: 'EXTERNAL' } }, 'got: controller EXTERNAL'],
  ['Fargate', { launchType: 'FARGATE' }, "'--service' must run on EC2 hosts, got: launch type FARGATE"],
  [
    'Fargate Spot',
    { capacityProviderStrategy: [{ capacityProvider: 'FARGATE_SPOT' }] },
    'got: launch type FARGATE_SPOT',
  ],
  ['hosts of your own', { launchType: 'EXTERNAL' }, 'got: launch type EXTERNAL'],
  ['a service that is going away', { status: 'DRAINING' }, "'--service' must be active, got: DRAINING"],
])('a service of %s is refused, and nothing is changed', async (_name, service, message) => {
  const { code, err, plane } = await play({ timeline }, DEPLOY, ({ state }) => {
    state.service = service;
  });
  expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining(message) });
  expect(plane.calls.filter((call) => changing.includes(call))).toEqual([]);
});

test('a task of several containers needs the name of one', async () => {
  const several = (names: string[]) => (plane: Parameters<NonNullable<Parameters<typeof play>[2]>>[0]) => {
    const [definition] = plane.state.definitions;
    definition.containerDefinitions = names.map((name) => ({ ...definition.containerDefinitions![0], name }));
  };
  const refused = await play({ timeline }, DEPLOY, several(['app', 'proxy']));
  expect(refused.code).toBe(2);
  expect(refused.err).toContain("'--container' must name one of the task's containers (app, proxy), got: none");
  const named = await play({ timeline }, [...DEPLOY, '--container', 'app'], several(['app', 'proxy']));
  expect(named.code).toBe(0);
  expect(named.plane.state.definitions[1].containerDefinitions!.map(({ image }) => image)).toEqual([
    'registry/app:new',
    'registry/app:old',
  ]);
});

test('a rollback to a revision of another family is refused, and nothing is changed', async () => {
  const { code, err, plane } = await play({ timeline }, ['rollback', ...TARGET, '--to', 'other:1'], ({ state }) => {
    state.definitions.push({ ...state.definitions[0], family: 'other', taskDefinitionArn: 'arn:x/other:1' });
  });
  expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining('(task-definition-app), got: other:1') });
  expect(plane.calls.filter((call) => changing.includes(call))).toEqual([]);
});
