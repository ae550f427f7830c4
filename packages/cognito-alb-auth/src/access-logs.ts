import type { ApplicationLoadBalancer } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Duration, RemovalPolicy, Stack, Token, Validations } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { requireThat } from './validation';

/** Where the load balancer writes a line for each request: who asked from where, what, when, and how it went. */
export interface AccessLogsOptions {
  /**
   * Bucket in the same region, encrypted with keys of S3 (the load balancer cannot write to one with a KMS key).
   *
   * @default - one is made, private and encrypted, and retained when it leaves the stack
   */
  readonly bucket?: s3.IBucket;

  /**
   * How long lines are kept in the bucket that is made, in whole days. They hold the addresses of readers.
   *
   * @default Duration.days(90)
   */
  readonly retention?: Duration;
}

/** @throws Error when the region is not known, or a retention is given for a bucket that has its own rules */
export function validateAccessLogs(scope: Construct, options: AccessLogsOptions | undefined): void {
  if (!options) {
    return;
  }
  requireThat(
    !Token.isUnresolved(Stack.of(scope).region),
    'accessLogs',
    'be used in a stack with a region, because the account that writes the logs depends on it',
    'a stack without one',
  );
  requireThat(
    !(options.bucket && options.retention),
    'accessLogs.retention',
    "be left out when 'bucket' is given: it has lifecycle rules of its own",
    options.retention?.toHumanString(),
  );
  requireThat(
    !options.retention || options.retention.toSeconds() >= 86_400,
    'accessLogs.retention',
    'be a day or more',
    options.retention?.toHumanString(),
  );
}

/** Switches access logs on. */
export function logAccess(scope: Construct, loadBalancer: ApplicationLoadBalancer, options: AccessLogsOptions): void {
  loadBalancer.logAccessLogs(options.bucket ?? createBucket(scope, options), 'access-logs');
}

function createBucket(scope: Construct, { retention = Duration.days(90) }: AccessLogsOptions) {
  const bucket = new s3.Bucket(scope, 'AccessLogs', {
    encryption: s3.BucketEncryption.S3_MANAGED,
    blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
    enforceSSL: true,
    lifecycleRules: [{ expiration: retention, abortIncompleteMultipartUploadAfter: Duration.days(7) }],
    removalPolicy: RemovalPolicy.RETAIN,
  });
  Validations.of(bucket).acknowledge({
    id: 'AwsSolutions-S1',
    reason: 'It holds logs itself; logging who reads the logs would never end.',
  });
  return bucket;
}
