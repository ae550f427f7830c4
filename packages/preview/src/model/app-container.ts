import { TemplateRefusal } from '../errors';
import type { Resolver } from '../template/resolver';
import { SERVICE, TASK_DEFINITION } from '../template/types';
import { flag, integer, object, objects, type Properties, refuseUnknown, strings } from './properties';

/** The container behind the app's target groups. */
export interface AppContainer {
  readonly name: string;
  readonly command: readonly string[];
  readonly entryPoint: readonly string[];
  readonly port: number;
  readonly environment: ReadonlyMap<string, string>;
  readonly readonlyRootFilesystem: boolean;
  /** A small init process reaps what the app leaves behind. */
  readonly initProcess: boolean;
  readonly memoryMiB: number | undefined;
  readonly user: string | undefined;
  readonly workingDirectory: string | undefined;
  /** Folders that stay writable although the root file system is not. */
  readonly writableFolders: readonly string[];
  readonly notes: readonly string[];
}

const CONTAINER_PROPERTIES = [
  'Command',
  'Cpu',
  'DependsOn',
  'DockerLabels',
  'EntryPoint',
  'Environment',
  'Essential',
  'HealthCheck',
  'Image',
  'LinuxParameters',
  'LogConfiguration',
  'Memory',
  'MemoryReservation',
  'MountPoints',
  'Name',
  'PortMappings',
  'Privileged',
  'ReadonlyRootFilesystem',
  'RestartPolicy',
  'Secrets',
  'StartTimeout',
  'StopTimeout',
  'Ulimits',
  'User',
  'VersionConsistency',
  'WorkingDirectory',
];

/**
 * Reads the container that a service registers with the target groups.
 *
 * @param overrides values from the command line, which come before those of the template
 */
export function readAppContainer(
  resolver: Resolver,
  targetGroups: ReadonlySet<string>,
  overrides: ReadonlyMap<string, string>,
): AppContainer {
  const { taskDefinition, containerName, port } = findRegistration(resolver, targetGroups);
  const path = `Resources.${taskDefinition}.Properties`;
  const task = resolver.resource(taskDefinition, TASK_DEFINITION, path).Properties ?? {};
  const all = objects(task.ContainerDefinitions, `${path}.ContainerDefinitions`);
  const index = all.findIndex(({ Name }) => Name === containerName);
  if (index < 0) {
    throw new TemplateRefusal(
      path,
      `must have a container of the name that the service registers, got: ${containerName}`,
    );
  }
  const at = `${path}.ContainerDefinitions.${index}`;
  const container = all[index];
  refuseUnknown(container, CONTAINER_PROPERTIES, at);
  if (flag(container.Privileged, `${at}.Privileged`)) {
    throw new TemplateRefusal(`${at}.Privileged`, 'the preview runs no privileged container on your machine');
  }
  const list = (name: string) => strings(resolver.value(container[name], `${at}.${name}`), `${at}.${name}`);
  const text = (name: string) =>
    container[name] === undefined ? undefined : resolver.string(container[name], `${at}.${name}`);
  const memory = container.Memory ?? task.Memory;
  return {
    name: containerName,
    command: list('Command'),
    entryPoint: list('EntryPoint'),
    port,
    environment: readEnvironment(resolver, container, at, overrides),
    readonlyRootFilesystem: flag(container.ReadonlyRootFilesystem, `${at}.ReadonlyRootFilesystem`),
    initProcess: readLinuxParameters(container, at),
    memoryMiB: memory === undefined ? undefined : integer(resolver.value(memory, `${at}.Memory`), `${at}.Memory`),
    user: text('User'),
    workingDirectory: text('WorkingDirectory'),
    writableFolders: readWritableFolders(resolver, container, at),
    notes: all
      .filter((_, other) => other !== index)
      .map(({ Name }) => `The container ${String(Name)} beside the app does not run in the preview.`),
  };
}

function findRegistration(resolver: Resolver, targetGroups: ReadonlySet<string>) {
  for (const [name, { Properties = {} }] of resolver.resources(SERVICE)) {
    const path = `Resources.${name}.Properties`;
    for (const [index, registered] of objects(Properties.LoadBalancers, `${path}.LoadBalancers`).entries()) {
      const at = `${path}.LoadBalancers.${index}`;
      if (targetGroups.has(resolver.link(registered.TargetGroupArn, `${at}.TargetGroupArn`))) {
        return {
          taskDefinition: resolver.link(Properties.TaskDefinition, `${path}.TaskDefinition`),
          containerName: resolver.string(registered.ContainerName, `${at}.ContainerName`),
          port: integer(resolver.value(registered.ContainerPort, `${at}.ContainerPort`), `${at}.ContainerPort`),
        };
      }
    }
  }
  throw new TemplateRefusal('Resources', `no ECS service of this stack registers with ${[...targetGroups].join(', ')}`);
}

function readEnvironment(
  resolver: Resolver,
  container: Properties,
  path: string,
  overrides: ReadonlyMap<string, string>,
) {
  const environment = new Map<string, string>();
  for (const [index, { Name, Value }] of objects(container.Environment, `${path}.Environment`).entries()) {
    const name = String(Name);
    if (!overrides.has(name)) {
      environment.set(
        name,
        withHint(name, () => resolver.string(Value, `${path}.Environment.${index}.Value`)),
      );
    }
  }
  for (const [index, { Name }] of objects(container.Secrets, `${path}.Secrets`).entries()) {
    if (!overrides.has(String(Name))) {
      throw new TemplateRefusal(
        `${path}.Secrets.${index}`,
        `a secret has no value on this machine. Give the app one with --env ${String(Name)}=VALUE`,
      );
    }
  }
  return new Map([...environment, ...overrides]);
}

function withHint(name: string, resolve: () => string): string {
  try {
    return resolve();
  } catch (error) {
    if (error instanceof TemplateRefusal) {
      throw new TemplateRefusal(error.path, error.reason, `Give the app a value with --env ${name}=VALUE.`);
    }
    throw error;
  }
}

/** Whether the container has an init process. What else could be set here is refused. */
function readLinuxParameters(container: Properties, path: string): boolean {
  const at = `${path}.LinuxParameters`;
  const linux = object(container.LinuxParameters ?? {}, at);
  refuseUnknown(linux, ['Capabilities', 'InitProcessEnabled', 'Tmpfs'], at);
  const capabilities = object(linux.Capabilities ?? {}, `${at}.Capabilities`);
  // Fewer capabilities than Docker's defaults change no answer; more of them would.
  refuseUnknown(capabilities, ['Drop'], `${at}.Capabilities`);
  return flag(linux.InitProcessEnabled, `${at}.InitProcessEnabled`);
}

function readWritableFolders(resolver: Resolver, container: Properties, path: string): string[] {
  const mounts = objects(container.MountPoints, `${path}.MountPoints`)
    .filter(({ ReadOnly }) => !flag(ReadOnly, `${path}.MountPoints`))
    .map(({ ContainerPath }, index) => resolver.string(ContainerPath, `${path}.MountPoints.${index}.ContainerPath`));
  const linux =
    container.LinuxParameters === undefined ? {} : object(container.LinuxParameters, `${path}.LinuxParameters`);
  const tmpfs = objects(linux.Tmpfs, `${path}.LinuxParameters.Tmpfs`).map(({ ContainerPath }) => String(ContainerPath));
  return [...mounts, ...tmpfs];
}
