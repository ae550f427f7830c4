import * as iam from 'aws-cdk-lib/aws-iam';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import { RemovalPolicy, Stack, Validations } from 'aws-cdk-lib/core';
import * as cr from 'aws-cdk-lib/custom-resources';
import type { Construct } from 'constructs';

/** Value of the parameter while no image has been released yet. */
export const UNRELEASED = 'unreleased';

/**
 * A parameter that CloudFormation creates and never writes again.
 *
 * An `AWS::SSM::Parameter` would be written again with its first value whenever anything else of it changes, a stack's tag
 * for example. The live image would be forgotten, and the next deployment of the app would stop all of its tasks.
 */
export function makeReleasedImageParameter(
  scope: Construct,
  parameterName: string,
  removalPolicy: RemovalPolicy,
): ssm.IStringParameter {
  const arn = Stack.of(scope).formatArn({
    service: 'ssm',
    resource: 'parameter',
    resourceName: parameterName.slice(1),
  });
  const resource = new cr.AwsCustomResource(scope, 'ReleasedImageParameter', {
    resourceType: 'Custom::ReleasedImageParameter',
    installLatestAwsSdk: false,
    onCreate: {
      service: 'ssm',
      action: 'PutParameter',
      parameters: {
        Name: parameterName,
        Value: UNRELEASED,
        Type: 'String',
        Overwrite: false,
        Description: 'The image that is live, by digest. Written by ecs-rollout after a deployment succeeded.',
      },
      // One that was retained keeps its value.
      ignoreErrorCodesMatching: 'ParameterAlreadyExists',
      physicalResourceId: cr.PhysicalResourceId.of(parameterName),
    },
    ...(removalPolicy === RemovalPolicy.DESTROY && {
      onDelete: {
        service: 'ssm',
        action: 'DeleteParameter',
        parameters: { Name: parameterName },
        ignoreErrorCodesMatching: 'ParameterNotFound',
      },
    }),
    policy: cr.AwsCustomResourcePolicy.fromStatements([
      new iam.PolicyStatement({
        actions: ['ssm:PutParameter', ...(removalPolicy === RemovalPolicy.DESTROY ? ['ssm:DeleteParameter'] : [])],
        resources: [arn],
      }),
    ]),
  });
  acknowledgeProvider(resource);
  const parameter = ssm.StringParameter.fromStringParameterAttributes(scope, 'ReleasedImage', { parameterName });
  parameter.node.addDependency(resource);
  return parameter;
}

/** The function behind every AwsCustomResource of a stack is aws-cdk-lib's. */
function acknowledgeProvider(resource: cr.AwsCustomResource): void {
  const provider = Stack.of(resource).node.tryFindChild(
    `AWS${cr.AwsCustomResource.PROVIDER_FUNCTION_UUID.replace(/-/g, '')}`,
  );
  if (!provider) {
    throw new Error(
      `'AwsCustomResource' must have its function in the stack, got: none in ${Stack.of(resource).stackName}`,
    );
  }
  Validations.of(provider).acknowledge({
    id: 'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole]',
    reason: "aws-cdk-lib's function that creates the parameter may write its own log, and nothing else.",
  });
  Validations.of(provider).acknowledge({
    id: 'AwsSolutions-L1',
    reason: 'The runtime is chosen and kept current by aws-cdk-lib.',
  });
}
