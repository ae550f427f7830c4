import type * as autoscaling from 'aws-cdk-lib/aws-autoscaling';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { Size } from 'aws-cdk-lib/core';
import { HostOperatingSystem } from './host-operating-system';
import type { HostOptions } from './host-options';

/** What the two operating systems of hosts do differently. */
export interface HostSystem {
  readonly image: ec2.IMachineImage;
  readonly imageType: ecs.MachineImageType;
  readonly disks: ec2.BlockDevice[];
  /** User data as far as it comes before the cluster's. */
  readonly userData: ec2.UserData;
  /** Settings that come after the cluster's own, which aws-cdk-lib adds. */
  configure(group: autoscaling.AutoScalingGroup): void;
}

export function hostSystem(options: HostOptions, type: ec2.InstanceType): HostSystem {
  const arm = type.architecture === ec2.InstanceArchitecture.ARM_64;
  return options.operatingSystem === HostOperatingSystem.BOTTLEROCKET
    ? bottlerocket(options, arm)
    : amazonLinux(options, arm);
}

/**
 * The image is looked up whenever a host is launched: one that was looked up at deployment would replace every host in the
 * middle of some later deployment, for a reason that nobody of the team knows.
 */
function amazonLinux(options: HostOptions, arm: boolean): HostSystem {
  const path = `/aws/service/ecs/optimized-ami/amazon-linux-2023${arm ? '/arm64' : ''}/recommended/image_id`;
  const userData = ec2.UserData.forLinux();
  const settings = {
    // A task has its own role: the host's must be out of its reach.
    ECS_AWSVPC_BLOCK_IMDS: true,
    // What was pulled once is not asked for again, so a task also starts while the registry is away. Not `prefer-cached`: it
    // would keep every image for ever, and the disk would fill up.
    ECS_IMAGE_PULL_BEHAVIOR: 'once',
    ...(options.spot ? { ECS_ENABLE_SPOT_INSTANCE_DRAINING: true } : {}),
    ...(options.warm ? { ECS_WARM_POOLS_CHECK: true } : {}),
  };
  userData.addCommands(
    ...Object.entries(settings).map(([name, value]) => `echo ${name}=${value} >> /etc/ecs/ecs.config`),
  );
  return {
    image: ec2.MachineImage.resolveSsmParameterAtLaunch(path),
    imageType: ecs.MachineImageType.AMAZON_LINUX_2,
    disks: [disk('/dev/xvda', options)],
    userData,
    configure: () => {},
  };
}

/** Settings: github.com/bottlerocket-os, "settings.ecs". They must follow the `[settings.ecs]` that aws-cdk-lib writes. */
function bottlerocket(options: HostOptions, arm: boolean): HostSystem {
  const path = `/aws/service/bottlerocket/aws-ecs-2/${arm ? 'arm64' : 'x86_64'}/latest/image_id`;
  return {
    image: ec2.MachineImage.resolveSsmParameterAtLaunch(path, { userData: ec2.UserData.custom('') }),
    imageType: ecs.MachineImageType.BOTTLEROCKET,
    // The first disk is the system's, and read-only; images and what containers write is on the second.
    disks: [disk('/dev/xvdb', options)],
    userData: ec2.UserData.custom(''),
    configure: (group) =>
      group.addUserData(
        'awsvpc-block-imds = true',
        'image-pull-behavior = "once"',
        ...(options.spot ? ['enable-spot-instance-draining = true'] : []),
        ...(options.warm ? ['[settings.autoscaling]', 'should-wait = true'] : []),
      ),
  };
}

function disk(deviceName: string, options: HostOptions): ec2.BlockDevice {
  return {
    deviceName,
    volume: ec2.BlockDeviceVolume.ebs((options.diskSize ?? Size.gibibytes(30)).toGibibytes(), {
      volumeType: ec2.EbsDeviceVolumeType.GP3,
      encrypted: true,
    }),
  };
}
