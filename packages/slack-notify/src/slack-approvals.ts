import * as path from 'node:path';
import type * as ecs from 'aws-cdk-lib/aws-ecs';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import type * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { acknowledgeWildcards } from './acknowledge-wildcards';
import { APPROVAL_VARIABLE, type ApprovalConfig } from './approval-contract';
import { partsOf } from './service-parts';
import { validateApprovers } from './validate-props';

/** Who may continue or stop a paused deployment from Slack. */
export interface SlackApprovalsOptions {
  /** The Slack app's signing secret ('Basic Information' of the app), which proves that a click comes from Slack. */
  readonly signingSecret: secretsmanager.ISecret;

  /**
   * People who may decide, by their ids in Slack, e.g. `U012AB3CD`.
   *
   * @default - only the people in `approverGroups`
   */
  readonly approvers?: string[];

  /**
   * User groups whose people may decide, by their ids in Slack, e.g. `S012AB3CD`. Needs `botToken`.
   *
   * @default - only `approvers`
   */
  readonly approverGroups?: string[];

  /**
   * Token of the Slack app's bot, with the scope `usergroups:read`.
   *
   * @default - none
   */
  readonly botToken?: secretsmanager.ISecret;
}

/** Properties of `SlackApprovals`. */
export interface SlackApprovalsProps extends SlackApprovalsOptions {
  /** The services whose deployments may be continued or stopped. */
  readonly services: ecs.IBaseService[];
}

/**
 * Answers the buttons under the message of a paused deployment: checks that Slack sent the click and who clicked, tells
 * ECS, and writes who decided what into the channel.
 */
export class SlackApprovals extends Construct {
  /** The function that answers. */
  public readonly handler: lambda.Function;
  /** Its log group: who decided what is kept there for a year. */
  public readonly logGroup: logs.LogGroup;
  /** Goes into 'Interactivity & Shortcuts' of the Slack app as its request URL. */
  public readonly requestUrl: string;

  /** @throws Error when nobody may decide, an id is none, or there is no service */
  public constructor(scope: Construct, id: string, props: SlackApprovalsProps) {
    super(scope, id);
    const { approvers, approverGroups } = validateApprovers(props);
    if (props.services.length === 0) {
      throw new Error("'approvals' must come with a service whose deployments are told, got: none");
    }

    this.logGroup = new logs.LogGroup(this, 'Logs', {
      retention: logs.RetentionDays.ONE_YEAR,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    this.handler = this.createFunction({
      signingSecretId: props.signingSecret.secretArn,
      botTokenSecretId: props.botToken?.secretArn,
      approvers,
      approverGroups,
    });
    props.signingSecret.grantRead(this.handler);
    props.botToken?.grantRead(this.handler);
    this.allowDecisions(props.services);
    // Open to anyone, because Slack cannot sign for AWS: the function refuses what Slack's own signature does not prove.
    this.requestUrl = this.handler.addFunctionUrl({ authType: lambda.FunctionUrlAuthType.NONE }).url;
  }

  private createFunction(config: ApprovalConfig) {
    const role = new iam.Role(this, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
    this.logGroup.grantWrite(role);
    const handler = new lambda.Function(this, 'Function', {
      description: 'Answers the buttons of paused deployments in Slack',
      runtime: lambda.Runtime.NODEJS_22_X,
      architecture: lambda.Architecture.ARM_64,
      code: lambda.Code.fromAsset(path.join(__dirname, '..', 'assets', 'answer-approval')),
      handler: 'index.handler',
      // Slack waits three seconds for an answer, a cold start included: more memory is more processor.
      memorySize: 512,
      timeout: Duration.seconds(30),
      loggingFormat: lambda.LoggingFormat.JSON,
      logGroup: this.logGroup,
      environment: { [APPROVAL_VARIABLE]: Stack.of(this).toJsonString(config) },
      role,
    });
    Validations.of(handler).acknowledge({
      id: 'AwsSolutions-L1',
      reason: 'Node 22 is what the bundle is built and tested for, and it is supported until April 2027.',
    });
    return handler;
  }

  private allowDecisions(services: ecs.IBaseService[]) {
    const deployments = partsOf(services, 'service-deployment');
    const policy = new iam.Policy(this, 'Decide', {
      statements: [new iam.PolicyStatement({ actions: ['ecs:ContinueServiceDeployment'], resources: deployments })],
    });
    this.handler.role?.attachInlinePolicy(policy);
    acknowledgeWildcards(
      policy,
      deployments,
      'Each deployment of these services has an ARN of its own, which nobody knows before it starts.',
    );
  }
}
