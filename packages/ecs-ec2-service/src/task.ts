import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Duration, RemovalPolicy, Size, Validations } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { EcsEc2ServiceProps } from './ecs-ec2-service-props';

/** What a task is made of when the props do not say. */
export const TASK_DEFAULTS = {
  cpuUnits: 256,
  memoryMiB: 512,
  containerName: 'app',
  containerPort: 5000,
  writablePaths: ['/tmp'],
};

/** The task definition and its one container. */
export function makeTask(scope: Construct, props: EcsEc2ServiceProps, logGroup: logs.ILogGroup) {
  const taskDefinition = new ecs.TaskDefinition(scope, 'TaskDefinition', {
    compatibility: ecs.Compatibility.EC2,
    networkMode: ecs.NetworkMode.AWS_VPC,
    family: props.family,
    cpu: String(props.cpuUnits ?? TASK_DEFAULTS.cpuUnits),
    memoryMiB: String(props.memory?.toMebibytes() ?? TASK_DEFAULTS.memoryMiB),
  });
  // The agent of ECS Exec writes into the container (Amazon ECS Developer Guide, "Monitor Amazon ECS containers with ECS Exec").
  const readonlyRootFilesystem = props.readOnlyRootFileSystem ?? !props.enableExecuteCommand;
  const linuxParameters = new ecs.LinuxParameters(scope, 'LinuxParameters', {
    // Passes signals on and reaps what the app leaves behind.
    initProcessEnabled: true,
  });
  const container = taskDefinition.addContainer('Container', {
    containerName: props.containerName ?? TASK_DEFAULTS.containerName,
    image: props.image,
    command: props.command,
    environment: props.environment,
    secrets: props.secrets,
    healthCheck: props.containerHealthCheck,
    stopTimeout: props.stopTimeout ?? Duration.seconds(30),
    readonlyRootFilesystem,
    linuxParameters,
    privileged: false,
    portMappings: [
      {
        name: portName(props),
        containerPort: props.containerPort ?? TASK_DEFAULTS.containerPort,
        protocol: ecs.Protocol.TCP,
        appProtocol: ecs.AppProtocol.http,
      },
    ],
    logging: ecs.LogDrivers.awsLogs({
      logGroup,
      streamPrefix: props.logStreamPrefix ?? props.containerName ?? TASK_DEFAULTS.containerName,
      // A log service that does not answer must not stop the app from answering.
      mode: ecs.AwsLogDriverMode.NON_BLOCKING,
      maxBufferSize: Size.mebibytes(25),
    }),
  });
  if (readonlyRootFilesystem) {
    addWritablePaths(taskDefinition, container, props.writablePaths ?? TASK_DEFAULTS.writablePaths);
  }
  for (const { volume, containerPath, readOnly } of props.volumes ?? []) {
    taskDefinition.addVolume(volume);
    container.addMountPoints({ sourceVolume: volume.name, containerPath, readOnly: readOnly ?? false });
  }
  acknowledgeFindings(taskDefinition, props);
  return { taskDefinition, container };
}

/** Where the containers' output goes. */
export function makeLogGroup(scope: Construct, props: EcsEc2ServiceProps): logs.LogGroup {
  return new logs.LogGroup(scope, 'Logs', {
    logGroupName: props.logGroupName,
    retention: props.logRetention ?? logs.RetentionDays.ONE_MONTH,
    // A group that outlives its stack under a fixed name makes the next deployment fail with "already exists".
    removalPolicy: props.logRemovalPolicy ?? RemovalPolicy.DESTROY,
  });
}

export function portName(props: EcsEc2ServiceProps): string {
  return props.portName ?? `${props.containerName ?? TASK_DEFAULTS.containerName}-port`;
}

/** Scratch space on the host's disk, as the image has it at that path, gone with the task. */
function addWritablePaths(task: ecs.TaskDefinition, container: ecs.ContainerDefinition, paths: string[]): void {
  for (const path of paths) {
    const name = `scratch${path.replace(/[^A-Za-z0-9]+/g, '-')}`;
    task.addVolume({ name, host: {} });
    container.addMountPoints({ sourceVolume: name, containerPath: path, readOnly: false });
  }
}

function acknowledgeFindings(task: ecs.TaskDefinition, props: EcsEc2ServiceProps): void {
  if (props.environment) {
    Validations.of(task).acknowledge({
      id: 'AwsSolutions-ECS2',
      reason: 'Plain settings, by what `environment` is for; secrets are read at start through `secrets`.',
    });
  }
  const all = { id: 'AwsSolutions-IAM5[Resource::*]' };
  Validations.of(task.obtainExecutionRole()).acknowledge({
    ...all,
    reason: 'ecr:GetAuthorizationToken can be granted on all resources only.',
  });
  if (props.enableExecuteCommand) {
    Validations.of(task.taskRole).acknowledge({
      ...all,
      reason: 'The ssmmessages actions of ECS Exec can be granted on all resources only.',
    });
  }
}
