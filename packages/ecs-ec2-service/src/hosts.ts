import * as autoscaling from 'aws-cdk-lib/aws-autoscaling';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Annotations, Duration, Validations } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { HostOptions } from './host-options';
import type { HostSystem } from './host-system';
import { instanceSize } from './instance-sizes';
import { hostCounts, hostType } from './validate-hosts';

/** Where hosts stand. */
export interface HostNetwork {
  readonly vpc: ec2.IVpc;
  readonly subnets: ec2.SubnetSelection;
}

/** Machines of the cluster, in a group that ECS scales. */
export function makeHosts(scope: Construct, options: HostOptions, network: HostNetwork, system: HostSystem) {
  warnOfUnknownTypes(scope, options);
  const role = new iam.Role(scope, 'HostRole', { assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com') });
  const launchTemplate = makeTemplate(scope, options, network, system, role);
  const { min, max } = hostCounts(options);
  const group = new autoscaling.AutoScalingGroup(scope, 'Hosts', {
    vpc: network.vpc,
    vpcSubnets: network.subnets,
    ...(options.spot ? { mixedInstancesPolicy: mixOf(options, launchTemplate) } : { launchTemplate }),
    minCapacity: min,
    maxCapacity: max,
    maxInstanceLifetime: options.lifetime ?? Duration.days(30),
    // A fresh host stands before the old one goes.
    minHealthyPercentage: 100,
    maxHealthyPercentage: 200,
    // AWS says that a Spot host may go before it takes it: its successor starts then.
    capacityRebalance: options.spot ? true : undefined,
    updatePolicy: autoscaling.UpdatePolicy.rollingUpdate({
      minInstancesInService: min,
      maxBatchSize: 1,
      // Time for the new host to join the cluster before the next one is drained.
      pauseTime: Duration.minutes(3),
    }),
  });
  if (options.warm) {
    group.addWarmPool({ minSize: options.warm, poolState: autoscaling.PoolState.STOPPED, reuseOnScaleIn: false });
  }
  // A host that lost its permissions or its way out cannot report that its tasks stopped, and the deletion of the stack
  // would wait for it (aws-cdk 14732, containers-roadmap 2862).
  group.node.addDependency(role, network.vpc.selectSubnets(network.subnets).internetConnectivityEstablished);
  acknowledgeFindings(group, role);
  return group;
}

function makeTemplate(
  scope: Construct,
  options: HostOptions,
  network: HostNetwork,
  system: HostSystem,
  role: iam.IRole,
): ec2.LaunchTemplate {
  return new ec2.LaunchTemplate(scope, 'HostTemplate', {
    instanceType: hostType(options),
    machineImage: system.image,
    role,
    userData: system.userData,
    securityGroup: new ec2.SecurityGroup(scope, 'HostSecurityGroup', {
      vpc: network.vpc,
      description: 'Hosts of the cluster: nobody connects to them',
    }),
    requireImdsv2: true,
    httpPutResponseHopLimit: 1,
    blockDevices: system.disks,
  });
}

function mixOf(options: HostOptions, launchTemplate: ec2.LaunchTemplate): autoscaling.MixedInstancesPolicy {
  return {
    launchTemplate,
    launchTemplateOverrides: [hostType(options), ...(options.spot?.otherTypes ?? [])].map((instanceType) => ({
      instanceType,
    })),
    instancesDistribution: {
      onDemandBaseCapacity: options.spot?.onDemandHosts ?? 0,
      onDemandPercentageAboveBaseCapacity: 0,
      spotAllocationStrategy: autoscaling.SpotAllocationStrategy.PRICE_CAPACITY_OPTIMIZED,
    },
  };
}

function warnOfUnknownTypes(scope: Construct, options: HostOptions): void {
  const unknown = [hostType(options), ...(options.spot?.otherTypes ?? [])].filter((type) => !instanceSize(type));
  for (const type of unknown) {
    Annotations.of(scope).addWarningV2(
      `@paebbl/ecs-ec2-service:unknownInstanceType:${type}`,
      `The limits of ${type} are not known here: check that it has at least three network interfaces, and room for two tasks.`,
    );
  }
}

function acknowledgeFindings(group: autoscaling.AutoScalingGroup, role: iam.Role): void {
  Validations.of(group).acknowledge({
    id: 'AwsSolutions-AS3',
    reason: 'ECS scales the group; what matters of it (tasks that cannot be placed) is in the events of the service.',
  });
  Validations.of(group).acknowledge({
    id: 'AwsSolutions-EC26',
    reason: 'The disks are encrypted in the launch template, into which the rule does not look for a mix of types.',
  });
  Validations.of(role).acknowledge(
    {
      id: 'AwsSolutions-IAM5[Resource::*]',
      reason:
        'The actions of an ECS host that IAM grants on all resources only, or limited to the cluster by a condition.',
    },
    {
      id: 'AwsSolutions-IAM5[Action::ecs:Submit*]',
      reason: 'ecs:Submit* is what the ECS agent reports state changes with, on this cluster only.',
    },
    ...['AmazonSSMManagedInstanceCore', 'service-role/AmazonEC2ContainerServiceforEC2Role'].map((policy) => ({
      id: `AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/${policy}]`,
      reason: 'aws-cdk-lib gives it to Bottlerocket hosts, which cannot be reached otherwise.',
    })),
  );
}
