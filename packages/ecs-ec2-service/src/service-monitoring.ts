import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type * as ecs from 'aws-cdk-lib/aws-ecs';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { requireThat } from './validation';

const ROLLOUT_PERIOD = Duration.minutes(5);

/** What is watched. */
export interface ServiceMonitoringProps {
  /** The service. */
  readonly service: ecs.BaseService;

  /** Target group through which colleagues reach it. */
  readonly targetGroup: elbv2.ApplicationTargetGroup;

  /**
   * The other target group of a deployment that shifts traffic (`blueGreen`, `linear`, `canary`). ECS swaps the two with each
   * rollout, so both have to be watched.
   *
   * @default - none, as for `rolling`
   */
  readonly alternateTargetGroup?: elbv2.ApplicationTargetGroup;

  /**
   * Other apps stand behind the same load balancer. Then its own 502, 503 and 504 count as nobody's errors, since it does not
   * tell whose they are; requests to this app that could not be delivered still count.
   *
   * @default false
   */
  readonly sharedLoadBalancer?: boolean;

  /**
   * Time within which 95 of 100 requests should be answered.
   *
   * @default Duration.seconds(3)
   */
  readonly slowAfter?: Duration;

  /**
   * Time within which a rollout should have ended. From 5 minutes to 24 hours, in steps of 5 minutes. Needs Container Insights,
   * which an `EcsEc2Service` has by default.
   *
   * @default Duration.minutes(30)
   */
  readonly rolloutWithin?: Duration;

  /**
   * Name of the dashboard.
   *
   * @default - CloudFormation makes one
   */
  readonly dashboardName?: string;
}

/** Alarms and one dashboard of a service behind a load balancer. The alarms call nobody yet: give them actions. */
export class ServiceMonitoring extends Construct {
  /** The app answers with 5xx, or the load balancer does with 502, 503 or 504 in its place. */
  public readonly errors: cloudwatch.Alarm;
  /** The app answers slowly. */
  public readonly latency: cloudwatch.Alarm;
  /** A task does not pass its health checks. */
  public readonly unhealthy: cloudwatch.Alarm;
  /** The tasks' CPU is nearly used up. */
  public readonly cpu: cloudwatch.Alarm;
  /** The tasks' memory is nearly used up: a task that takes more is killed. */
  public readonly memory: cloudwatch.Alarm;
  /** A rollout neither succeeds nor fails. */
  public readonly rollout: cloudwatch.Alarm;
  public readonly dashboard: cloudwatch.Dashboard;

  constructor(scope: Construct, id: string, props: ServiceMonitoringProps) {
    super(scope, id);
    const { service } = props;
    const groups = [props.targetGroup, ...(props.alternateTargetGroup ? [props.alternateTargetGroup] : [])];
    const metrics = groups.map((group) => group.metrics);
    const rolloutMinutes = checkedMinutes(props.rolloutWithin ?? Duration.minutes(30));
    const period = Duration.minutes(1);
    const slow = (props.slowAfter ?? Duration.seconds(3)).toMilliseconds() / 1000;
    const fiveHundreds = combined('SUM', serverErrors(groups, props.sharedLoadBalancer ?? false));
    const seconds = combined(
      'MAX',
      metrics.map((group) => group.targetResponseTime({ period, statistic: 'p95' })),
    );
    const sick = combined(
      'MAX',
      metrics.map((group) => group.unhealthyHostCount({ period, statistic: 'Maximum' })),
    );
    const requests = combined(
      'SUM',
      metrics.map((group) => group.requestCount({ period, statistic: 'Sum' })),
    );

    this.errors = this.alarm(
      'Errors',
      fiveHundreds,
      5,
      'Five requests of a minute got an error, or no answer of the app.',
      1,
    );
    this.latency = this.alarm('Latency', seconds, slow, `One request of twenty took longer than ${slow} s.`, 3);
    this.unhealthy = this.alarm('Unhealthy', sick, 1, 'A task has not passed its health checks for three minutes.', 3);
    this.cpu = this.alarm('Cpu', service.metricCpuUtilization({ period }), 90, 'The tasks use 90 % of their CPU.', 5);
    const memory = service.metricMemoryUtilization({ period, statistic: 'Maximum' });
    this.memory = this.alarm('Memory', memory, 90, 'A task uses 90 % of its memory and may be killed soon.', 3);
    // More than one deployment all the time: a rollout goes on.
    const rollouts = this.count(service, 'DeploymentCount').with({ period: ROLLOUT_PERIOD, statistic: 'Minimum' });
    const rolloutText = `A rollout has been going on for ${rolloutMinutes} minutes.`;
    this.rollout = this.alarm('Rollout', rollouts, 2, rolloutText, rolloutMinutes / ROLLOUT_PERIOD.toMinutes());
    this.dashboard = this.makeDashboard(props, [
      [graph('Requests', requests), graph('Errors (5xx)', fiveHundreds)],
      [graph('Seconds to answer (p95)', seconds), graph('Unhealthy tasks', sick)],
      [graph('CPU, percent', service.metricCpuUtilization({ period })), graph('Memory, percent', memory)],
      [
        graph('Tasks', this.count(service, 'DesiredTaskCount'), this.count(service, 'RunningTaskCount')),
        graph('Deployments (2 while a rollout goes on)', this.count(service, 'DeploymentCount')),
      ],
    ]);
  }

  private alarm(id: string, metric: cloudwatch.IMetric, threshold: number, alarmDescription: string, periods: number) {
    return new cloudwatch.Alarm(this, id, {
      metric,
      threshold,
      alarmDescription,
      evaluationPeriods: periods,
      comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      // At night nobody asks: that is no alarm.
      treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
    });
  }

  /** A count of Container Insights. */
  private count(service: ecs.BaseService, metricName: string): cloudwatch.Metric {
    const dimensionsMap = { ClusterName: service.cluster.clusterName, ServiceName: service.serviceName };
    return new cloudwatch.Metric({ namespace: 'ECS/ContainerInsights', metricName, dimensionsMap });
  }

  private makeDashboard(props: ServiceMonitoringProps, rows: cloudwatch.GraphWidget[][]): cloudwatch.Dashboard {
    const all = [this.errors, this.latency, this.unhealthy, this.cpu, this.memory, this.rollout];
    return new cloudwatch.Dashboard(this, 'Dashboard', {
      dashboardName: props.dashboardName,
      widgets: [[new cloudwatch.AlarmStatusWidget({ title: 'Alarms', alarms: all, width: 24, height: 3 })], ...rows],
    });
  }
}

/**
 * What visitors see as an error. Of an app that is down, the target group counts nothing: the load balancer answers in its place.
 * Not its HTTPCode_ELB_5XX_Count, which has failed sign-ins (561), too.
 */
function serverErrors(groups: elbv2.ApplicationTargetGroup[], shared: boolean): cloudwatch.Metric[] {
  const each = { period: Duration.minutes(1), statistic: 'Sum' };
  const ofBalancer = (metricName: string) => {
    const dimensionsMap = { LoadBalancer: groups[0].firstLoadBalancerFullName };
    return new cloudwatch.Metric({ namespace: 'AWS/ApplicationELB', metricName, dimensionsMap, ...each });
  };
  return [
    ...groups.map(({ metrics }) => metrics.httpCodeTarget(elbv2.HttpCodeTarget.TARGET_5XX_COUNT, each)),
    ...(shared
      ? groups.map(({ metrics }) => metrics.targetConnectionErrorCount(each))
      : ['502', '503', '504'].map((code) => ofBalancer(`HTTPCode_ELB_${code}_Count`))),
  ];
}

/** Several metrics as one. A count of nothing is not reported at all: with '+' the whole sum would be missing. */
function combined(how: 'SUM' | 'MAX', metrics: cloudwatch.Metric[]): cloudwatch.IMetric {
  if (metrics.length === 1) {
    return metrics[0];
  }
  const usingMetrics = Object.fromEntries(metrics.map((metric, index) => [`m${index}`, metric]));
  const filled = Object.keys(usingMetrics).map((name) => `FILL(${name}, 0)`);
  const expression = `${how}([${filled.join(', ')}])`;
  return new cloudwatch.MathExpression({ expression, usingMetrics, period: Duration.minutes(1) });
}

function checkedMinutes(time: Duration): number {
  const minutes = time.toMinutes({ integral: false });
  const fits = minutes >= 5 && minutes <= 1_440 && minutes % ROLLOUT_PERIOD.toMinutes() === 0;
  requireThat(fits, 'rolloutWithin', 'be from 5 minutes to 24 hours, in steps of 5 minutes', `${minutes} minutes`);
  return minutes;
}

function graph(title: string, ...left: cloudwatch.IMetric[]): cloudwatch.GraphWidget {
  return new cloudwatch.GraphWidget({ title, left, width: 12, leftYAxis: { min: 0 } });
}
