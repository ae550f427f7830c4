import type * as autoscaling from 'aws-cdk-lib/aws-autoscaling';
import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import type * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type * as logs from 'aws-cdk-lib/aws-logs';
import { NamespaceType } from 'aws-cdk-lib/aws-servicediscovery';
import { Stack, Tags } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { completeDeployment, nameOfAlarm } from './deployment-configuration';
import { DeploymentStyle } from './deployment-style';
import type { EcsEc2ServiceProps } from './ecs-ec2-service-props';
import { Egress } from './egress';
import { hostSystem } from './host-system';
import { makeHosts } from './hosts';
import { appSubnets, makeVpc } from './network';
import { makeLogGroup, makeTask, portName, TASK_DEFAULTS } from './task';
import { readTaskDefinitionFile } from './task-definition-file';
import { hostType, validateHosts } from './validate-hosts';
import { validateProps } from './validate-props';
import { requireInteger, requireThat } from './validation';

/**
 * A team's web app on ECS with EC2 hosts: network, cluster, hosts, task and service, with rollouts that roll back.
 *
 * @throws Error `'prop' must <rule>, got: <value>`, before anything is created
 */
export class EcsEc2Service extends Construct {
  /** The service. It is a target of load balancers: `listener.addTargets('App', { targets: [x.service], ... })`. */
  public readonly service: ecs.Ec2Service;
  public readonly cluster: ecs.Cluster;
  public readonly vpc: ec2.IVpc;
  public readonly taskDefinition: ecs.TaskDefinition;
  /** The app's container. */
  public readonly container: ecs.ContainerDefinition;
  /** Port that the container listens on. */
  public readonly containerPort: number;
  /** The hosts. */
  public readonly autoScalingGroup: autoscaling.AutoScalingGroup;
  public readonly capacityProvider: ecs.AsgCapacityProvider;
  public readonly logGroup: logs.LogGroup;
  private readonly scaling?: ecs.ScalableTaskCount;
  private readonly style: DeploymentStyle;
  private readonly rollbackAlarms: string[] = [];

  constructor(scope: Construct, id: string, given: EcsEc2ServiceProps) {
    super(scope, id);
    const props = given.taskDefinitionFile ? { ...readTaskDefinitionFile(given.taskDefinitionFile), ...given } : given;
    const hosts = props.hosts ?? {};
    validateProps(props);
    this.requireSameStack(props.cluster);
    const task = {
      cpuUnits: props.cpuUnits ?? TASK_DEFAULTS.cpuUnits,
      memoryMiB: props.memory?.toMebibytes() ?? TASK_DEFAULTS.memoryMiB,
    };
    validateHosts(hosts, task, props.autoScaling?.maxTasks ?? props.desiredCount);

    const egress = props.egress ?? Egress.natInstance();
    const brought = props.cluster?.vpc ?? props.vpc;
    const system = hostSystem(hosts, hostType(hosts));
    this.vpc = brought ?? makeVpc(this, egress);
    const subnets = props.subnets ?? appSubnets(brought ? undefined : egress);
    this.cluster = props.cluster ?? this.makeCluster(props);
    this.autoScalingGroup = makeHosts(this, hosts, { vpc: this.vpc, subnets }, system);
    this.capacityProvider = this.addCapacity(props, system.imageType);
    system.configure(this.autoScalingGroup);
    this.logGroup = makeLogGroup(this, props);
    ({ taskDefinition: this.taskDefinition, container: this.container } = makeTask(this, props, this.logGroup));
    this.containerPort = this.container.containerPort;
    this.style = props.deployment ?? DeploymentStyle.rolling();
    this.service = this.makeService(props, subnets);
    this.scaling = this.scale(props);
  }

  /**
   * Runs more tasks when each of them gets more requests than this.
   *
   * @param targetGroup through which the requests come
   * @param requestsPerMinute that one task should get
   * @throws Error without the prop `autoScaling`, and for deployments that shift traffic: of two target groups that take turns,
   *   CloudWatch has no number of requests per target
   */
  public scaleOnRequests(targetGroup: elbv2.ApplicationTargetGroup, requestsPerMinute: number): void {
    requireThat(Boolean(this.scaling), 'autoScaling', 'be given to scale on requests', 'none');
    requireThat(
      !this.style._shiftsTraffic(),
      'deployment',
      'be rolling to scale on requests',
      'one that shifts traffic',
    );
    requireInteger(requestsPerMinute, 'requestsPerMinute', 1, 1_000_000);
    this.scaling?.scaleOnRequestCount('Requests', { targetGroup, requestsPerTarget: requestsPerMinute });
  }

  /**
   * Rolls a deployment back when one of these alarms goes off while it goes on, or in its bake time. For alarms that are made after
   * the service, as those on its target group are.
   *
   * @param alarms beside those that are there already. One on a metric of this very service needs a fixed name (`alarmName`),
   *   else CloudFormation finds a circle
   */
  public rollBackOn(alarms: cloudwatch.IAlarm[]): void {
    this.rollbackAlarms.push(...alarms.map(nameOfAlarm));
  }

  /** Hosts are added to a cluster where it was made: from another stack, the two stacks would need each other. */
  private requireSameStack(cluster: ecs.Cluster | undefined): void {
    const theirs = cluster && Stack.of(cluster);
    const rule = 'be made in the stack of the service, which adds its hosts to it: make it there, or leave it out';
    requireThat(!theirs || theirs === Stack.of(this), 'cluster', rule, `one of the stack ${theirs?.stackName}`);
  }

  private makeCluster(props: EcsEc2ServiceProps): ecs.Cluster {
    const cluster = new ecs.Cluster(this, 'Cluster', {
      clusterName: props.clusterName,
      vpc: this.vpc,
      containerInsightsV2: props.containerInsights ?? ecs.ContainerInsights.ENABLED,
      defaultCloudMapNamespace: props.namespaceName
        ? { name: props.namespaceName, type: NamespaceType.HTTP, useForServiceConnect: true }
        : undefined,
    });
    for (const [key, value] of Object.entries(props.clusterTags ?? {})) {
      Tags.of(cluster).add(key, value);
    }
    return cluster;
  }

  private addCapacity(props: EcsEc2ServiceProps, machineImageType: ecs.MachineImageType): ecs.AsgCapacityProvider {
    const provider = new ecs.AsgCapacityProvider(this, 'Capacity', {
      capacityProviderName: props.capacityProviderName,
      autoScalingGroup: this.autoScalingGroup,
      machineImageType,
      targetCapacityPercent: props.hosts?.targetCapacityPercent,
      // Protected hosts make the deletion of a capacity provider hang (aws-cdk 18179, 14732). Draining moves the tasks of
      // a host that goes, which is what the protection is for.
      enableManagedTerminationProtection: false,
      enableManagedDraining: true,
    });
    this.cluster.addAsgCapacityProvider(provider);
    if (!props.cluster) {
      this.cluster.addDefaultCapacityProviderStrategy([{ capacityProvider: provider.capacityProviderName, weight: 1 }]);
    }
    return provider;
  }

  private makeService(props: EcsEc2ServiceProps, subnets: ec2.SubnetSelection): ecs.Ec2Service {
    const { style } = this;
    const service = new ecs.Ec2Service(this, 'Service', {
      ...style._serviceOptions(),
      cluster: this.cluster,
      serviceName: props.serviceName,
      taskDefinition: this.taskDefinition,
      desiredCount: props.autoScaling ? undefined : (props.desiredCount ?? 1),
      capacityProviderStrategies: [{ capacityProvider: this.capacityProvider.capacityProviderName, weight: 1 }],
      vpcSubnets: subnets,
      // The new task answers before the old one goes; a host has room for both.
      minHealthyPercent: 100,
      maxHealthyPercent: 200,
      circuitBreaker: { enable: true, rollback: true },
      // Left to the L2 when not given: ECS refuses a grace period on a service without a load balancer.
      healthCheckGracePeriod: props.healthCheckGracePeriod,
      enableExecuteCommand: props.enableExecuteCommand ?? false,
      enableECSManagedTags: true,
      propagateTags: ecs.PropagatedTagSource.SERVICE,
      serviceConnectConfiguration: props.serviceConnect && {
        namespace: props.serviceConnect.namespace,
        services: [
          {
            portMappingName: portName(props),
            dnsName: props.serviceConnect.alias ?? props.serviceName ?? this.container.containerName,
            port: props.serviceConnect.port ?? 80,
          },
        ],
      },
    });
    this.rollbackAlarms.push(...style._rollbackAlarms());
    const failureThreshold = props.failureThreshold ?? 3;
    completeDeployment(service, { style, failureThreshold, rollbackAlarms: this.rollbackAlarms });
    // Tasks start after, and stop before, what they stand on: hosts, permissions, and the cluster's list of capacity
    // providers, which the L2 leaves out (a deletion then fails with "capacity provider in use").
    service.node.addDependency(this.autoScalingGroup, this.taskDefinition, this.cluster);
    return service;
  }

  private scale({ autoScaling }: EcsEc2ServiceProps): ecs.ScalableTaskCount | undefined {
    if (!autoScaling) {
      return undefined;
    }
    const { minTasks, maxTasks, cpuPercent, memoryPercent } = autoScaling;
    const scaling = this.service.autoScaleTaskCount({ minCapacity: minTasks ?? 1, maxCapacity: maxTasks });
    scaling.scaleOnCpuUtilization('Cpu', { targetUtilizationPercent: cpuPercent ?? 60 });
    if (memoryPercent !== undefined) {
      scaling.scaleOnMemoryUtilization('Memory', { targetUtilizationPercent: memoryPercent });
    }
    return scaling;
  }
}
