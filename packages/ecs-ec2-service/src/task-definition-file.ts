import { existsSync, readFileSync } from 'node:fs';
import { Duration, Size } from 'aws-cdk-lib/core';
import type { EcsEc2ServiceProps } from './ecs-ec2-service-props';
import { problemsOf } from './task-definition-problems';
import { cpuUnitsOf, memoryMiBOf } from './task-definition-shape';

/** The part of a task definition in JSON that is taken over. */
export interface TaskDefinitionJson {
  family?: string;
  cpu?: string | number;
  memory?: string | number;
  networkMode?: string;
  requiresCompatibilities?: string[];
  containerDefinitions?: ContainerJson[];
  [other: string]: unknown;
}

export interface ContainerJson {
  name?: string;
  image?: string;
  command?: string[];
  environment?: { name: string; value: string }[];
  portMappings?: { name?: string; containerPort: number; hostPort?: number; protocol?: string; appProtocol?: string }[];
  logConfiguration?: { logDriver: string; options?: Record<string, string> };
  readonlyRootFilesystem?: boolean;
  stopTimeout?: number;
  [other: string]: unknown;
}

type FileProps = Partial<EcsEc2ServiceProps>;

/**
 * The props that a task definition in JSON stands for, as `aws ecs register-task-definition --cli-input-json` takes it.
 *
 * @throws Error that lists everything that is wrong in it, or that would be lost
 */
export function readTaskDefinitionFile(file: string): FileProps {
  const json = parse(file);
  const problems = problemsOf(json);
  if (problems.length > 0) {
    throw new Error(
      `'taskDefinitionFile' must be a task definition that this service can run, got: ${file}\n  - ${problems.join('\n  - ')}`,
    );
  }
  const [container] = json.containerDefinitions!;
  const [port] = container.portMappings ?? [];
  const memoryMiB = memoryMiBOf(json.memory);
  const log = container.logConfiguration?.options ?? {};
  return withoutUndefined({
    family: json.family,
    cpuUnits: cpuUnitsOf(json.cpu),
    memory: memoryMiB === undefined ? undefined : Size.mebibytes(memoryMiB),
    containerName: container.name,
    containerPort: port?.containerPort,
    portName: port?.name,
    command: container.command,
    environment:
      container.environment && Object.fromEntries(container.environment.map(({ name, value }) => [name, value])),
    logGroupName: log['awslogs-group'],
    logStreamPrefix: log['awslogs-stream-prefix'],
    readOnlyRootFileSystem: container.readonlyRootFilesystem,
    stopTimeout: container.stopTimeout === undefined ? undefined : Duration.seconds(container.stopTimeout),
  });
}

function parse(file: string): TaskDefinitionJson {
  if (!existsSync(file)) {
    throw new Error(`'taskDefinitionFile' must name a file that exists, got: ${file}`);
  }
  const json = parseJson(file);
  // `describe-task-definition` wraps it, and many repositories keep its output.
  const definition = json?.taskDefinition ?? json;
  if (typeof definition !== 'object' || definition === null || Array.isArray(definition)) {
    throw new Error(`'taskDefinitionFile' must be a JSON object, got: ${file}`);
  }
  return definition;
}

function parseJson(file: string) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new Error(`'taskDefinitionFile' must be JSON, got: ${file} (${(error as Error).message})`);
  }
}

function withoutUndefined(props: FileProps): FileProps {
  return Object.fromEntries(Object.entries(props).filter(([, value]) => value !== undefined));
}
