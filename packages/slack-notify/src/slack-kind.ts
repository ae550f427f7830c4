/** What happened. */
export enum SlackKind {
  /** A deployment started. */
  DEPLOYMENT_STARTED = 'deployment-started',
  /** A deployment is complete and steady. */
  DEPLOYMENT_COMPLETED = 'deployment-completed',
  /** A deployment failed. */
  DEPLOYMENT_FAILED = 'deployment-failed',
  /** The service goes back to what ran before. */
  DEPLOYMENT_ROLLING_BACK = 'deployment-rolling-back',
  /** The service runs again what ran before. */
  DEPLOYMENT_ROLLED_BACK = 'deployment-rolled-back',
  /** A deployment waits at a pause hook for a decision. */
  DEPLOYMENT_PAUSED = 'deployment-paused',
  /** A task died, could not start, lost its host or failed its health checks. */
  TASK_DIED = 'task-died',
  /** An alarm went off. */
  ALARM = 'alarm',
  /** An alarm recovered. */
  ALARM_RECOVERED = 'alarm-recovered',
  /** An alarm has not enough data. Only by `SlackSource.pattern`. */
  ALARM_UNCLEAR = 'alarm-unclear',
  /** An image was scanned. */
  SCAN_FINDINGS = 'scan-findings',
  /** An image could not be scanned. Only by `SlackSource.pattern`. */
  SCAN_FAILED = 'scan-failed',
  /** An image was pushed. */
  IMAGE_PUSHED = 'image-pushed',
  /** An image could not be pushed. Only by `SlackSource.pattern`. */
  IMAGE_PUSH_FAILED = 'image-push-failed',
  /** Anything that is not known by name. */
  UNKNOWN = 'unknown',
}

/** How much it matters. */
export enum SlackSeverity {
  /** Good to know: a start, a push. */
  INFO = 'info',
  /** Something ended well. */
  SUCCESS = 'success',
  /** Something is odd. */
  WARNING = 'warning',
  /** Something is broken. */
  ERROR = 'error',
}
