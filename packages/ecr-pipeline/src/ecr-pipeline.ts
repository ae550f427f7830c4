import * as ecr from 'aws-cdk-lib/aws-ecr';
import type * as ecs from 'aws-cdk-lib/aws-ecs';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as ssm from 'aws-cdk-lib/aws-ssm';
import {
  CfnCondition,
  CfnOutput,
  Duration,
  Fn,
  Names,
  RemovalPolicy,
  Stack,
  Token,
  Validations,
} from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { acknowledgeWildcards } from './acknowledge';
import type { DeployGrantOptions } from './deploy-grant-options';
import { deployStatements } from './deploy-policy';
import type { EcrPipelineProps } from './ecr-pipeline-props';
import { deployingFrom, makeGitHubProvider, pushingFrom, workflowRuns } from './github-trust';
import { makeRepository } from './image-repository';
import { ReleasedImage, readAtDeployment } from './released-image';
import { makeReleasedImageParameter, UNRELEASED } from './released-image-parameter';
import { validateProps } from './validate-props';

/**
 * The way of an image from GitHub to ECS: its repository, who may push and who may deploy, and which image is released.
 *
 * Put it into a stack of its own: the app's stack reads from it which image is live.
 *
 * @throws Error `'prop' must <rule>, got: <value>`, before anything is created
 */
export class EcrPipeline extends Construct {
  /** The image repository. */
  public readonly repository: ecr.Repository;
  /** GitHub's OpenID Connect provider, made here or brought. */
  public readonly githubProvider: iam.IOidcProvider;
  /** May push to the repository, and nothing else. */
  public readonly pushRole: iam.Role;
  /** May deploy what `grantDeploy` and `grantCdkDeploy` were called for, and nothing else. */
  public readonly deployRole: iam.Role;
  /** Name of the SSM parameter that says which image is live. */
  public readonly releasedImageParameter: ssm.IStringParameter;
  /** The image that is live, for a task definition in another stack of the same account and region. */
  public readonly releasedImage: ecs.ContainerImage;

  private readonly parameterName: string;

  constructor(scope: Construct, id: string, props: EcrPipelineProps) {
    super(scope, id);
    validateProps(props);

    const removalPolicy = props.removalPolicy ?? RemovalPolicy.RETAIN;
    this.parameterName =
      props.releasedImageParameterName ??
      `/${props.repositoryName && !Token.isUnresolved(props.repositoryName) ? props.repositoryName : this.defaultName()}/released-image`;
    this.repository = makeRepository(this, props, removalPolicy);
    this.releasedImageParameter = makeReleasedImageParameter(this, this.parameterName, removalPolicy);
    this.releasedImage = new ReleasedImage(this.repository, this.parameterName);
    this.githubProvider = props.githubProvider ?? makeGitHubProvider(this);
    this.pushRole = this.makePushRole(props);
    this.deployRole = this.makeDeployRole(props);
    this.addOutputs();
  }

  /**
   * A desired count for a service that runs `releasedImage`: none while no image is released yet, `count` after that.
   *
   * Without it the first deployment into an empty account would wait for an image that nobody has pushed.
   *
   * @param scope a construct in the stack of the service
   * @param count number of tasks
   */
  public desiredCount(scope: Construct, count: number): number {
    const stack = Stack.of(scope);
    const id = `Unreleased${Names.nodeUniqueId(this.node)}`;
    const condition =
      (stack.node.tryFindChild(id) as CfnCondition | undefined) ??
      new CfnCondition(stack, id, {
        expression: Fn.conditionEquals(readAtDeployment(stack, Stack.of(this), this.parameterName), UNRELEASED),
      });
    return Token.asNumber(Fn.conditionIf(condition.logicalId, 0, count));
  }

  /**
   * Lets the deploy role roll images out on a service with `ecs-rollout`, and nothing else there.
   *
   * The policy becomes part of the service's stack.
   */
  public grantDeploy(service: ecs.BaseService, options: DeployGrantOptions = {}): void {
    const statements = deployStatements(service, options);
    const policy = new iam.Policy(service, 'DeployPolicy', { statements, roles: [this.deployRole] });
    acknowledgeWildcards(
      policy,
      statements,
      'Tasks, revisions and deployments have ids that nobody knows before; three actions can be granted on all ' +
        'resources only, of which ecs:ListTasks is limited to the cluster by a condition.',
    );
  }

  /**
   * Lets the deploy role run `cdk deploy` in this account and region, by the roles of the CDK's bootstrap stack.
   *
   * These may do whatever the bootstrap stack gave them, usually everything: the trusted branch or environment becomes
   * as powerful as an administrator.
   *
   * @param qualifier of the bootstrap stack
   */
  public grantCdkDeploy(qualifier = 'hnb659fds'): void {
    const stack = Stack.of(this);
    new iam.Policy(this, 'CdkDeployPolicy', {
      statements: [
        new iam.PolicyStatement({
          sid: 'CdkDeploy',
          actions: ['sts:AssumeRole'],
          resources: ['deploy', 'file-publishing', 'image-publishing', 'lookup'].map((role) =>
            stack.formatArn({
              service: 'iam',
              region: '',
              resource: 'role',
              resourceName: `cdk-${qualifier}-${role}-role-${stack.account}-${stack.region}`,
            }),
          ),
        }),
      ],
      roles: [this.deployRole],
    });
  }

  private makePushRole(props: EcrPipelineProps): iam.Role {
    const role = new iam.Role(this, 'PushRole', {
      roleName: props.pushRoleName,
      description: `Pushes images of ${props.source.owner}/${props.source.repository} from GitHub`,
      assumedBy: workflowRuns(this.githubProvider, props.source, pushingFrom(props.source)),
      maxSessionDuration: Duration.hours(1),
    });
    // Pulling, too: builds reuse cached layers, and a repeated run asks whether its image is there already.
    this.repository.grantPullPush(role);
    if (props.signingProfile) {
      const { signingProfileArn } = props.signingProfile;
      new ecr.CfnSigningConfiguration(this, 'Signing', {
        rules: [
          {
            signingProfileArn,
            repositoryFilters: [{ filter: this.repository.repositoryName, filterType: 'WILDCARD_MATCH' }],
          },
        ],
      });
      // ECR signs in the name of who pushes.
      role.addToPolicy(new iam.PolicyStatement({ actions: ['signer:SignPayload'], resources: [signingProfileArn] }));
    }
    Validations.of(role).acknowledge({
      id: 'AwsSolutions-IAM5[Resource::*]',
      reason: 'ecr:GetAuthorizationToken can be granted on all resources only.',
    });
    return role;
  }

  private makeDeployRole(props: EcrPipelineProps): iam.Role {
    const role = new iam.Role(this, 'DeployRole', {
      roleName: props.deployRoleName,
      description: `Deploys images of ${props.source.owner}/${props.source.repository} from GitHub`,
      assumedBy: workflowRuns(this.githubProvider, props.source, deployingFrom(props.source)),
      maxSessionDuration: Duration.hours(1),
    });
    // Says which image is live, and tags it so that it does not expire.
    this.releasedImageParameter.grantWrite(role);
    this.repository.grant(role, 'ecr:BatchGetImage', 'ecr:DescribeImages', 'ecr:PutImage');
    return role;
  }

  private addOutputs(): void {
    const outputs = {
      RepositoryUri: this.repository.repositoryUri,
      PushRoleArn: this.pushRole.roleArn,
      DeployRoleArn: this.deployRole.roleArn,
      ReleasedImageParameterName: this.parameterName,
    };
    for (const [name, value] of Object.entries(outputs)) {
      new CfnOutput(this, name, { value });
    }
  }

  /** Stays the same as long as the construct is not moved, and is unique in the account and region. */
  private defaultName(): string {
    return Names.uniqueResourceName(this, { separator: '-', maxLength: 120 });
  }
}
