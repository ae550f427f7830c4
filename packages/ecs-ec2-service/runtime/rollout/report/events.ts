import type { ErrorCode, Outcome } from '../outcome';
import type { FailureReport } from '../why/failure';

/** What happens, as it happens: one of these a line with `--json`, with its `time`. */
export type RolloutEvent =
  | { type: 'started'; service: string; image: string; taskDefinition: string; deployment: string }
  | { type: 'attached'; service: string; taskDefinition: string; deployment: string; why: string }
  | { type: 'unchanged'; service: string; image: string; taskDefinition: string }
  | ({ type: 'progress' } & Progress)
  | { type: 'hook-paused'; stage: string; hint: string }
  | { type: 'service-event'; message: string }
  | { type: 'failing'; failures: number; failure: FailureReport }
  | { type: 'no-breaker'; message: string }
  | { type: 'retrying'; what: string; because: string }
  | { type: 'note'; message: string }
  | { type: 'recorded'; parameter: string; image: string }
  | { type: 'status'; lines: string[]; data: object }
  | { type: 'finished'; outcome: Outcome; message: string; next?: string; failure?: FailureReport; seconds: number }
  | { type: 'error'; code: ErrorCode | 'interrupted'; message: string };

/** What each event means, for the README. */
export const eventMeanings: Record<RolloutEvent['type'], string> = {
  started: 'the rollout has begun: `service`, `image`, `taskDefinition`, `deployment`',
  attached: 'a deployment that goes on already is followed: `service`, `taskDefinition`, `deployment`, `why`',
  unchanged: 'the image is live already: `service`, `image`, `taskDefinition`',
  progress:
    'something has moved: `status`, `stage`, and how many tasks are `running`, `pending`, `requested`, `failed`, `old`',
  'hook-paused': 'the deployment waits for an approval: `stage`, and `hint` with the command that lets it go on',
  'service-event': "a `message` of the service's own events",
  failing: 'from the second failed task on, or when none can start: `failures`, `failure`',
  'no-breaker': 'the service has no circuit breaker, in a `message`',
  retrying: 'AWS did not answer: `what` was called, `because` of which error it is called again',
  note: 'something to know, in a `message`',
  recorded: 'the released-image `parameter` says `image`',
  status: 'what `status` tells: `data`, and the same as `lines`',
  finished:
    'the last one of a rollout: `outcome`, `message`, `seconds`; unless it succeeded also `next`, and `failure` when tasks failed',
  error: 'the last one instead, when the tool could not go on: `code`, `message`',
};

/** How far a rollout is. */
export interface Progress {
  readonly status: string;
  readonly stage?: string;
  readonly running: number;
  readonly pending: number;
  readonly requested: number;
  /** Tasks of the version before that still run. */
  readonly old: number;
  readonly failed: number;
}

export type Report = (event: RolloutEvent) => void;
