import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Match } from 'aws-cdk-lib/assertions';
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

test('everything that is wrong is told at once', () => {
  const json = { ...withContainer({ command: 'a b' }), networkMode: 'host', ipcMode: 'host' };
  expect(() => synthesize({ taskDefinitionFile: file(json) })).toThrow(/ipcMode[\s\S]*networkMode[\s\S]*command/);
});

test('a file that is not there is told by its name', () => {
  expect(() => synthesize({ taskDefinitionFile: '/no/such.json' })).toThrow(
    "'taskDefinitionFile' must name a file that exists, got: /no/such.json",
  );
});
