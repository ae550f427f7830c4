import type { ApprovalValue } from '../../src/approval-contract';

/** How much it matters. Routes filter by it. */
export type Severity = 'info' | 'success' | 'warning' | 'error';

/** What happened, before anybody decides how it looks. Every text may come from outside. */
export interface Notice {
  /** Stable name of what happened, e.g. `task-died`. */
  readonly kind: string;
  readonly severity: Severity;
  /** What and where in one line. */
  readonly title: string;
  /** Why, in AWS's or the author's words. */
  readonly reason?: string;
  /** Name and value of whatever else helps. */
  readonly facts?: [name: string, value: string][];
  readonly links?: Link[];
  /** Account, region, time: small and last. */
  readonly origin?: string[];
  /** Notices of one burst are alike: the first is told, the others are counted, and the sum tells the last one. */
  readonly burst?: string;
  /** What has a beginning and an end: its length is told, and a beginning that comes after the end is not. */
  readonly operation?: Operation;
  /** Which deployment of a service it is about: its images say which commit. */
  readonly deployment?: DeploymentOf;
  /** It is the state of an alarm, which says nothing new at times. */
  readonly alarm?: AlarmState;
  /** Somebody has to decide: buttons for it, where the channel has them. */
  readonly decision?: ApprovalValue;
}

export interface Operation {
  readonly id: string;
  readonly phase: 'started' | 'ended';
  /** ISO 8601. */
  readonly at: string;
  /** It brings back what ran before, and why: its end is no success then. */
  readonly rollback?: string;
}

export interface DeploymentOf {
  readonly serviceArn: string;
  /** Missing where AWS does not say it. */
  readonly serviceDeploymentArn?: string;
  /** ISO 8601. */
  readonly at: string;
  /** It goes back to what ran before. */
  readonly back?: boolean;
}

export interface AlarmState {
  readonly id: string;
  readonly value: 'ALARM' | 'OK';
  /** The state before, as CloudWatch says it, or empty. */
  readonly before: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

export interface Link {
  readonly text: string;
  readonly url: string;
}
