import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';

/** What `FrontDoorAlarms` watches. */
export interface FrontDoorAlarmsProps {
  /** The load balancer that counts. */
  readonly loadBalancer: elbv2.ApplicationLoadBalancer;

  /** The app's targets. */
  readonly targetGroup: elbv2.ApplicationTargetGroup;
}

/**
 * Three alarms that say that colleagues are not served, about 60 cents a month together.
 *
 * They do nothing by themselves: let a service roll back on them, or a channel hear of them.
 */
export class FrontDoorAlarms extends Construct {
  /**
   * The app answered 5xx, or the load balancer 502, 503 or 504 in its place, at least five times a minute, in two of three
   * minutes.
   */
  public readonly serverErrors: cloudwatch.Alarm;

  /** A target failed its health checks for three minutes. */
  public readonly unhealthyTargets: cloudwatch.Alarm;

  /** Signing in failed at least five times a minute because of the set-up, not of the visitor, in two of three minutes. */
  public readonly signInErrors: cloudwatch.Alarm;

  // Named, not taken apart: in Java a parameter needs a name.
  public constructor(scope: Construct, id: string, props: FrontDoorAlarmsProps) {
    super(scope, id);
    const app = appAlarms(this, props.targetGroup, props.loadBalancer);
    this.serverErrors = app.serverErrors;
    this.unhealthyTargets = app.unhealthyTargets;
    this.signInErrors = signInErrorsAlarm(this, props.loadBalancer);
  }
}

const OFTEN = { threshold: 5, evaluationPeriods: 3, datapointsToAlarm: 2 };
const EACH_MINUTE = { period: Duration.minutes(1), statistic: 'Sum' };

/**
 * The two alarms that are about one app.
 *
 * @param loadBalancer where it is the app's alone: a balancer does not tell whose its own errors are
 */
export function appAlarms(
  scope: Construct,
  targetGroup: elbv2.ApplicationTargetGroup,
  loadBalancer?: elbv2.ApplicationLoadBalancer,
) {
  return {
    serverErrors: alarm(scope, 'ServerErrors', {
      ...OFTEN,
      metric: errors(targetGroup, loadBalancer),
      description: 'The app answers with errors, or not at all.',
    }),
    unhealthyTargets: alarm(scope, 'UnhealthyTargets', {
      threshold: 1,
      evaluationPeriods: 3,
      datapointsToAlarm: 3,
      metric: targetGroup.metrics.unhealthyHostCount({ ...EACH_MINUTE, statistic: 'Maximum' }),
      description: 'A target of the app does not pass its health checks.',
    }),
  };
}

/** The alarm that is about the whole door. */
export function signInErrorsAlarm(scope: Construct, loadBalancer: elbv2.ApplicationLoadBalancer): cloudwatch.Alarm {
  return alarm(scope, 'SignInErrors', {
    ...OFTEN,
    metric: loadBalancer.metrics.elbAuthError(EACH_MINUTE),
    description: 'Signing in fails: Cognito or a provider behind it is misconfigured or out of reach.',
  });
}

/**
 * What visitors see as an error of the app. Of an app that is down, the target group counts nothing: the load balancer answers in
 * its place. Not its HTTPCode_ELB_5XX_Count, which has the failed sign-ins (561), too.
 */
function errors(
  targetGroup: elbv2.ApplicationTargetGroup,
  loadBalancer: elbv2.ApplicationLoadBalancer | undefined,
): cloudwatch.IMetric {
  const { ELB_502_COUNT, ELB_503_COUNT, ELB_504_COUNT } = elbv2.HttpCodeElb;
  const all = [
    targetGroup.metrics.httpCodeTarget(elbv2.HttpCodeTarget.TARGET_5XX_COUNT, EACH_MINUTE),
    ...(loadBalancer
      ? [ELB_502_COUNT, ELB_503_COUNT, ELB_504_COUNT].map((code) => loadBalancer.metrics.httpCodeElb(code, EACH_MINUTE))
      : [targetGroup.metrics.targetConnectionErrorCount(EACH_MINUTE)]),
  ];
  const names = all.map((_metric, index) => `errors${index}`);
  return new cloudwatch.MathExpression({
    // A count of nothing is not reported at all, and with '+' the whole sum would be missing.
    expression: `SUM([${names.map((name) => `FILL(${name}, 0)`).join(', ')}])`,
    usingMetrics: Object.fromEntries(all.map((metric, index) => [names[index], metric])),
    period: EACH_MINUTE.period,
    label: 'Errors (5xx)',
  });
}

function alarm(
  scope: Construct,
  id: string,
  options: {
    readonly metric: cloudwatch.IMetric;
    readonly threshold: number;
    readonly evaluationPeriods: number;
    readonly datapointsToAlarm: number;
    readonly description: string;
  },
) {
  return new cloudwatch.Alarm(scope, id, {
    metric: options.metric,
    threshold: options.threshold,
    evaluationPeriods: options.evaluationPeriods,
    datapointsToAlarm: options.datapointsToAlarm,
    comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    // No requests at night are no reason to wake anybody.
    treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
    alarmDescription: options.description,
  });
}
