import type * as logs from 'aws-cdk-lib/aws-logs';

/** What a deployment may read beyond the service itself. */
export interface DeployGrantOptions {
  /**
   * Logs of the app: the last lines of a task that failed tell why.
   *
   * @default - the report of a failed deployment comes without log lines
   */
  readonly logGroup?: logs.ILogGroup;
}
