import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import { type Duration, RemovalPolicy } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';

export interface SmallFunctionProps {
  readonly description: string;
  /** Folder of the bundled code. */
  readonly asset: string;
  readonly environment: Record<string, string>;
  readonly timeout: Duration;
}

/** A bundled function that may write its own log and do nothing else. */
export class SmallFunction extends Construct {
  public readonly handler: lambda.Function;

  public constructor(scope: Construct, id: string, props: SmallFunctionProps) {
    super(scope, id);
    const logGroup = new logs.LogGroup(this, 'Log', {
      retention: logs.RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const role = new iam.Role(this, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
    logGroup.grantWrite(role);
    this.handler = new lambda.Function(this, 'Handler', {
      description: props.description,
      code: lambda.Code.fromAsset(props.asset),
      handler: 'index.handler',
      runtime: lambda.Runtime.NODEJS_24_X,
      architecture: lambda.Architecture.ARM_64,
      memorySize: 128,
      timeout: props.timeout,
      role,
      logGroup,
      environment: props.environment,
    });
  }
}
