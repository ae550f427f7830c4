import { Match, Template } from 'aws-cdk-lib/assertions';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { App, Duration } from 'aws-cdk-lib/core';
import { ServiceMonitoring, type ServiceMonitoringProps } from '../src';
import { build as canary } from './integ.canary';
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

/** Names of metrics that an alarm computes with, and how. */
function computed(template: Template, description: RegExp) {
  const [alarm] = Object.values(template.findResources('AWS::CloudWatch::Alarm')).filter(({ Properties }) =>
    description.test(Properties.AlarmDescription),
  );
  const [expression, ...metrics] = alarm.Properties.Metrics;
  expect(alarm.Properties.TreatMissingData).toBe('notBreaching');
  return {
    expression: expression.Expression,
    threshold: alarm.Properties.Threshold,
    metrics: metrics.map(({ MetricStat: { Metric, Stat, Period } }: Record<string, Record<string, never>>) => {
      const dimensions = (Metric as { Dimensions: { Name: string }[] }).Dimensions.map(({ Name }) => Name);
      return [(Metric as { MetricName: string }).MetricName, Stat, Period, dimensions.join(' ')].join(' ');
    }),
  };
}

test('errors are those of the app and those that the load balancer answers in its place', () => {
  expect(computed(monitored(), /got an error/)).toEqual({
    expression: 'SUM([FILL(m0, 0), FILL(m1, 0), FILL(m2, 0), FILL(m3, 0)])',
    threshold: 5,
    metrics: [
      'HTTPCode_Target_5XX_Count Sum 60 LoadBalancer TargetGroup',
      'HTTPCode_ELB_502_Count Sum 60 LoadBalancer',
      'HTTPCode_ELB_503_Count Sum 60 LoadBalancer',
      'HTTPCode_ELB_504_Count Sum 60 LoadBalancer',
    ],
  });
});

test('behind a shared load balancer only what is this app’s own counts', () => {
  expect(computed(monitored({ sharedLoadBalancer: true }), /got an error/)).toMatchObject({
    expression: 'SUM([FILL(m0, 0), FILL(m1, 0)])',
    metrics: [
      'HTTPCode_Target_5XX_Count Sum 60 LoadBalancer TargetGroup',
      'TargetConnectionErrorCount Sum 60 LoadBalancer TargetGroup',
    ],
  });
});

test('of two target groups that ECS swaps, both are watched: errors are added, the worse latency and health count', () => {
  const template = Template.fromStack(canary(new App()));
  const { metrics } = computed(template, /got an error/);
  expect(metrics.filter((name: string) => name.startsWith('HTTPCode_Target_5XX_Count'))).toHaveLength(2);
  expect(computed(template, /took longer/)).toEqual({
    expression: 'MAX([FILL(m0, 0), FILL(m1, 0)])',
    threshold: 3,
    metrics: Array(2).fill('TargetResponseTime p95 60 LoadBalancer TargetGroup'),
  });
  expect(computed(template, /health checks/)).toEqual({
    expression: 'MAX([FILL(m0, 0), FILL(m1, 0)])',
    threshold: 1,
    metrics: Array(2).fill('UnHealthyHostCount Maximum 60 LoadBalancer TargetGroup'),
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
