import { CfnWorkGroup } from 'aws-cdk-lib/aws-athena';
import type { ContainerDefinition } from 'aws-cdk-lib/aws-ecs';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Bucket, type CfnBucket } from 'aws-cdk-lib/aws-s3';
import { ArnFormat, Size, Stack, Validations } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';

/** A table in Athena that is larger than the dashboard's machine. */
export interface AthenaSettings {
  /** Its database in Glue. */
  readonly database: string;
  /** Its name. */
  readonly table: string;
  /** The bucket of its Parquet files. */
  readonly bucketName: string;
  /** The folder of its Parquet files in the bucket, with a slash at the end. */
  readonly folder: string;
  /**
   * Columns that are wanted.
   *
   * @default - all
   */
  readonly columns?: readonly string[];
  /**
   * The column (a date or time) that orders the rows.
   *
   * @default - the rows come in any order
   */
  readonly timeColumn?: string;
  /**
   * Only rows of the last days; needs `timeColumn`.
   *
   * @default - all
   */
  readonly days?: number;
  /**
   * The most rows that are taken; of a larger table a random sample is.
   *
   * @default 1000000
   */
  readonly mostRows?: number;
  /**
   * A SELECT on the table that is run instead, for example one that aggregates.
   *
   * @default - the rows themselves
   */
  readonly sql?: string;
  /**
   * How often Athena is asked at most: it bills each query.
   *
   * @default 60
   */
  readonly minutes?: number;
  /** The most data that one query may scan: Athena stops it there, and bills no more than that. */
  readonly scanLimitGiB: number;
}

const ANSWERS = 'athena/';

export interface AthenaAccessProps {
  readonly settings: AthenaSettings;
  /** Where answers go, below `athena/`. */
  readonly answers: Bucket;
}

/** A workgroup with a limit of scanned data, and what the dashboard needs to ask one table in it. */
export class AthenaAccess extends Construct {
  public readonly workGroup: CfnWorkGroup;
  private readonly settings: AthenaSettings;
  private readonly answers: Bucket;

  constructor(scope: Construct, id: string, props: AthenaAccessProps) {
    super(scope, id);
    this.settings = props.settings;
    this.answers = props.answers;
    if (this.settings.days !== undefined && !this.settings.timeColumn) {
      throw new Error(`'timeColumn' must be set with 'days', got: days ${this.settings.days}`);
    }
    this.workGroup = new CfnWorkGroup(this, 'WorkGroup', {
      name: 'paebbl-viz',
      description: 'Queries of the dashboard paebbl-viz',
      recursiveDeleteOption: true,
      workGroupConfiguration: {
        enforceWorkGroupConfiguration: true,
        bytesScannedCutoffPerQuery: Size.gibibytes(this.settings.scanLimitGiB).toBytes(),
        resultConfiguration: {
          outputLocation: this.answers.s3UrlForObject(ANSWERS),
          encryptionConfiguration: { encryptionOption: 'SSE_S3' },
        },
      },
    });
  }

  /** Grants the container's task one table in the workgroup, and tells it which. */
  public give(container: ContainerDefinition): void {
    const { taskRole } = container.taskDefinition;
    const { bucketName, database, folder, table } = this.settings;
    const stack = Stack.of(this);
    taskRole.addToPrincipalPolicy(
      new PolicyStatement({
        actions: ['Start', 'Stop', 'Get']
          .map((verb) => `athena:${verb}QueryExecution`)
          .concat('athena:GetQueryResults'),
        resources: [stack.formatArn({ service: 'athena', resource: 'workgroup', resourceName: this.workGroup.name })],
      }),
    );
    taskRole.addToPrincipalPolicy(
      new PolicyStatement({
        actions: ['glue:GetDatabase', 'glue:GetTable', 'glue:GetPartitions'],
        resources: [
          stack.formatArn({ service: 'glue', resource: 'catalog', arnFormat: ArnFormat.NO_RESOURCE_NAME }),
          stack.formatArn({ service: 'glue', resource: 'database', resourceName: database }),
          stack.formatArn({ service: 'glue', resource: 'table', resourceName: `${database}/${table}` }),
        ],
      }),
    );
    // Where access to databases is fine-grained, Athena looks at this one before every query, whichever it is about.
    taskRole.addToPrincipalPolicy(
      new PolicyStatement({
        actions: ['glue:GetDatabase'],
        resources: [
          stack.formatArn({ service: 'glue', resource: 'catalog', arnFormat: ArnFormat.NO_RESOURCE_NAME }),
          stack.formatArn({ service: 'glue', resource: 'database', resourceName: 'default' }),
        ],
      }),
    );
    const data = Bucket.fromBucketName(this, 'Table', bucketName);
    data.grantRead(taskRole, `${folder}*`);
    this.answers.grantReadWrite(taskRole, `${ANSWERS}*`);
    const answers = stack.getLogicalId(this.answers.node.defaultChild as CfnBucket);
    for (const objects of [`arn:<AWS::Partition>:s3:::${bucketName}/${folder}*`, `<${answers}.Arn>/${ANSWERS}*`]) {
      Validations.of(taskRole).acknowledge({
        id: `AwsSolutions-IAM5[Resource::${objects}]`,
        reason: 'Files of tables and of answers have names that nobody knows before; other folders are closed.',
      });
    }
    for (const [name, value] of Object.entries(this.environment())) {
      if (value !== undefined) {
        container.addEnvironment(name, String(value));
      }
    }
  }

  private environment(): Record<string, string | number | undefined> {
    const { columns, database, days, minutes, mostRows, sql, table, timeColumn } = this.settings;
    const wanted = sql
      ? { PAEBBL_ATHENA_SQL: sql, PAEBBL_ATHENA_DATABASE: database }
      : {
          PAEBBL_ATHENA_TABLE: `${database}.${table}`,
          PAEBBL_ATHENA_COLUMNS: columns?.join(','),
          PAEBBL_ATHENA_TIME_COLUMN: timeColumn,
          PAEBBL_ATHENA_DAYS: days,
          PAEBBL_ATHENA_ROWS: mostRows,
        };
    return { ...wanted, PAEBBL_ATHENA_MINUTES: minutes, PAEBBL_ATHENA_WORKGROUP: this.workGroup.name };
  }
}
