import { Token } from 'aws-cdk-lib/core';
import type { EcsEc2ServiceProps } from './ecs-ec2-service-props';
import { requireForm, requireInteger, requireThat } from './validation';

/** Fails on props that ECS would refuse or that contradict each other. */
export function validateProps(props: EcsEc2ServiceProps): void {
  requireNames(props);
  requireInteger(props.cpuUnits, 'cpuUnits', 128, 10_240);
  requireInteger(props.memory?.toMebibytes(), 'memory', 6, 786_432);
  requireInteger(props.containerPort, 'containerPort', 1, 65_535);
  requireInteger(props.desiredCount, 'desiredCount', 0, 5_000);
  requireInteger(props.failureThreshold, 'failureThreshold', 1, 200);
  requireInteger(props.stopTimeout?.toSeconds(), 'stopTimeout', 2, 3_600);
  requireThat(
    !(props.vpc && props.egress),
    'egress',
    "be left out when 'vpc' is given, which has its own way out",
    'both',
  );
  const brought = props.vpc ?? props.cluster;
  requireThat(!props.subnets || Boolean(brought), 'subnets', "come with 'vpc' or 'cluster'", 'neither');
  const namespace = props.namespaceName ?? props.serviceConnect?.namespace ?? props.cluster?.defaultCloudMapNamespace;
  requireThat(!props.serviceConnect || Boolean(namespace), 'serviceConnect', "come with 'namespaceName'", 'none');
  requireCluster(props);
  requireScaling(props);
  requireInteger(props.serviceConnect?.port, 'serviceConnect.port', 1, 65_535);
  for (const path of props.writablePaths ?? []) {
    requireThat(/^\/[^:]+$/.test(path), 'writablePaths', 'be absolute paths below the root', path);
  }
  for (const { containerPath } of props.volumes ?? []) {
    requireThat(
      /^\/[^:]+$/.test(containerPath),
      'volumes',
      'have absolute container paths below the root',
      containerPath,
    );
  }
  requireCommand(props.command);
  requireThat(
    !(props.enableExecuteCommand && props.readOnlyRootFileSystem),
    'readOnlyRootFileSystem',
    "be left out with 'enableExecuteCommand', whose agent writes into the container",
    'both',
  );
}

/** A cluster that is brought has its network, its name and its namespace already. */
function requireCluster(props: EcsEc2ServiceProps): void {
  const own = ['vpc', 'egress', 'clusterName', 'clusterTags', 'namespaceName', 'containerInsights'] as const;
  for (const prop of own.filter((name) => props.cluster && props[name] !== undefined)) {
    requireThat(false, prop, "be left out when 'cluster' is given, which has its own", 'both');
  }
}

function requireScaling({ autoScaling, desiredCount }: EcsEc2ServiceProps): void {
  requireThat(!(autoScaling && desiredCount !== undefined), 'desiredCount', "be left out with 'autoScaling'", 'both');
  requireInteger(autoScaling?.minTasks, 'autoScaling.minTasks', 0, 5_000);
  requireInteger(autoScaling?.maxTasks, 'autoScaling.maxTasks', 1, 5_000);
  requireInteger(autoScaling?.cpuPercent, 'autoScaling.cpuPercent', 1, 100);
  requireInteger(autoScaling?.memoryPercent, 'autoScaling.memoryPercent', 1, 100);
  const { minTasks = 1, maxTasks = minTasks } = autoScaling ?? {};
  const known = !Token.isUnresolved(minTasks) && !Token.isUnresolved(maxTasks);
  requireThat(!known || maxTasks >= minTasks, 'autoScaling.maxTasks', `be at least 'minTasks' (${minTasks})`, maxTasks);
}

function requireNames(props: EcsEc2ServiceProps): void {
  const ecsName = /^[A-Za-z0-9_-]{1,255}$/;
  const ecsRule = 'have 1 to 255 letters, digits, hyphens and underscores';
  requireForm(props.clusterName, 'clusterName', ecsName, ecsRule);
  requireForm(props.serviceName, 'serviceName', ecsName, ecsRule);
  requireForm(props.family, 'family', ecsName, ecsRule);
  requireForm(props.containerName, 'containerName', ecsName, ecsRule);
  requireForm(props.capacityProviderName, 'capacityProviderName', ecsName, ecsRule);
  requireForm(
    props.capacityProviderName,
    'capacityProviderName',
    /^(?!aws|ecs|fargate)/i,
    'not start with aws, ecs or fargate',
  );
  requireForm(
    props.portName,
    'portName',
    /^[a-z0-9_][a-z0-9_-]{0,63}$/,
    'have 1 to 64 lower-case letters, digits, underscores and hyphens, and not start with a hyphen',
  );
  requireForm(props.logGroupName, 'logGroupName', /^[\w/.#-]{1,512}$/, 'have 1 to 512 letters, digits and _-/.#');
  requireForm(
    props.serviceConnect?.alias,
    'serviceConnect.alias',
    /^[a-z0-9-.]{1,127}$/,
    'be a lower-case DNS name of at most 127 characters',
  );
}

/** A whole shell line as one element starts a program of that name, and fails with `no such file or directory`. */
function requireCommand(command: string[] | undefined): void {
  const [line] = command ?? [];
  const single = command?.length === 1 && !Token.isUnresolved(line) && /\s/.test(line);
  requireThat(!single, 'command', 'have one argument an element', command);
}
