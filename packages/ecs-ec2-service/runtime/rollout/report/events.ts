import type { Outcome } from '../outcome';
import type { FailureReport } from '../why/failure';

/** What happens, as it happens: one of these a line with `--json`. */
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
  | { type: 'finished'; outcome: Outcome; message: string; failure?: FailureReport; seconds: number };

/** How far a rollout is. */
export interface Progress {
  readonly status: string;
  readonly stage?: string;
  readonly running: number;
  readonly pending: number;
  readonly requested: number;
  readonly failed: number;
}

export type Report = (event: RolloutEvent) => void;
