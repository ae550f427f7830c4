import type { ContainerJson, TaskDefinitionJson } from './task-definition-file';
import { containerShape, misshapen, taskShape } from './task-definition-shape';

// What ECS adds when it describes a task definition, and the role that reads image and secrets: this construct makes it anew.
const ignored = [
  'taskDefinitionArn',
  'revision',
  'status',
  'requiresAttributes',
  'compatibilities',
  'registeredAt',
  'registeredBy',
  'executionRoleArn',
];
const carried = ['family', 'cpu', 'memory', 'networkMode', 'requiresCompatibilities', 'containerDefinitions'];
const carriedOfContainer = [
  'name',
  'image',
  'essential',
  'command',
  'environment',
  'portMappings',
  'logConfiguration',
  'readonlyRootFilesystem',
  'stopTimeout',
];
// Of the whole task or of its one container: the same limit.
const meaningless = ['cpu', 'memory', 'memoryReservation'];
// The region is the stack's; the log group is made; and the app goes on answering when the log service does not.
const logOptions = [
  'awslogs-group',
  'awslogs-region',
  'awslogs-stream-prefix',
  'awslogs-create-group',
  'mode',
  'max-buffer-size',
];
/** Where what is not carried over belongs, unless it is a prop. */
const elsewhere: Record<string, string> = {
  taskRoleArn: 'and its rights granted to `taskDefinition.taskRole`, which this service makes',
  tags: 'and given by `Tags.of(service.taskDefinition)`',
};

/** Everything that keeps this task definition from being run as it is meant, each in a sentence. */
export function problemsOf(json: TaskDefinitionJson): string[] {
  const wrong = misshapen(json, taskShape, '');
  if (wrong.length > 0) {
    return wrong;
  }
  const containers = json.containerDefinitions ?? [];
  return [
    ...unknownFields(json, '', [...carried, ...ignored]),
    ...not(json.networkMode, 'awsvpc', 'networkMode'),
    ...(json.requiresCompatibilities && !json.requiresCompatibilities.includes('EC2')
      ? [`requiresCompatibilities must have EC2, got: ${json.requiresCompatibilities.join(', ') || 'none'}`]
      : []),
    ...(containers.length === 1 ? [] : [`containerDefinitions must have one container, got: ${containers.length}`]),
    ...containers.slice(0, 1).flatMap(problemsOfContainer),
  ];
}

function problemsOfContainer(container: ContainerJson): string[] {
  const at = 'containerDefinitions[0].';
  const command = problemsOfCommand(container.command, `${at}command`);
  const wrong = misshapen(container, containerShape, at);
  if (wrong.length > 0) {
    return [...wrong, ...command];
  }
  return [
    ...unknownFields(container, at, [...carriedOfContainer, ...meaningless]),
    ...command,
    ...problemsOfPorts(container.portMappings ?? [], `${at}portMappings`),
    ...not(container.logConfiguration?.logDriver, 'awslogs', `${at}logConfiguration.logDriver`),
    ...unknownFields(container.logConfiguration?.options ?? {}, `${at}logConfiguration.options.`, logOptions),
  ];
}

/** A shell line as one text is the usual slip: ECS takes a list, and starts a program of the whole line's name. */
function problemsOfCommand(command: unknown, at: string): string[] {
  if (command === undefined) {
    return [];
  }
  const list = Array.isArray(command) ? command : [command];
  const [line] = list;
  if (list.length === 1 && typeof line === 'string' && /\s/.test(line)) {
    // What a shell reads as more than words needs one.
    const fixed = JSON.stringify(/["'\\$`|&;<>*]/.test(line) ? ['sh', '-c', line.trim()] : line.trim().split(/\s+/));
    return [`${at} must have one argument an element, such as ${fixed}, got: ${JSON.stringify(command)}`];
  }
  const texts = Array.isArray(command) && command.every((item) => typeof item === 'string');
  return texts ? [] : [`${at} must be a list of texts, got: ${JSON.stringify(command)}`];
}

function problemsOfPorts(ports: NonNullable<ContainerJson['portMappings']>, at: string): string[] {
  if (ports.length > 1) {
    return [`${at} must have one port, got: ${ports.map((port) => port.containerPort).join(', ')}`];
  }
  return ports.flatMap((port) => [
    ...(port.hostPort === undefined || port.hostPort === port.containerPort
      ? []
      : [`${at}[0].hostPort must be the containerPort with networkMode awsvpc, got: ${port.hostPort}`]),
    ...not(port.protocol, 'tcp', `${at}[0].protocol`),
    ...not(port.appProtocol, 'http', `${at}[0].appProtocol`),
  ]);
}

function not(value: string | undefined, wanted: string, at: string): string[] {
  return value === undefined || value === wanted ? [] : [`${at} must be ${wanted}, got: ${value}`];
}

/** What is not carried over must not get lost in silence. An empty list says nothing. */
function unknownFields(json: Record<string, unknown>, at: string, known: string[]): string[] {
  return Object.keys(json)
    .filter((key) => !known.includes(key) && !(Array.isArray(json[key]) && json[key].length === 0))
    .map(
      (key) => `${at}${key} must be left out ${elsewhere[key] ?? 'and given as a prop, since it is not carried over'}`,
    );
}
