import { Annotations, Match } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Size } from 'aws-cdk-lib/core';
import { instanceSize } from '../src/instance-sizes';
import { taskSlots } from '../src/task-slots';
import { synthesize } from './stack';

const { template } = synthesize();
const type = (name: string) => new ec2.InstanceType(name);

test('a default host is a Graviton machine with room for a task and its successor', () => {
  expect(taskSlots(instanceSize(type('t4g.small'))!, { cpuUnits: 256, memoryMiB: 512 })).toEqual({
    count: 2,
    limit: 'network interfaces',
  });
  template.hasResourceProperties('AWS::EC2::LaunchTemplate', {
    LaunchTemplateData: Match.objectLike({ InstanceType: 't4g.small' }),
  });
});

test.each([
  ['t4g.micro', {}, '1 by its network interfaces'],
  ['m7g.medium', {}, '1 by its network interfaces'],
  ['t4g.small', { memory: Size.gibibytes(1) }, '1 by its memory'],
  ['t4g.medium', { cpuUnits: 1536 }, '1 by its CPU'],
])('%s is refused when a rollout could never finish on it: %j', (name, task, reason) => {
  expect(() => synthesize({ ...task, hosts: { instanceType: type(name) } })).toThrow(
    new RegExp(`'hosts.instanceType' must carry two tasks of .*, got: ${name} \\(${reason}\\)`),
  );
});

test('a type that is not known here is used, with a warning', () => {
  const { stack } = synthesize({ hosts: { instanceType: type('g6.xlarge') } });
  Annotations.fromStack(stack).hasWarning('*', Match.stringLikeRegexp('The limits of g6.xlarge are not known here'));
});

test('hosts accept IMDSv2 only, encrypt their disk, and hide their role from tasks', () => {
  template.hasResourceProperties('AWS::EC2::LaunchTemplate', {
    LaunchTemplateData: Match.objectLike({
      MetadataOptions: { HttpTokens: 'required', HttpPutResponseHopLimit: 1 },
      BlockDeviceMappings: [{ DeviceName: '/dev/xvda', Ebs: { Encrypted: true, VolumeSize: 30, VolumeType: 'gp3' } }],
      UserData: {
        'Fn::Base64': {
          'Fn::Join': ['', Match.arrayWith([Match.stringLikeRegexp('ECS_AWSVPC_BLOCK_IMDS=true')])],
        },
      },
      KeyName: Match.absent(),
    }),
  });
});

test('an image is pulled once, and goes when no task needs it any more', () => {
  const [userData] = Object.values(template.findResources('AWS::EC2::LaunchTemplate')).flatMap(
    ({ Properties }) => JSON.stringify(Properties.LaunchTemplateData.UserData ?? '').match(/ECS_IMAGE\w+=[\w-]+/) ?? [],
  );
  expect(userData).toBe('ECS_IMAGE_PULL_BEHAVIOR=once');
});

test('nobody connects to a host', () => {
  template.hasResourceProperties('AWS::EC2::SecurityGroup', {
    GroupDescription: Match.stringLikeRegexp('^Hosts of the cluster'),
    SecurityGroupIngress: Match.absent(),
  });
});

test('a deployment never replaces hosts because Amazon published an image', () => {
  template.hasResourceProperties('AWS::EC2::LaunchTemplate', {
    LaunchTemplateData: Match.objectLike({
      ImageId: 'resolve:ssm:/aws/service/ecs/optimized-ami/amazon-linux-2023/arm64/recommended/image_id',
    }),
  });
});

test('hosts are renewed every 30 days, the new one first', () => {
  template.hasResourceProperties('AWS::AutoScaling::AutoScalingGroup', {
    MaxInstanceLifetime: 30 * 24 * 3600,
    InstanceMaintenancePolicy: { MinHealthyPercentage: 100, MaxHealthyPercentage: 200 },
    MinSize: '1',
    MaxSize: '2',
    DesiredCapacity: Match.absent(),
  });
});

test('an Intel host starts from an Intel image', () => {
  const { template } = synthesize({ hosts: { instanceType: type('t3.small') } });
  template.hasResourceProperties('AWS::EC2::LaunchTemplate', {
    LaunchTemplateData: Match.objectLike({
      ImageId: 'resolve:ssm:/aws/service/ecs/optimized-ami/amazon-linux-2023/recommended/image_id',
    }),
  });
});
