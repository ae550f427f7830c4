import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { Duration } from 'aws-cdk-lib/core';
import { nameOfAlarm } from './deployment-configuration';
import { type DeploymentPause, hookOf, validatePause } from './deployment-pause';
import { requireInteger, requireThat } from './validation';

/** Where traffic is shifted. ECS's own is 15 minutes. */
const DEFAULT_BAKE_TIME = Duration.minutes(5);

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
   * CloudFormation finds a circle. For alarms that are made after the service, see `EcsEc2Service.rollBackOn()`.
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

  /**
   * Points at which a deployment waits until somebody says how it goes on.
   *
   * @default - none
   */
  readonly pauses?: DeploymentPause[];
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
   * Time between steps. From 0 to 24 hours, whole minutes.
   *
   * @default Duration.minutes(6)
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
   * Time with that share. From 0 to 24 hours, whole minutes.
   *
   * @default Duration.minutes(10)
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
    const { stepPercent = 10, stepBakeTime = Duration.minutes(6) } = options;
    requireInteger(stepPercent, 'stepPercent', 3, 100);
    requireBakeTime(stepBakeTime, 'stepBakeTime');
    // The last step is not baked.
    requireShort(options.bakeTime, stepBakeTime, Math.ceil(100 / stepPercent) - 1);
    return new DeploymentStyle(ecs.DeploymentStrategy.LINEAR, options, {
      linearConfiguration: { stepPercent, stepBakeTime },
    });
  }

  /** A small share of the traffic first. */
  public static canary(options: CanaryOptions = {}): DeploymentStyle {
    const { canaryPercent = 10, canaryBakeTime = Duration.minutes(10) } = options;
    requireInteger(canaryPercent, 'canaryPercent', 1, 99);
    requireBakeTime(canaryBakeTime, 'canaryBakeTime');
    requireShort(options.bakeTime, canaryBakeTime, 1);
    return new DeploymentStyle(ecs.DeploymentStrategy.CANARY, options, {
      canaryConfiguration: { stepPercent: canaryPercent, stepBakeTime: canaryBakeTime },
    });
  }

  private constructor(
    private readonly strategy: ecs.DeploymentStrategy,
    private readonly options: DeploymentOptions,
    private readonly shift: Pick<ecs.BaseServiceOptions, 'linearConfiguration' | 'canaryConfiguration'>,
  ) {
    requireBakeTime(options.bakeTime, 'bakeTime');
    for (const pause of options.pauses ?? []) {
      validatePause(pause, this.isRolling);
    }
  }

  private get isRolling(): boolean {
    return this.strategy === ecs.DeploymentStrategy.ROLLING;
  }

  /** @internal */
  public _shiftsTraffic(): boolean {
    return !this.isRolling;
  }

  /** @internal */
  public _serviceOptions(): Partial<ecs.BaseServiceOptions> {
    return {
      ...this.shift,
      deploymentStrategy: this.strategy,
      bakeTime: this.options.bakeTime ?? (this.isRolling ? undefined : DEFAULT_BAKE_TIME),
    };
  }

  /** @internal */
  public _rollbackAlarms(): string[] {
    return (this.options.rollbackAlarms ?? []).map(nameOfAlarm);
  }

  /** @internal */
  public _lifecycleHooks(): ecs.IDeploymentLifecycleHookTarget[] {
    return this.options.lifecycleHooks ?? [];
  }

  /** @internal */
  public _pauses(): ecs.CfnService.DeploymentLifecycleHookProperty[] {
    return (this.options.pauses ?? []).map(hookOf);
  }
}

function requireBakeTime(time: Duration | undefined, prop: string): void {
  const minutes = time?.toMinutes({ integral: false });
  const fits = minutes === undefined || (Number.isInteger(minutes) && minutes >= 0 && minutes <= 1_440);
  requireThat(fits, prop, 'be from 0 to 24 hours, in whole minutes', `${minutes} minutes`);
}

/** CloudFormation refuses what it would have to give up: it waits for 36 hours at most. */
function requireShort(bakeTime: Duration = DEFAULT_BAKE_TIME, stepBakeTime: Duration, steps: number): void {
  const hours = (bakeTime.toMinutes() + steps * stepBakeTime.toMinutes()) / 60;
  requireThat(hours <= 33, 'bakeTime', 'take 33 hours at most, together with the time between steps', `${hours} hours`);
}
