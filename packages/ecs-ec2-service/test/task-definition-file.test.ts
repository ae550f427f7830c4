import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Match } from 'aws-cdk-lib/assertions';
import { InstanceType } from 'aws-cdk-lib/aws-ec2';
import { synthesize } from './stack';

const folder = mkdtempSync(path.join(tmpdir(), 'task-definition-'));
afterAll(() => rmSync(folder, { recursive: true }));

const file = (content: unknown) => {
  const name = path.join(folder, 'task-definition-app.json');
  writeFileSync(name, typeof content === 'string' ? content : JSON.stringify(content));
  return name;
};

const container = {
  name: 'app',
  image: '111122223333.dkr.ecr.us-east-1.amazonaws.com/paebbl-repository:1',
  essential: true,
  command: ['gunicorn', '--bind', '0.0.0.0:5000', 'app:app'],
  environment: [{ name: 'LEVEL', value: 'info' }],
  portMappings: [{ name: 'app-port', containerPort: 5000, hostPort: 5000, protocol: 'tcp', appProtocol: 'http' }],
  logConfiguration: {
    logDriver: 'awslogs',
    options: {
      'awslogs-group': 'flask-app',
      'awslogs-region': 'us-east-1',
      'awslogs-stream-prefix': 'flask-app-paebbl',
    },
  },
};
const definition = {
  family: 'task-definition-app',
  networkMode: 'awsvpc',
  requiresCompatibilities: ['EC2'],
  cpu: '256',
  memory: '512',
  executionRoleArn: 'arn:aws:iam::111122223333:role/ecsTaskExecutionRole',
  containerDefinitions: [container],
};
const withContainer = (change: object) => ({ ...definition, containerDefinitions: [{ ...container, ...change }] });

test.each([
  ['as it is registered', definition],
  ['as ECS describes it', { taskDefinition: { ...definition, revision: 5, status: 'ACTIVE', volumes: [] } }],
])('a task definition %s is taken over', (_name, json) => {
  const { template } = synthesize({ taskDefinitionFile: file(json) });
  template.hasResourceProperties('AWS::ECS::TaskDefinition', {
    Family: 'task-definition-app',
    Cpu: '256',
    Memory: '512',
    ContainerDefinitions: [
      Match.objectLike({
        Name: 'app',
        Image: Match.stringLikeRegexp('^example/app@sha256'),
        Command: container.command,
        Environment: [{ Name: 'LEVEL', Value: 'info' }],
        PortMappings: [{ Name: 'app-port', ContainerPort: 5000, Protocol: 'tcp', AppProtocol: 'http' }],
      }),
    ],
  });
  template.hasResourceProperties('AWS::Logs::LogGroup', { LogGroupName: 'flask-app' });
});

test('a prop comes before the file', () => {
  const { template } = synthesize({ taskDefinitionFile: file(definition), family: 'other' });
  template.hasResourceProperties('AWS::ECS::TaskDefinition', { Family: 'other', Cpu: '256' });
});

test.each<[string, unknown, string]>([
  [
    'a command that is one string',
    withContainer({ command: 'gunicorn --bind 0.0.0.0:5000 app:app' }),
    'containerDefinitions[0].command must have one argument an element, such as ["gunicorn","--bind","0.0.0.0:5000","app:app"], got: "gunicorn --bind 0.0.0.0:5000 app:app"',
  ],
  [
    'a command that is one string in a list',
    withContainer({ command: ['gunicorn --bind 0.0.0.0:5000 app:app'] }),
    'containerDefinitions[0].command must have one argument an element',
  ],
  ['another network mode', { ...definition, networkMode: 'bridge' }, 'networkMode must be awsvpc, got: bridge'],
  [
    'Fargate only',
    { ...definition, requiresCompatibilities: ['FARGATE'] },
    'requiresCompatibilities must have EC2, got: FARGATE',
  ],
  [
    'two containers',
    { ...definition, containerDefinitions: [container, container] },
    'must have one container, got: 2',
  ],
  ['volumes', { ...definition, volumes: [{ name: 'x' }] }, 'volumes must be left out and given as a prop'],
  [
    'secrets',
    withContainer({ secrets: [{ name: 'A', valueFrom: 'b' }] }),
    'containerDefinitions[0].secrets must be left out',
  ],
  [
    'another port on the host',
    withContainer({ portMappings: [{ containerPort: 5000, hostPort: 80 }] }),
    'hostPort must be',
  ],
  [
    'another log driver',
    withContainer({ logConfiguration: { logDriver: 'syslog' } }),
    'logDriver must be awslogs, got: syslog',
  ],
  ['no JSON', '{', "'taskDefinitionFile' must be JSON, got: "],
])('%s is told, with what to write instead', (_name, json, message) => {
  expect(() => synthesize({ taskDefinitionFile: file(json) })).toThrow(message);
});

test.each([
  ['1 vCPU', '2 GB', '1024', '2048'],
  ['0.25vcpu', '0.5GB', '256', '512'],
  [512, 1024, '512', '1024'],
])('CPU %j and memory %j mean what they mean to ECS', (cpu, memory, Cpu, Memory) => {
  const { template } = synthesize({
    taskDefinitionFile: file({ ...definition, cpu, memory }),
    hosts: { instanceType: new InstanceType('t4g.xlarge') },
  });
  template.hasResourceProperties('AWS::ECS::TaskDefinition', { Cpu, Memory });
});

test.each<[string, unknown, string]>([
  ['a list', [definition], "'taskDefinitionFile' must be a JSON object, got: "],
  ['nothing', null, "'taskDefinitionFile' must be a JSON object, got: "],
  ['containers that are none', { containerDefinitions: 'app' }, 'containerDefinitions must be a list of containers'],
  ['a container that is null', { containerDefinitions: [null] }, 'containerDefinitions must be a list of containers'],
  [
    'CPU in words',
    { ...definition, cpu: 'much' },
    'cpu must be CPU units, such as "256", or vCPU, such as "1 vCPU", got: "much"',
  ],
  ['a part of a MiB', { ...definition, memory: '0.0001 GB' }, 'memory must be MiB, such as "512", or GB'],
  [
    'ports that are no list',
    withContainer({ portMappings: 5000 }),
    'portMappings must be a list of {"containerPort": 5000}',
  ],
  ['a port without a number', withContainer({ portMappings: [{ name: 'a' }] }), 'portMappings must be a list of'],
  ['a log without a driver', withContainer({ logConfiguration: {} }), 'logConfiguration must be an object with'],
  ['a command of numbers', withContainer({ command: [1, 2] }), 'command must be a list of texts, got: [1,2]'],
  ['a container that may fail', withContainer({ essential: false }), 'essential must be true for the only container'],
  ['a time in words', withContainer({ stopTimeout: 'long' }), 'stopTimeout must be a whole number of seconds'],
  [
    'a shell line with quotes',
    withContainer({ command: 'gunicorn --config "$CONFIG" app:app' }),
    'such as ["sh","-c","gunicorn --config \\"$CONFIG\\" app:app"], got: ',
  ],
  [
    'a role with rights of its own',
    { ...definition, taskRoleArn: 'arn:aws:iam::111122223333:role/app' },
    'taskRoleArn must be left out and its rights granted to `taskDefinition.taskRole`, which this service makes',
  ],
  ['tags', { ...definition, tags: [{ key: 'a', value: 'b' }] }, 'tags must be left out and given by `Tags.of('],
  [
    'an option of the log that would be lost',
    withContainer({
      logConfiguration: { logDriver: 'awslogs', options: { 'awslogs-multiline-pattern': '^INFO' } },
    }),
    'logConfiguration.options.awslogs-multiline-pattern must be left out',
  ],
])('%s is told in a sentence', (_name, json, message) => {
  expect(() => synthesize({ taskDefinitionFile: file(json) })).toThrow(message);
});

test('values of environment variables are not repeated', () => {
  const json = withContainer({ environment: { PASSWORD: 'not-for-the-screen' } });
  const synthesis = () => synthesize({ taskDefinitionFile: file(json) });
  expect(synthesis).toThrow('environment must be a list of {"name": ..., "value": ...}, got: something else');
  expect(synthesis).not.toThrow(/not-for-the-screen/);
});

test('everything that is wrong is told at once', () => {
  const json = { ...withContainer({ command: 'a b' }), networkMode: 'host', ipcMode: 'host' };
  expect(() => synthesize({ taskDefinitionFile: file(json) })).toThrow(/ipcMode[\s\S]*networkMode[\s\S]*command/);
});

test('a file that is not there is told by its name', () => {
  expect(() => synthesize({ taskDefinitionFile: '/no/such.json' })).toThrow(
    "'taskDefinitionFile' must name a file that exists, got: /no/such.json",
  );
});
