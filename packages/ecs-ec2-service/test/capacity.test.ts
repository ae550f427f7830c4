import { Match } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { HostOperatingSystem } from '../src';
import { synthesize } from './stack';

const type = (name: string) => new ec2.InstanceType(name);
const userDataOf = (template: ReturnType<typeof synthesize>['template']) => {
  const templates = Object.values(template.findResources('AWS::EC2::LaunchTemplate'));
  const texts = templates.map((item) => JSON.stringify(item.Properties.LaunchTemplateData.UserData ?? ''));
  return texts.find((text) => /cluster/i.test(text))!;
};

test('Spot hosts take the cheapest of several types, and say goodbye to their tasks', () => {
  const { template } = synthesize({ hosts: { spot: { onDemandHosts: 1, otherTypes: [type('t4g.medium')] } } });
  template.hasResourceProperties('AWS::AutoScaling::AutoScalingGroup', {
    CapacityRebalance: true,
    LaunchTemplate: Match.absent(),
    MixedInstancesPolicy: {
      InstancesDistribution: {
        OnDemandBaseCapacity: 1,
        OnDemandPercentageAboveBaseCapacity: 0,
        SpotAllocationStrategy: 'price-capacity-optimized',
      },
      LaunchTemplate: { Overrides: [{ InstanceType: 't4g.small' }, { InstanceType: 't4g.medium' }] },
    },
  });
  expect(userDataOf(template)).toContain('ECS_ENABLE_SPOT_INSTANCE_DRAINING=true');
});

test('Bottlerocket hosts have their settings in the section that the cluster begins', () => {
  const { template } = synthesize({ hosts: { operatingSystem: HostOperatingSystem.BOTTLEROCKET } });
  template.hasResourceProperties('AWS::EC2::LaunchTemplate', {
    LaunchTemplateData: Match.objectLike({
      ImageId: 'resolve:ssm:/aws/service/bottlerocket/aws-ecs-2/arm64/latest/image_id',
      BlockDeviceMappings: [Match.objectLike({ DeviceName: '/dev/xvdb', Ebs: Match.objectLike({ Encrypted: true }) })],
    }),
  });
  expect(userDataOf(template)).toMatch(/\[settings\.ecs\].*cluster = .*awsvpc-block-imds = true/s);
  expect(userDataOf(template)).not.toContain('#!/bin/bash');
});

test('warm hosts wait stopped', () => {
  const { template } = synthesize({ hosts: { warm: 1 } });
  template.hasResourceProperties('AWS::AutoScaling::WarmPool', { MinSize: 1, PoolState: 'Stopped' });
  expect(userDataOf(template)).toContain('ECS_WARM_POOLS_CHECK=true');
});

test('room can be kept free on the hosts', () => {
  const { template } = synthesize({ hosts: { targetCapacityPercent: 80 } });
  template.hasResourceProperties('AWS::ECS::CapacityProvider', {
    AutoScalingGroupProvider: { ManagedScaling: { TargetCapacity: 80 } },
  });
});

test.each([
  [{ hosts: { spot: {}, warm: 1 } }, "'hosts.warm' must be left out with 'hosts.spot'"],
  [
    { hosts: { spot: { otherTypes: [type('t3.small')] } } },
    "'hosts.spot.otherTypes' must have the CPU architecture of t4g.small",
  ],
  [{ hosts: { spot: { otherTypes: [type('t4g.nano')] } } }, "'hosts.spot.otherTypes' must carry two tasks"],
  [
    { hosts: { targetCapacityPercent: 0 } },
    "'hosts.targetCapacityPercent' must be a whole number from 1 to 100, got: 0",
  ],
  [{ desiredCount: 3 }, "'hosts.max' must be at least 3, for 3 tasks and their successors, got: 2"],
  [{ autoScaling: { maxTasks: 6 } }, "'hosts.max' must be at least 6, for 6 tasks and their successors, got: 2"],
])('%j is refused', (props, message) => {
  expect(() => synthesize(props)).toThrow(message);
});
