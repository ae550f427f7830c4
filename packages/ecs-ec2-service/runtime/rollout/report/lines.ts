import type { FailureReport } from '../why/failure';
import type { Progress, RolloutEvent } from './events';
import { safe } from './safe';

/**
 * An event as lines for people, without colour.
 *
 * @param brief leaves out the evidence of a failure that was shown before
 */
export function linesOf(event: RolloutEvent, brief = false): string[] {
  switch (event.type) {
    case 'started':
      return [`Rolling out ${event.image}`, `  ${short(event.taskDefinition)}, deployment ${short(event.deployment)}`];
    case 'attached':
      return [`${event.why} Following deployment ${short(event.deployment)} of ${short(event.taskDefinition)}.`];
    case 'unchanged':
      return [
        `${event.service} runs ${event.image} already: a tag is taken to mean the same image for ever.`,
        '  To start its tasks anew, as after a secret has changed: the same command with --force.',
      ];
    case 'progress':
      return [progressLine(event)];
    case 'hook-paused':
      return [`Waits for an approval (${stageName(event.stage)}). To go on:`, `  ${event.hint}`];
    case 'service-event':
      return [`  ECS: ${safe(event.message)}`];
    case 'failing':
      return [
        event.failures > 0 ? `Failing: ${event.failures} tasks have failed so far.` : 'Failing: no task can start.',
        ...failureLines(event.failure),
      ];
    case 'no-breaker':
    case 'note':
      return [`Note: ${safe(event.message)}`];
    case 'retrying':
      return [`  ${event.what}: ${safe(event.because)}, trying again`];
    case 'recorded':
      return [`${event.parameter} says ${event.image}`];
    case 'status':
      return event.lines.map(safe);
    case 'finished':
      return [
        ...(event.failure && event.outcome !== 'succeeded' ? failureLines(event.failure, brief) : []),
        // What a task failed of comes before what the verdict alone could advise.
        ...(event.next && !event.failure ? [`  Next: ${safe(event.next)}`] : []),
        `${headline(event.outcome)} after ${time(event.seconds)}: ${safe(event.message)}`,
      ];
    case 'error':
      return [safe(event.message)];
  }
}

/** The reason first, then the next step, then the evidence. */
export function failureLines(failure: FailureReport, brief = false): string[] {
  const first = [`  Why:  ${safe(failure.what)}`, `  Next: ${safe(failure.next)}`];
  return brief ? first : [...first, ...evidence(failure)];
}

function evidence(failure: FailureReport): string[] {
  return [
    ...(failure.health ? [`  ELB:  ${safe(failure.health)}`] : []),
    ...(failure.reason ? [`  ECS:  ${safe(failure.reason)}`] : []),
    ...(failure.container && failure.exitCode !== undefined
      ? [`  Container ${failure.container}, exit code ${failure.exitCode}`]
      : []),
    ...(failure.log?.length ? ['  Last lines of its log:', ...failure.log.map((line) => `  | ${safe(line)}`)] : []),
  ];
}

export function headline(outcome: string): string {
  const words: Record<string, string> = {
    succeeded: 'Live',
    'rolled-back': 'Rolled back',
    failed: 'Failed',
    superseded: 'Superseded',
    stopped: 'Stopped',
    'timed-out': 'Timed out',
    'not-recorded': 'Live but not recorded',
    usage: 'Not started',
    'no-permission': 'No permission',
    unreachable: 'AWS does not answer',
    unexpected: 'Unexpected',
    interrupted: 'Interrupted',
  };
  return words[outcome] ?? outcome;
}

export function progressLine(progress: Progress): string {
  const { running, requested, pending, failed, old } = progress;
  return [
    `${running} of ${requested} new tasks run`,
    ...(pending > 0 ? [`${pending} start`] : []),
    ...(failed > 0 ? [`${failed} failed`] : []),
    ...(old > 0 ? [`${old} old`] : []),
    stageName(progress.status === 'IN_PROGRESS' && progress.stage ? progress.stage : progress.status),
  ].join(', ');
}

function stageName(text: string): string {
  return text.toLowerCase().replace(/_/g, ' ');
}

function short(arn: string): string {
  return arn.split('/').pop() ?? arn;
}

export function time(seconds: number): string {
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
