import { Match } from 'aws-cdk-lib/assertions';
import { InstanceType, Vpc } from 'aws-cdk-lib/aws-ec2';
import {
  AlarmBehavior,
  Cluster,
  ContainerImage,
  Ec2Service,
  Ec2TaskDefinition,
  NetworkMode,
} from 'aws-cdk-lib/aws-ecs';
import { newAuth, newStack, only, synthesize, templateOf } from './fixture';

const ALARM = 'AWS::CloudWatch::Alarm';

test.each([
  ['HTTPCode_Target_5XX_Count', 'Sum', 5, 2],
  ['UnHealthyHostCount', 'Maximum', 1, 3],
  ['ELBAuthError', 'Sum', 5, 2],
])('%s is watched each minute, and silence is no alarm', (MetricName, Statistic, Threshold, DatapointsToAlarm) => {
  synthesize().hasResourceProperties(ALARM, {
    MetricName,
    Statistic,
    Threshold,
    DatapointsToAlarm,
    EvaluationPeriods: 3,
    Period: 60,
    Namespace: 'AWS/ApplicationELB',
    TreatMissingData: 'notBreaching',
    Dimensions: Match.arrayWith([Match.objectLike({ Name: 'LoadBalancer' })]),
  });
});

test('a service can roll back on the alarms of its own front door', () => {
  const stack = newStack();
  const vpc = new Vpc(stack, 'Network', { natGateways: 0 });
  const cluster = new Cluster(stack, 'Cluster', { vpc });
  cluster.addCapacity('Capacity', { instanceType: new InstanceType('t4g.small') });
  const taskDefinition = new Ec2TaskDefinition(stack, 'Task', { networkMode: NetworkMode.AWS_VPC });
  taskDefinition.addContainer('app', {
    image: ContainerImage.fromRegistry('app'),
    memoryLimitMiB: 128,
    portMappings: [{ containerPort: 5000 }],
  });
  const service = new Ec2Service(stack, 'Service', { cluster, taskDefinition });

  const auth = newAuth({ vpc, target: service }, stack);
  service.enableDeploymentAlarms([auth.alarms.serverErrors.alarmName], { behavior: AlarmBehavior.ROLLBACK_ON_ALARM });
  // Fails on circular references.
  const template = templateOf(auth);

  expect(only(template, 'AWS::ECS::Service').properties.DeploymentConfiguration.Alarms).toMatchObject({
    Enable: true,
    Rollback: true,
    AlarmNames: [{ Ref: expect.stringContaining('ServerErrors') }],
  });
});
