import type { Aws } from './aws/calls';
import type { Clock } from './clock';
import type { Report } from './report/events';

/** What every command works with. */
export interface Context {
  readonly aws: Aws;
  readonly clock: Clock;
  readonly report: Report;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
}

/** Which service is meant. */
export interface ServiceName {
  readonly cluster: string;
  readonly service: string;
}
