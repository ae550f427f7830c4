import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Construct } from 'constructs';

/** What `FrontDoorAlarms` watches. */
export interface FrontDoorAlarmsProps {
  /** The load balancer that counts. */
  readonly loadBalancer: elbv2.ApplicationLoadBalancer;

  /** The app's targets. */
  readonly targetGroup: elbv2.ApplicationTargetGroup;
}

/**
 * Three alarms that say that colleagues are not served, about 30 cents a month together.
 *
 * They do nothing by themselves: let a service roll back on them, or a channel hear of them.
 */
export class FrontDoorAlarms extends Construct {
  /** The app answered 5xx at least five times a minute, in two of three minutes. */
  public readonly serverErrors: cloudwatch.Alarm;

  /** A target failed its health checks for three minutes. */
  public readonly unhealthyTargets: cloudwatch.Alarm;

  /** Signing in failed at least five times a minute because of the set-up, not of the visitor, in two of three minutes. */
  public readonly signInErrors: cloudwatch.Alarm;

  // Named, not taken apart: in Java a parameter needs a name.
  public constructor(scope: Construct, id: string, props: FrontDoorAlarmsProps) {
    super(scope, id);
    const app = appAlarms(this, props.targetGroup);
    this.serverErrors = app.serverErrors;
    this.unhealthyTargets = app.unhealthyTargets;
    this.signInErrors = signInErrorsAlarm(this, props.loadBalancer);
  }
}

const OFTEN = { threshold: 5, evaluationPeriods: 3, datapointsToAlarm: 2, statistic: 'Sum' };

/** The two alarms that are about one app. */
export function appAlarms(scope: Construct, targetGroup: elbv2.ApplicationTargetGroup) {
  return {
    serverErrors: alarm(scope, 'ServerErrors', {
      ...OFTEN,
      metric: targetGroup.metrics.httpCodeTarget(elbv2.HttpCodeTarget.TARGET_5XX_COUNT),
      description: 'The app answers with errors.',
    }),
    unhealthyTargets: alarm(scope, 'UnhealthyTargets', {
      threshold: 1,
      evaluationPeriods: 3,
      datapointsToAlarm: 3,
      statistic: 'Maximum',
      metric: targetGroup.metrics.unhealthyHostCount(),
      description: 'A target of the app does not pass its health checks.',
    }),
  };
}

/** The alarm that is about the whole door. */
export function signInErrorsAlarm(scope: Construct, loadBalancer: elbv2.ApplicationLoadBalancer): cloudwatch.Alarm {
  return alarm(scope, 'SignInErrors', {
    ...OFTEN,
    metric: loadBalancer.metrics.elbAuthError(),
    description: 'Signing in fails: Cognito or a provider behind it is misconfigured or out of reach.',
  });
}

function alarm(
  scope: Construct,
  id: string,
  options: {
    readonly metric: cloudwatch.Metric;
    readonly statistic: string;
    readonly threshold: number;
    readonly evaluationPeriods: number;
    readonly datapointsToAlarm: number;
    readonly description: string;
  },
) {
  return new cloudwatch.Alarm(scope, id, {
    metric: options.metric.with({ period: Duration.minutes(1), statistic: options.statistic }),
    threshold: options.threshold,
    evaluationPeriods: options.evaluationPeriods,
    datapointsToAlarm: options.datapointsToAlarm,
    comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    // No requests at night are no reason to wake anybody.
    treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
    alarmDescription: options.description,
  });
}
