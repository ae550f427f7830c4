import type { ServiceDeployment } from '@aws-sdk/client-ecs';
import type { Outcome } from '../outcome';

/** A judgement, with its reason in a sentence. */
export interface Verdict {
  readonly outcome: Outcome;
  readonly message: string;
  /** What to do, unless it succeeded. */
  readonly next?: string;
}

/** Statuses that never change again. Source: Amazon ECS API Reference, ServiceDeployment. */
const terminal = new Set(['SUCCESSFUL', 'STOPPED', 'ROLLBACK_SUCCESSFUL', 'ROLLBACK_FAILED']);

export function isTerminal(deployment: ServiceDeployment): boolean {
  return terminal.has(deployment.status ?? '');
}

/**
 * What a deployment that has ended means. It only repeats what ECS says of this very deployment: a service that is stable
 * may be stable because it was rolled back.
 *
 * @param seen what was seen of it before: an operator's request leaves no other trace
 * @param newer whether a newer deployment of the service exists
 */
export function judge(deployment: ServiceDeployment, seen: { operator: boolean }, newer: boolean): Verdict {
  const cause = causeOf(deployment, seen.operator);
  switch (deployment.status) {
    case 'SUCCESSFUL':
      return { outcome: 'succeeded', message: 'ECS reports the deployment as successful.' };
    case 'ROLLBACK_SUCCESSFUL':
      return {
        outcome: cause.operator ? 'stopped' : 'rolled-back',
        message: `${cause.sentence} The version before it is live again.`,
        next: cause.next,
      };
    case 'ROLLBACK_FAILED':
      return {
        outcome: 'failed',
        message: `${cause.sentence} The rollback failed as well: look at the service now.`,
        next: "The service's events say what its tasks fail of; then bring back a version that ran: 'ecs-rollout rollback --to REVISION'.",
      };
    case 'STOPPED':
      return newer
        ? {
            outcome: 'superseded',
            message: 'A newer deployment of this service took over.',
            next: "Follow that one: 'ecs-rollout watch'.",
          }
        : stopped(deployment, cause);
    default:
      throw new Error(`'status' must be terminal, got: ${deployment.status}`);
  }
}

/** Without rollback, a breaker or an alarm stops a deployment where it is; so does an operator. */
function stopped(deployment: ServiceDeployment, cause: Cause): Verdict {
  return cause.operator
    ? { outcome: 'stopped', message: `${cause.sentence} It was not rolled back.`, next: BRING_BACK }
    : {
        outcome: 'failed',
        message: `${cause.sentence} It was not rolled back (${unended(deployment.statusReason ?? 'no reason')}).`,
        next: BRING_BACK,
      };
}

const BRING_BACK = "Bring the version before back: 'ecs-rollout rollback'.";

interface Cause {
  readonly operator: boolean;
  readonly sentence: string;
  /** What to do about it. */
  readonly next: string;
}

function causeOf(deployment: ServiceDeployment, operatorSeen: boolean): Cause {
  const { deploymentCircuitBreaker: breaker, alarms, rollback, statusReason } = deployment;
  if (alarms?.status === 'TRIGGERED' || alarms?.triggeredAlarmNames?.length) {
    const names = alarms.triggeredAlarmNames?.join(', ') || 'unnamed';
    const next = "Look in CloudWatch at that alarm's metric at the time of the rollout, and at the app's log.";
    return { operator: false, sentence: `The rollout raised an alarm: ${names}.`, next };
  }
  if (breaker?.status === 'TRIGGERED') {
    const count = breaker.failureCount === undefined ? 'too many' : String(breaker.failureCount);
    const next = 'The stopped tasks in the ECS console say why, for an hour.';
    return { operator: false, sentence: `The circuit breaker ended the rollout after ${count} failed tasks.`, next };
  }
  const reason = rollback?.reason ?? statusReason;
  // Nothing that watches the rollout has ended it, so somebody has: through the console, the CLI or StopServiceDeployment.
  const operator = operatorSeen || reason === undefined || !/hook|circuit breaker|alarm|fail|timed? ?out/i.test(reason);
  const next = operator
    ? 'Ask who it was, and why; then roll out again, or the next version.'
    : /hook/i.test(reason)
      ? "Look at the log of the hook's function, or ask who answered its pause."
      : "Look at the service's events in the ECS console.";
  return {
    operator,
    next,
    sentence: operator
      ? `Somebody stopped the rollout${reason ? ` (${unended(reason)})` : ''}.`
      : `The rollout failed: ${unended(reason ?? '')}.`,
  };
}

/** ECS's sentence as a part of ours. */
function unended(sentence: string): string {
  return sentence.replace(/\.$/, '');
}
