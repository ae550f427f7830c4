import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Validations } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { Egress } from './egress';

const AMAZON_LINUX = '/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-';

/** Two zones, public subnets for the load balancer and private ones for hosts and tasks. */
export function makeVpc(scope: Construct, egress: Egress): ec2.Vpc {
  const nat = egress._kind === 'instance' ? natInstances(egress._instanceType!) : undefined;
  const vpc = new ec2.Vpc(scope, 'Vpc', {
    maxAzs: 2,
    natGateways: egress._count,
    natGatewayProvider: nat,
    restrictDefaultSecurityGroup: false,
    subnetConfiguration: [
      { name: 'Public', subnetType: ec2.SubnetType.PUBLIC, cidrMask: 24 },
      {
        name: 'App',
        cidrMask: 20,
        subnetType: egress._kind === 'none' ? ec2.SubnetType.PRIVATE_ISOLATED : ec2.SubnetType.PRIVATE_WITH_EGRESS,
      },
    ],
  });
  Validations.of(vpc).acknowledge({
    id: 'AwsSolutions-VPC7',
    reason: 'Flow logs cost more than the rest of a small network; `vpc.addFlowLog()` adds them.',
  });
  if (nat) {
    nat.connections.allowFrom(ec2.Peer.ipv4(vpc.vpcCidrBlock), ec2.Port.allTraffic(), 'From the VPC');
    Validations.of(nat.securityGroup).acknowledge({
      id: 'AwsSolutions-EC23',
      reason: 'Reachable from the addresses of its own VPC only, which are known at deployment only.',
    });
    for (const instance of nat.gatewayInstances) {
      // It installs iptables when it boots, so it needs its own way out by then: the L2 starts it at any time.
      instance.node.addDependency(...vpc.publicSubnets.map((subnet) => subnet.internetConnectivityEstablished));
      harden(instance, egress._instanceType!);
    }
  }
  return vpc;
}

/** Subnets of hosts and tasks. */
export function appSubnets(egress: Egress | undefined): ec2.SubnetSelection {
  return egress?._kind === 'none'
    ? { subnetType: ec2.SubnetType.PRIVATE_ISOLATED }
    : { subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS };
}

function natInstances(instanceType: ec2.InstanceType): ec2.NatInstanceProviderV2 {
  return ec2.NatProvider.instanceV2({
    instanceType,
    machineImage: amazonLinux(instanceType),
    defaultAllowedTraffic: ec2.NatTrafficDirection.OUTBOUND_ONLY,
    creditSpecification: ec2.CpuCredits.STANDARD,
  });
}

function amazonLinux(instanceType: ec2.InstanceType): ec2.IMachineImage {
  const cpu = instanceType.architecture === ec2.InstanceArchitecture.ARM_64 ? 'arm64' : 'x86_64';
  return ec2.MachineImage.resolveSsmParameterAtLaunch(`${AMAZON_LINUX}${cpu}`);
}

/**
 * IMDSv2 only, encrypted disk, and an image that is resolved when the instance is launched.
 *
 * The L2 resolves the newest image at each deployment and would replace the instance, and with it the only way out,
 * whenever Amazon publishes one. A launch template resolves it once.
 */
function harden(instance: ec2.Instance, instanceType: ec2.InstanceType): void {
  const template = new ec2.LaunchTemplate(instance, 'LaunchTemplate', {
    machineImage: amazonLinux(instanceType),
    requireImdsv2: true,
    httpPutResponseHopLimit: 1,
    blockDevices: [
      {
        deviceName: '/dev/xvda',
        volume: ec2.BlockDeviceVolume.ebs(8, {
          volumeType: ec2.EbsDeviceVolumeType.GP3,
          encrypted: true,
        }),
      },
    ],
  });
  const cfn = instance.node.defaultChild as ec2.CfnInstance;
  cfn.launchTemplate = { launchTemplateId: template.launchTemplateId, version: template.latestVersionNumber };
  cfn.addPropertyDeletionOverride('ImageId');
  Validations.of(instance).acknowledge(
    { id: 'AwsSolutions-EC28', reason: 'Detailed monitoring of an address translator tells nobody anything.' },
    { id: 'AwsSolutions-EC29', reason: 'It holds no data: a stack that is deleted must take it along.' },
  );
}
