import type * as ecs from 'aws-cdk-lib/aws-ecs';
import type { Duration } from 'aws-cdk-lib/core';
import { requireThat } from './validation';

/** A point of a deployment at which it can wait. */
export enum PauseStage {
  /** No new task has started. */
  BEFORE_START = 'PRE_SCALE_UP',
  /** All new tasks have started; where traffic is shifted, none has reached them yet. */
  AFTER_START = 'POST_SCALE_UP',
  /** The new tasks get the requests of the test listener. Not for `rolling`. */
  AFTER_TEST_TRAFFIC = 'POST_TEST_TRAFFIC_SHIFT',
  /** Colleagues' requests are about to reach the new tasks; for `linear` and `canary`, before every step. Not for `rolling`. */
  BEFORE_TRAFFIC = 'PRE_PRODUCTION_TRAFFIC_SHIFT',
  /** All requests reach the new tasks, and the old ones still stand. Not for `rolling`. */
  AFTER_TRAFFIC = 'POST_PRODUCTION_TRAFFIC_SHIFT',
}

/**
 * Lets a deployment wait until somebody says how it goes on: in the console, with `aws ecs continue-service-deployment`, or with
 * a button in Slack (`@paebbl/slack-notify`).
 */
export interface DeploymentPause {
  /** Where it waits. */
  readonly stage: PauseStage;

  /**
   * How long it waits for an answer. From 1 minute to 14 days, whole minutes. CloudFormation gives up a deployment of its own
   * after 36 hours.
   *
   * @default Duration.hours(24)
   */
  readonly timeout?: Duration;

  /**
   * Goes on when nobody has answered by then. Otherwise it is rolled back.
   *
   * @default false
   */
  readonly continueOnTimeout?: boolean;
}

const NEED_TRAFFIC_SHIFT = [PauseStage.AFTER_TEST_TRAFFIC, PauseStage.BEFORE_TRAFFIC, PauseStage.AFTER_TRAFFIC];

/** Fails on a pause that ECS would refuse. */
export function validatePause({ stage, timeout }: DeploymentPause, rolling: boolean): void {
  const minutes = timeout?.toMinutes({ integral: false });
  const fits = minutes === undefined || (Number.isInteger(minutes) && minutes >= 1 && minutes <= 20_160);
  requireThat(fits, 'pauses.timeout', 'be from 1 minute to 14 days, in whole minutes', `${minutes} minutes`);
  const reached = !rolling || !NEED_TRAFFIC_SHIFT.includes(stage);
  requireThat(reached, 'pauses.stage', 'be BEFORE_START or AFTER_START for rolling, which shifts no traffic', stage);
}

/** The L2 knows Lambda functions only. */
export function hookOf(pause: DeploymentPause): ecs.CfnService.DeploymentLifecycleHookProperty {
  return {
    targetType: 'PAUSE',
    lifecycleStages: [pause.stage],
    timeoutConfiguration: {
      timeoutInMinutes: pause.timeout?.toMinutes() ?? 1_440,
      action: pause.continueOnTimeout ? 'CONTINUE' : 'ROLLBACK',
    },
  };
}
