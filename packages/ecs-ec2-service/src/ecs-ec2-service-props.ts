import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as ecs from 'aws-cdk-lib/aws-ecs';
import type * as logs from 'aws-cdk-lib/aws-logs';
import type { Duration, RemovalPolicy, Size } from 'aws-cdk-lib/core';
import type { AutoScalingOptions } from './auto-scaling-options';
import type { DeploymentStyle } from './deployment-style';
import type { Egress } from './egress';
import type { HostOptions } from './host-options';
import type { ServiceConnectOptions } from './service-connect-options';
import type { VolumeMount } from './volume-mount';

/** What an `EcsEc2Service` runs, where, and how many of it. */
export interface EcsEc2ServiceProps {
  /** The app's image. */
  readonly image: ecs.ContainerImage;

  /**
   * Network to stand in. It needs private subnets with a way out, unless `subnets` says otherwise.
   *
   * @default - a new one in two availability zones
   */
  readonly vpc?: ec2.IVpc;

  /**
   * Subnets of hosts and tasks, in a `vpc` of yours.
   *
   * @default - its private subnets with a way out
   */
  readonly subnets?: ec2.SubnetSelection;

  /**
   * How the new network reaches the internet. Not for a `vpc` of yours, which has its own way out.
   *
   * @default Egress.natInstance()
   */
  readonly egress?: Egress;

  /**
   * Cluster to join, with its network, made in the same stack: the hosts are added to it. Without it, one is made.
   *
   * @default - a new cluster
   */
  readonly cluster?: ecs.Cluster;

  /**
   * Name of the cluster. 1 to 255 letters, digits, hyphens and underscores.
   *
   * @default - CloudFormation makes one
   */
  readonly clusterName?: string;

  /**
   * Tags of the cluster, by their keys.
   *
   * @default - none but those of the stack
   */
  readonly clusterTags?: { [key: string]: string };

  /**
   * Metrics of tasks and hosts in CloudWatch, charged as custom metrics.
   *
   * @default ecs.ContainerInsights.ENABLED
   */
  readonly containerInsights?: ecs.ContainerInsights;

  /**
   * Name of the Cloud Map namespace in which services of the cluster find each other by Service Connect.
   *
   * @default - no namespace
   */
  readonly namespaceName?: string;

  /**
   * Name of the capacity provider. It must not start with `aws`, `ecs` or `fargate`.
   *
   * @default - CloudFormation makes one
   */
  readonly capacityProviderName?: string;

  /**
   * The machines that tasks run on.
   *
   * @default - one t4g.small, and a second one while it is replaced
   */
  readonly hosts?: HostOptions;

  /**
   * A task definition in JSON to start from, as `aws ecs register-task-definition` takes it. Props that are given here come
   * before what it says, and `image` always does. What is wrong in it, or would be lost, is an error that lists everything.
   *
   * @default - none
   */
  readonly taskDefinitionFile?: string;

  /**
   * Family of the task definition.
   *
   * @default - CloudFormation makes one
   */
  readonly family?: string;

  /**
   * CPU of a task, in CPU units: 1024 are one vCPU. From 128 to 10240.
   *
   * @default 256
   */
  readonly cpuUnits?: number;

  /**
   * Memory of a task. A container that takes more is killed (exit code 137).
   *
   * @default Size.mebibytes(512)
   */
  readonly memory?: Size;

  /**
   * Name of the container.
   *
   * @default 'app'
   */
  readonly containerName?: string;

  /**
   * Port that the app listens on, speaking HTTP.
   *
   * @default 5000
   */
  readonly containerPort?: number;

  /**
   * Name of that port, by which Service Connect refers to it.
   *
   * @default - `<containerName>-port`
   */
  readonly portName?: string;

  /**
   * Command of the container, one argument an element.
   *
   * @default - the image's own
   */
  readonly command?: string[];

  /**
   * Environment variables. Everybody who may read the template may read them: secrets belong in `secrets`.
   *
   * @default - none
   */
  readonly environment?: { [name: string]: string };

  /**
   * Environment variables whose values ECS reads from Secrets Manager or SSM when a task starts.
   *
   * @default - none
   */
  readonly secrets?: { [name: string]: ecs.Secret };

  /**
   * A health check inside the container, beside the load balancer's.
   *
   * @default - none: the load balancer decides
   */
  readonly containerHealthCheck?: ecs.HealthCheck;

  /**
   * Time to finish requests after SIGTERM, before SIGKILL.
   *
   * @default Duration.seconds(30)
   */
  readonly stopTimeout?: Duration;

  /**
   * The container cannot change its own files: what an attacker leaves there is not there.
   *
   * @default true - but `false` with `enableExecuteCommand`, whose agent writes into the container
   */
  readonly readOnlyRootFileSystem?: boolean;

  /**
   * Folders that the app may write to nevertheless, on the host's disk, as long as the task lives.
   *
   * @default ['/tmp']
   */
  readonly writablePaths?: string[];

  /**
   * Volumes of the task.
   *
   * @default - none but the `writablePaths`
   */
  readonly volumes?: VolumeMount[];

  /**
   * Name of the log group.
   *
   * @default - CloudFormation makes one
   */
  readonly logGroupName?: string;

  /**
   * First part of the names of log streams: `<prefix>/<container>/<task id>`.
   *
   * @default - the name of the container
   */
  readonly logStreamPrefix?: string;

  /**
   * How long logs are kept.
   *
   * @default logs.RetentionDays.ONE_MONTH
   */
  readonly logRetention?: logs.RetentionDays;

  /**
   * What becomes of the logs when the stack is deleted.
   *
   * @default RemovalPolicy.DESTROY - else the next stack with this `logGroupName` fails
   */
  readonly logRemovalPolicy?: RemovalPolicy;

  /**
   * Name of the service.
   *
   * @default - CloudFormation makes one
   */
  readonly serviceName?: string;

  /**
   * Tasks that should run. May be a token, such as `Fn.conditionIf(...)` as a number. Not with `autoScaling`, which each
   * deployment would set back to it (aws-cdk 3919).
   *
   * @default - 1 at first, then as many as run
   */
  readonly desiredCount?: number;

  /**
   * Runs more tasks when there is more to do. For requests per target, see `scaleOnRequests()`.
   *
   * @default - always `desiredCount` tasks
   */
  readonly autoScaling?: AutoScalingOptions;

  /**
   * How a new version replaces the one before.
   *
   * @default DeploymentStyle.rolling()
   */
  readonly deployment?: DeploymentStyle;

  /**
   * Makes the service known in the namespace. Needs `namespaceName`, or a `cluster` that has one.
   *
   * @default - not known there
   */
  readonly serviceConnect?: ServiceConnectOptions;

  /**
   * Time in which a task that starts may fail the load balancer's health checks without being replaced. Only for a service
   * behind a load balancer.
   *
   * @default - 60 seconds behind a load balancer, else none
   */
  readonly healthCheckGracePeriod?: Duration;

  /**
   * Failed tasks after which a rollout is given up and rolled back. All of a rollout count, also when another task was healthy
   * in between.
   *
   * ECS's own default is half of the desired count and never fewer than 3; from 10 desired tasks on, a broken image is
   * started so many more times. From 1 to 200.
   *
   * @default 3
   */
  readonly failureThreshold?: number;

  /**
   * Allows `aws ecs execute-command`: a shell in the running container, for those whom IAM lets. Not with
   * `readOnlyRootFileSystem`.
   *
   * @default false
   */
  readonly enableExecuteCommand?: boolean;
}
