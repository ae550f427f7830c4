import { Duration } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { ServiceMonitoring, type ServiceMonitoringProps } from '../src';
import { synthesize } from './stack';

function monitored(props: Partial<ServiceMonitoringProps> = {}) {
  const made = synthesize({ serviceName: 'app' });
  const { stack, service } = made;
  const balancer = new elbv2.ApplicationLoadBalancer(stack, 'Balancer', { vpc: service.vpc });
  const targetGroup = balancer
    .addListener('Http', { port: 80, open: false })
    .addTargets('App', { port: 5000, protocol: elbv2.ApplicationProtocol.HTTP, targets: [service.service] });
  new ServiceMonitoring(stack, 'Monitoring', { service: service.service, targetGroup, ...props });
  return made.template;
}

test.each([
  ['HTTPCode_Target_5XX_Count', 5],
  ['TargetResponseTime', 3],
  ['UnHealthyHostCount', 1],
  ['CPUUtilization', 90],
  ['MemoryUtilization', 90],
])('%s raises an alarm from %d on, and a quiet night does not', (MetricName, Threshold) => {
  monitored().hasResourceProperties('AWS::CloudWatch::Alarm', {
    MetricName,
    Threshold,
    TreatMissingData: 'notBreaching',
    AlarmDescription: Match.stringLikeRegexp('\\.$'),
  });
});

test.each([
  [{}, 6],
  [{ rolloutWithin: Duration.hours(2) }, 24],
])('a rollout that does not end raises an alarm: %j', (props, EvaluationPeriods) => {
  monitored(props).hasResourceProperties('AWS::CloudWatch::Alarm', {
    Namespace: 'ECS/ContainerInsights',
    MetricName: 'DeploymentCount',
    Statistic: 'Minimum',
    Period: 300,
    EvaluationPeriods,
    Threshold: 2,
    TreatMissingData: 'notBreaching',
  });
});

test.each([Duration.minutes(4), Duration.minutes(7), Duration.seconds(90), Duration.hours(25)])(
  'a time for rollouts that no alarm can watch is refused',
  (rolloutWithin) => {
    expect(() => monitored({ rolloutWithin })).toThrow(
      "'rolloutWithin' must be from 5 minutes to 24 hours, in steps of 5 minutes, got: ",
    );
  },
);

test('one dashboard shows requests, errors, latency, health, CPU, memory and rollouts', () => {
  const [dashboard] = Object.values(monitored().findResources('AWS::CloudWatch::Dashboard'));
  const body = JSON.stringify(dashboard.Properties.DashboardBody);
  for (const metric of [
    'RequestCount',
    'HTTPCode_Target_5XX_Count',
    'TargetResponseTime',
    'UnHealthyHostCount',
    'CPUUtilization',
    'MemoryUtilization',
    'DeploymentCount',
  ]) {
    expect(body).toContain(metric);
  }
});
