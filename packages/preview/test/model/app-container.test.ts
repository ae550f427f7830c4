import { type Change, changedModel, type Json } from '../helpers/assembly';

const AT = 'Resources.Task.Properties.ContainerDefinitions.0';
const withContainer =
  (more: Json): Change =>
  ({ Task }) =>
    Object.assign(Task.Properties.ContainerDefinitions[0], more);
const containerOf = (change?: Change, env?: Record<string, string>) => changedModel(change, env).container;

test('the container is what the service registers with the target group', () => {
  const { environment, ...container } = containerOf();
  expect(container).toEqual({
    name: 'app',
    command: ['node', 'server.mjs', '--bind', '0.0.0.0:5000'],
    entryPoint: [],
    port: 5000,
    readonlyRootFilesystem: true,
    initProcess: false,
    memoryMiB: 512,
    user: undefined,
    workingDirectory: undefined,
    writableFolders: [],
    notes: [],
  });
  expect(Object.fromEntries(environment)).toEqual({
    GREETING: 'hello',
    USER_POOL_ID: expect.stringMatching(/^us-east-1_\w{9}$/),
    LOAD_BALANCER_ARN: expect.stringMatching(/:loadbalancer\/app\/LoadBalancer\//),
    AWS_REGION: 'us-east-1',
  });
});

test('everything that the template says of it is read', () => {
  const container = containerOf(
    withContainer({
      EntryPoint: ['/bin/sh', '-c'],
      ReadonlyRootFilesystem: false,
      User: 1000,
      WorkingDirectory: '/app',
      Memory: '256',
      MountPoints: [
        { ContainerPath: '/tmp', SourceVolume: 'a' },
        { ContainerPath: '/data', ReadOnly: true },
        { ContainerPath: '/cache', ReadOnly: false },
      ],
      LinuxParameters: {
        InitProcessEnabled: true,
        Capabilities: { Drop: ['ALL'] },
        Tmpfs: [{ ContainerPath: '/run', Size: 16 }],
      },
    }),
  );
  expect(container).toMatchObject({
    entryPoint: ['/bin/sh', '-c'],
    readonlyRootFilesystem: false,
    user: '1000',
    workingDirectory: '/app',
    memoryMiB: 256,
    writableFolders: ['/tmp', '/cache', '/run'],
    initProcess: true,
  });
});

test('its memory is that of the task where it has none of its own, and may be open', () => {
  const withMemory =
    (memory: Json): Change =>
    ({ Task }) => {
      delete Task.Properties.ContainerDefinitions[0].Memory;
      Object.assign(Task.Properties, memory);
    };
  expect(containerOf(withMemory({ Memory: '1024' })).memoryMiB).toBe(1024);
  expect(containerOf(withMemory({})).memoryMiB).toBeUndefined();
});

test('variables of the command line come before those of the template, and are added to them', () => {
  const change: Change = (resources, template) => {
    withContainer({ Secrets: [{ Name: 'TOKEN', ValueFrom: 'arn' }] })(resources, template);
    resources.Task.Properties.ContainerDefinitions[0].Environment.push({
      Name: 'ROLE',
      Value: { 'Fn::GetAtt': ['Certificate', 'Arn'] },
    });
  };
  const { environment } = containerOf(change, { GREETING: 'hi', TOKEN: 't', ROLE: 'r', MORE: 'm' });
  expect(Object.fromEntries(environment)).toMatchObject({ GREETING: 'hi', TOKEN: 't', ROLE: 'r', MORE: 'm' });
});

test('containers beside it are named, and the right one is taken', () => {
  const { name, command, notes } = containerOf(({ Task }) =>
    Task.Properties.ContainerDefinitions.unshift({ Name: 'proxy', Command: ['envoy'] }),
  );
  expect({ name, command: command[0] }).toEqual({ name: 'app', command: 'node' });
  expect(notes).toEqual(['The container proxy beside the app does not run in the preview.']);
});

test('a service without a load balancer, and one of another target group, are passed over', () => {
  const { port } = containerOf((resources) => {
    const { Service, ...rest } = resources;
    for (const name of Object.keys(resources)) {
      delete resources[name];
    }
    const worker = { Type: Service.Type, Properties: { TaskDefinition: { Ref: 'Task' } } };
    const other = structuredClone(Service);
    other.Properties.LoadBalancers[0].TargetGroupArn = { Ref: 'OtherTargets' };
    Object.assign(resources, { Worker: worker, Other: other, OtherTargets: rest.AppTargets, Service, ...rest });
    resources.Other.Properties.LoadBalancers[0].ContainerPort = 1;
  });
  expect(port).toBe(5000);
});

test.each<[string, Change, string]>([
  [
    'a container that there is not',
    ({ Service }) => (Service.Properties.LoadBalancers[0].ContainerName = 'web'),
    'Resources.Task.Properties: must have a container of the name that the service registers, got: web.',
  ],
  [
    'a privileged container',
    withContainer({ Privileged: true }),
    `${AT}.Privileged: the preview runs no privileged container on your machine.`,
  ],
  ['a flag that is none', withContainer({ Privileged: 'x' }), `${AT}.Privileged: must be true or false, got: "x".`],
  [
    'a root file system that is maybe writable',
    withContainer({ ReadonlyRootFilesystem: 'x' }),
    `${AT}.ReadonlyRootFilesystem: must be true or false, got: "x".`,
  ],
  ['a command that is no list', withContainer({ Command: 'node' }), `${AT}.Command: must be a list of strings, got:`],
  ['an entry point that is none', withContainer({ EntryPoint: 'x' }), `${AT}.EntryPoint: must be a list of strings,`],
  ['a user that is none', withContainer({ User: ['a'] }), `${AT}.User: must be a string, got: ["a"].`],
  ['memory in words', withContainer({ Memory: 'much' }), `${AT}.Memory: must be a whole number, got: "much".`],
  ['an environment that is no list', withContainer({ Environment: 'x' }), `${AT}.Environment: must be a list of`],
  [
    'a value that is none',
    withContainer({ Environment: [{ Name: 'A', Value: ['b'] }] }),
    `${AT}.Environment.0.Value: must be a string, got: ["b"]. Give the app a value with --env A=VALUE.`,
  ],
  ['secrets that are no list', withContainer({ Secrets: 'x' }), `${AT}.Secrets: must be a list of objects, got: "x".`],
  [
    'a second secret without a value',
    withContainer({ Secrets: [{ Name: 'A' }] }),
    `${AT}.Secrets.0: a secret has no value on this machine. Give the app one with --env A=VALUE.`,
  ],
  [
    'mounts that are no list',
    withContainer({ MountPoints: 'x' }),
    `${AT}.MountPoints: must be a list of objects, got: "x".`,
  ],
  [
    'a mount that is maybe writable',
    withContainer({ MountPoints: [{ ReadOnly: 'x' }] }),
    `${AT}.MountPoints: must be true or false, got: "x".`,
  ],
  [
    'a mount at no path',
    withContainer({ MountPoints: [{ ContainerPath: '/a' }, {}] }),
    `${AT}.MountPoints.1.ContainerPath: must be a string, got: undefined.`,
  ],
  [
    'Linux parameters that are none',
    withContainer({ LinuxParameters: 'x' }),
    `${AT}.LinuxParameters: must be an object, got: "x".`,
  ],
  [
    'unknown Linux parameters',
    withContainer({ LinuxParameters: { SharedMemorySize: 1 } }),
    `${AT}.LinuxParameters.SharedMemorySize: the preview does not know this property.`,
  ],
  [
    'more capabilities',
    withContainer({ LinuxParameters: { Capabilities: { Add: ['NET_ADMIN'] } } }),
    `${AT}.LinuxParameters.Capabilities.Add: the preview does not know this property.`,
  ],
  [
    'capabilities that are none',
    withContainer({ LinuxParameters: { Capabilities: 'x' } }),
    `${AT}.LinuxParameters.Capabilities: must be an object, got: "x".`,
  ],
  [
    'an init process that is maybe there',
    withContainer({ LinuxParameters: { InitProcessEnabled: 'x' } }),
    `${AT}.LinuxParameters.InitProcessEnabled: must be true or false, got: "x".`,
  ],
  [
    'a file system in memory that is no list',
    withContainer({ LinuxParameters: { Tmpfs: 'x' } }),
    `${AT}.LinuxParameters.Tmpfs: must be a list of objects, got: "x".`,
  ],
  [
    'containers that are no list',
    ({ Task }) => (Task.Properties.ContainerDefinitions = 'x'),
    'Resources.Task.Properties.ContainerDefinitions: must be a list of objects, got: "x".',
  ],
  [
    'no task definition',
    ({ Service }) => (Service.Properties.TaskDefinition = 'arn'),
    'Resources.Service.Properties.TaskDefinition: must point at a resource of this stack, got: "arn".',
  ],
  [
    'something else as task definition',
    ({ Service }) => (Service.Properties.TaskDefinition = { Ref: 'Users' }),
    'must point at a resource of type AWS::ECS::TaskDefinition, got:',
  ],
  [
    'load balancers that are no list',
    ({ Service }) => (Service.Properties.LoadBalancers = 'x'),
    'Resources.Service.Properties.LoadBalancers: must be a list of objects, got: "x".',
  ],
  [
    'a registration with no target group',
    ({ Service }) => (Service.Properties.LoadBalancers[0].TargetGroupArn = 'arn'),
    'Resources.Service.Properties.LoadBalancers.0.TargetGroupArn: must point at a resource of this stack,',
  ],
  [
    'a registration of no container',
    ({ Service }) => delete Service.Properties.LoadBalancers[0].ContainerName,
    'Resources.Service.Properties.LoadBalancers.0.ContainerName: must be a string, got: undefined.',
  ],
  [
    'a registration of no port',
    ({ Service }) => delete Service.Properties.LoadBalancers[0].ContainerPort,
    'Resources.Service.Properties.LoadBalancers.0.ContainerPort: must be a whole number, got: undefined.',
  ],
  [
    'no service',
    ({ Service }) => delete Service.Properties.LoadBalancers,
    'Resources: no ECS service of this stack registers with AppTargets.',
  ],
])('%s: refused', (_name, change, sentence) => {
  expect(() => changedModel(change)).toThrow(sentence);
});
