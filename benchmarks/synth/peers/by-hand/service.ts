import { Duration, Size, Tags } from 'aws-cdk-lib';
import * as autoscaling from 'aws-cdk-lib/aws-autoscaling';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as logs from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { config } from '../../../../apps/paebbl-viz/infra/config';

/** Network with a NAT instance, cluster, hosts, task and service. */
export function addService(scope: Construct, image: ecs.ContainerImage, desiredCount: number) {
  const { cluster: names, task, service: serviceNames } = config;
  const nat = ec2.NatProvider.instanceV2({
    instanceType: new ec2.InstanceType('t4g.nano'),
    machineImage: ec2.MachineImage.latestAmazonLinux2023({ cpuType: ec2.AmazonLinuxCpuType.ARM_64 }),
    defaultAllowedTraffic: ec2.NatTrafficDirection.OUTBOUND_ONLY,
  });
  const vpc = new ec2.Vpc(scope, 'Vpc', {
    maxAzs: 2,
    natGateways: 1,
    natGatewayProvider: nat,
    restrictDefaultSecurityGroup: false,
    subnetConfiguration: [
      { name: 'Public', subnetType: ec2.SubnetType.PUBLIC, cidrMask: 24 },
      { name: 'App', subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS, cidrMask: 20 },
    ],
  });
  nat.connections.allowFrom(ec2.Peer.ipv4(vpc.vpcCidrBlock), ec2.Port.allTraffic());
  // The newest image would replace the instance, and with it the only way out, whenever Amazon publishes one.
  const amazonLinux = ec2.MachineImage.resolveSsmParameterAtLaunch(
    '/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64',
  );
  for (const instance of nat.gatewayInstances) {
    const template = new ec2.LaunchTemplate(instance, 'LaunchTemplate', {
      machineImage: amazonLinux,
      requireImdsv2: true,
      blockDevices: [{ deviceName: '/dev/xvda', volume: ec2.BlockDeviceVolume.ebs(8, { encrypted: true }) }],
    });
    const cfn = instance.node.defaultChild as ec2.CfnInstance;
    cfn.launchTemplate = { launchTemplateId: template.launchTemplateId, version: template.latestVersionNumber };
    cfn.addPropertyDeletionOverride('ImageId');
  }
  const cluster = new ecs.Cluster(scope, 'Cluster', {
    vpc,
    clusterName: names.name,
    containerInsightsV2: ecs.ContainerInsights.ENABLED,
    defaultCloudMapNamespace: { name: names.namespace, useForServiceConnect: true },
  });
  for (const [key, value] of Object.entries(names.tags)) {
    Tags.of(cluster).add(key, value);
  }
  const role = new iam.Role(scope, 'HostRole', { assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com') });
  const hosts = new autoscaling.AutoScalingGroup(scope, 'Hosts', {
    vpc,
    vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS },
    launchTemplate: new ec2.LaunchTemplate(scope, 'HostTemplate', {
      instanceType: new ec2.InstanceType('t4g.small'),
      machineImage: ecs.EcsOptimizedImage.amazonLinux2023(ecs.AmiHardwareType.ARM),
      userData: ec2.UserData.forLinux(),
      role,
      securityGroup: new ec2.SecurityGroup(scope, 'HostSecurityGroup', { vpc }),
      requireImdsv2: true,
      blockDevices: [
        {
          deviceName: '/dev/xvda',
          volume: ec2.BlockDeviceVolume.ebs(30, { encrypted: true, volumeType: ec2.EbsDeviceVolumeType.GP3 }),
        },
      ],
    }),
    minCapacity: 1,
    maxCapacity: 2,
    maxInstanceLifetime: Duration.days(30),
    updatePolicy: autoscaling.UpdatePolicy.rollingUpdate({ minInstancesInService: 1 }),
  });
  const capacity = new ecs.AsgCapacityProvider(scope, 'Capacity', {
    autoScalingGroup: hosts,
    enableManagedTerminationProtection: false,
    enableManagedDraining: true,
  });
  cluster.addAsgCapacityProvider(capacity);
  cluster.addDefaultCapacityProviderStrategy([{ capacityProvider: capacity.capacityProviderName, weight: 1 }]);
  const logGroup = new logs.LogGroup(scope, 'Log', {
    logGroupName: task.logGroup,
    retention: logs.RetentionDays.ONE_MONTH,
  });
  const definition = new ecs.Ec2TaskDefinition(scope, 'Task', {
    family: task.family,
    networkMode: ecs.NetworkMode.AWS_VPC,
    volumes: [{ name: 'tmp' }],
  });
  const container = definition.addContainer('App', {
    image,
    containerName: task.containerName,
    command: [...task.command],
    cpu: task.cpu,
    memoryLimitMiB: Size.mebibytes(task.memoryMiB).toMebibytes(),
    readonlyRootFilesystem: true,
    stopTimeout: Duration.seconds(30),
    logging: ecs.LogDriver.awsLogs({ logGroup, streamPrefix: task.logStreamPrefix }),
    portMappings: [{ name: task.portName, containerPort: task.port, appProtocol: ecs.AppProtocol.http }],
  });
  container.addMountPoints({ sourceVolume: 'tmp', containerPath: '/tmp', readOnly: false });
  const service = new ecs.Ec2Service(scope, 'Service', {
    cluster,
    taskDefinition: definition,
    serviceName: serviceNames.name,
    desiredCount,
    minHealthyPercent: 100,
    maxHealthyPercent: 200,
    circuitBreaker: { rollback: true },
    vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS },
    capacityProviderStrategies: [{ capacityProvider: capacity.capacityProviderName, weight: 1 }],
    healthCheckGracePeriod: Duration.seconds(60),
    serviceConnectConfiguration: {
      services: [{ portMappingName: task.portName, dnsName: serviceNames.alias, port: serviceNames.aliasPort }],
    },
  });
  return { vpc, service, container };
}
