import { Match, Template } from 'aws-cdk-lib/assertions';
import { InstanceType, Vpc } from 'aws-cdk-lib/aws-ec2';
import {
  AlarmBehavior,
  Cluster,
  ContainerImage,
  Ec2Service,
  Ec2TaskDefinition,
  NetworkMode,
} from 'aws-cdk-lib/aws-ecs';
import { Construct } from 'constructs';
import { appAlarms } from '../src/front-door-alarms';
import { newAuth, newStack, only, synthesize, templateOf } from './fixture';

const ALARM = 'AWS::CloudWatch::Alarm';

test.each([
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

/** What the alarm of an app's errors adds up. */
function countedAsErrors(template: ReturnType<typeof synthesize>, id = /ServerErrors/): string[] {
  const found = Object.entries(template.findResources(ALARM)).filter(([name]) => id.test(name));
  expect(found).toHaveLength(1);
  const [[, { Properties }]] = found;
  expect(Properties).toMatchObject({
    Threshold: 5,
    EvaluationPeriods: 3,
    DatapointsToAlarm: 2,
    TreatMissingData: 'notBreaching',
  });
  const [sum, ...counts] = Properties.Metrics;
  expect(sum.ReturnData).not.toBe(false);
  expect(sum.Expression).toBe(`SUM([${counts.map(({ Id }: { Id: string }) => `FILL(${Id}, 0)`).join(', ')}])`);
  expect(counts).toEqual(
    counts.map(() => expect.objectContaining({ MetricStat: expect.objectContaining({ Period: 60, Stat: 'Sum' }) })),
  );
  return counts.map(
    ({ MetricStat }: { MetricStat: { Metric: { MetricName: string } } }) => MetricStat.Metric.MetricName,
  );
}

test('an app that answers errors, or for which the load balancer has to answer, raises an alarm; a failed sign-in does not', () => {
  expect(countedAsErrors(synthesize())).toEqual([
    'HTTPCode_Target_5XX_Count',
    'HTTPCode_ELB_502_Count',
    'HTTPCode_ELB_503_Count',
    'HTTPCode_ELB_504_Count',
  ]);
});

test('behind a shared door an app is not blamed for what the load balancer answers in the place of another', () => {
  const stack = newStack();
  const targetGroup = newAuth({}, stack).targetGroup;
  appAlarms(new Construct(stack, 'Shared'), targetGroup);
  expect(countedAsErrors(Template.fromStack(stack), /^SharedServerErrors/)).toEqual([
    'HTTPCode_Target_5XX_Count',
    'TargetConnectionErrorCount',
  ]);
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
