import { Alarm, ComparisonOperator, Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { ContainerDefinition } from 'aws-cdk-lib/aws-ecs';
import { BlockPublicAccess, Bucket, BucketEncryption, type CfnBucket, HttpMethods } from 'aws-cdk-lib/aws-s3';
import { Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';

export interface DataBucketProps {
  /** Address of the dashboard, from whose upload page browsers send files straight into the bucket. */
  readonly url: string;
  /** Who may upload, as the dashboard's `PAEBBL_PUBLISHERS` has it. */
  readonly publishers: string;
  /** Identity providers whose e-mail addresses count as verified, as the dashboard's `PAEBBL_TRUSTED_PROVIDERS` has it. */
  readonly trustedProviders: string;
  /** The order of the sources, as the dashboard's `PAEBBL_SOURCES` has it; empty means all that are set up. */
  readonly sources: string;
  /** How often sources are asked for newer data. */
  readonly refreshSeconds: number;
}

/** The drag-and-drop bucket: what colleagues upload and publish, and the last good copy of every source. */
export class DataBucket extends Construct {
  public readonly bucket: Bucket;
  /** Goes off when the dashboard shows something else than its best source, and recovers with it. */
  public readonly problem: Alarm;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: DataBucketProps,
  ) {
    super(scope, id);
    this.bucket = new Bucket(this, 'Bucket', {
      versioned: true,
      encryption: BucketEncryption.S3_MANAGED,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      removalPolicy: RemovalPolicy.RETAIN,
      cors: [{ allowedMethods: [HttpMethods.POST], allowedOrigins: [props.url], allowedHeaders: ['*'], maxAge: 3600 }],
      lifecycleRules: [
        // What was dropped and neither published nor discarded; what was discarded is gone, and not kept as a version.
        {
          prefix: 'uploads/incoming/',
          expiration: Duration.days(7),
          noncurrentVersionExpiration: Duration.days(1),
        },
        // Answers of Athena are copies of what is in its tables.
        { prefix: 'athena/', expiration: Duration.days(1), noncurrentVersionExpiration: Duration.days(1) },
        { noncurrentVersionExpiration: Duration.days(90), abortIncompleteMultipartUploadAfter: Duration.days(7) },
      ],
    });
    Validations.of(this.bucket).acknowledge({
      id: 'AwsSolutions-S1',
      reason: 'Only the dashboard reads and writes here, and it logs who uploaded and published what.',
    });
    this.problem = this.createAlarm();
  }

  /** Lets the dashboard read, publish and keep its copies here, and tells it so. */
  public give(container: ContainerDefinition): void {
    const { taskRole } = container.taskDefinition;
    this.bucket.grantReadWrite(taskRole, 'uploads/*');
    this.bucket.grantDelete(taskRole, 'uploads/*');
    this.bucket.grantReadWrite(taskRole, 'last-good/*');
    const settings = {
      PAEBBL_S3_BUCKET: this.bucket.bucketName,
      PAEBBL_S3_PREFIX: 'uploads/published/',
      PAEBBL_UPLOAD_BUCKET: this.bucket.bucketName,
      PAEBBL_COPY_BUCKET: this.bucket.bucketName,
      PAEBBL_PUBLISHERS: this.props.publishers,
      PAEBBL_TRUSTED_PROVIDERS: this.props.trustedProviders,
      PAEBBL_SOURCES: this.props.sources,
      PAEBBL_REFRESH_SECONDS: String(this.props.refreshSeconds),
      // On EC2 nobody else tells the container where it is, and AWS's regional services need to know.
      AWS_DEFAULT_REGION: Stack.of(this).region,
    };
    for (const [name, value] of Object.entries(settings)) {
      if (value) {
        container.addEnvironment(name, value);
      }
    }
    const bucket = Stack.of(this).getLogicalId(this.bucket.node.defaultChild as CfnBucket);
    Validations.of(taskRole).acknowledge(
      ...['s3:Abort*', 's3:DeleteObject*', 's3:GetBucket*', 's3:GetObject*', 's3:List*'].map((action) => ({
        id: `AwsSolutions-IAM5[Action::${action}]`,
        reason: "CDK's grants name the variants of an action by a wildcard.",
      })),
      ...['uploads/*', 'last-good/*'].map((folder) => ({
        id: `AwsSolutions-IAM5[Resource::<${bucket}.Arn>/${folder}]`,
        reason: 'Objects have names that nobody knows before; other folders are closed.',
      })),
    );
    Validations.of(container.taskDefinition).acknowledge({
      id: 'AwsSolutions-ECS2',
      reason: 'Names of buckets and of whom the dashboard trusts: settings, not secrets.',
    });
  }

  private createAlarm(): Alarm {
    return new Alarm(this, 'Problem', {
      alarmDescription: 'The dashboard shows older or other data than it should: its header says which and why.',
      metric: new Metric({
        namespace: 'PaebblViz',
        metricName: 'DataProblem',
        statistic: 'Maximum',
        // The app repeats it each minute while it lasts, so that this need not follow how often sources are asked.
        period: Duration.minutes(5),
      }),
      threshold: 1,
      evaluationPeriods: 1,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
  }
}
