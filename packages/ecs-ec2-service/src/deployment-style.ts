import { Duration } from 'aws-cdk-lib';
import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { requireInteger, requireThat } from './validation';

/** What every style of deployment knows. */
export interface DeploymentOptions {
  /**
   * Time in which alarms may still roll the deployment back, after all traffic has reached the new version. From 0 to 24
   * hours, whole minutes.
   *
   * @default - none for rolling, else 5 minutes
   */
  readonly bakeTime?: Duration;

  /**
   * Alarms that roll a deployment back. An alarm on a metric of this very service needs a fixed name (`alarmName`), else
   * CloudFormation finds a circle.
   *
   * @default - none but the circuit breaker
   */
  readonly rollbackAlarms?: cloudwatch.IAlarm[];

  /**
   * Lambda functions to ask at stages of a deployment.
   *
   * @default - none
   */
  readonly lifecycleHooks?: ecs.IDeploymentLifecycleHookTarget[];
}

/** Traffic in equal steps. */
export interface LinearOptions extends DeploymentOptions {
  /**
   * Share of the traffic that a step moves, in percent. From 3 to 100.
   *
   * @default 10
   */
  readonly stepPercent?: number;

  /**
   * Time between steps, whole minutes.
   *
   * @default - 1 minute
   */
  readonly stepBakeTime?: Duration;
}

/** A small share first, then all of it. */
export interface CanaryOptions extends DeploymentOptions {
  /**
   * Share of the traffic that the new version gets first, in percent. From 1 to 99.
   *
   * @default 10
   */
  readonly canaryPercent?: number;

  /**
   * Time with that share, whole minutes.
   *
   * @default - 10 minutes
   */
  readonly canaryBakeTime?: Duration;
}

/**
 * How a new version replaces the one before.
 *
 * All but `rolling` shift traffic between two target groups: give the load balancer an alternate one with
 * `service.loadBalancerTarget({ alternateTarget: new ecs.AlternateTarget(...) })`. They are not the default, because a CDK
 * update can still reset the weights of a listener in the middle of a shift (aws-cdk 36649).
 */
export class DeploymentStyle {
  /** New tasks start, old ones stop: no second target group, no waiting. */
  public static rolling(options: DeploymentOptions = {}): DeploymentStyle {
    return new DeploymentStyle(ecs.DeploymentStrategy.ROLLING, options, {});
  }

  /** All traffic at once, to tasks that already stand. */
  public static blueGreen(options: DeploymentOptions = {}): DeploymentStyle {
    return new DeploymentStyle(ecs.DeploymentStrategy.BLUE_GREEN, options, {});
  }

  /** Traffic in equal steps. */
  public static linear(options: LinearOptions = {}): DeploymentStyle {
    requireInteger(options.stepPercent, 'stepPercent', 3, 100);
    return new DeploymentStyle(ecs.DeploymentStrategy.LINEAR, options, {
      linearConfiguration: { stepPercent: options.stepPercent ?? 10, stepBakeTime: options.stepBakeTime },
    });
  }

  /** A small share of the traffic first. */
  public static canary(options: CanaryOptions = {}): DeploymentStyle {
    requireInteger(options.canaryPercent, 'canaryPercent', 1, 99);
    return new DeploymentStyle(ecs.DeploymentStrategy.CANARY, options, {
      canaryConfiguration: { stepPercent: options.canaryPercent ?? 10, stepBakeTime: options.canaryBakeTime },
    });
  }

  private constructor(
    private readonly strategy: ecs.DeploymentStrategy,
    private readonly options: DeploymentOptions,
    private readonly shift: Pick<ecs.BaseServiceOptions, 'linearConfiguration' | 'canaryConfiguration'>,
  ) {
    const minutes = options.bakeTime?.toMinutes({ integral: false });
    const fits = minutes === undefined || (Number.isInteger(minutes) && minutes >= 0 && minutes <= 1440);
    requireThat(fits, 'bakeTime', 'be from 0 to 24 hours, in whole minutes', `${minutes} minutes`);
  }

  /** @internal */
  public _serviceOptions(): Partial<ecs.BaseServiceOptions> {
    const { bakeTime, rollbackAlarms, lifecycleHooks } = this.options;
    const rolling = this.strategy === ecs.DeploymentStrategy.ROLLING;
    return {
      ...this.shift,
      deploymentStrategy: this.strategy,
      bakeTime: bakeTime ?? (rolling ? undefined : Duration.minutes(5)),
      lifecycleHooks,
      deploymentAlarms: rollbackAlarms?.length
        ? {
            alarmNames: rollbackAlarms.map((alarm) => alarm.alarmName),
            behavior: ecs.AlarmBehavior.ROLLBACK_ON_ALARM,
          }
        : undefined,
    };
  }
}
