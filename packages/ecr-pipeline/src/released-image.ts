import type * as ecr from 'aws-cdk-lib/aws-ecr';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import { Stack, Token } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';

/** The image that the released-image parameter names at the time of a deployment. */
export class ReleasedImage extends ecs.ContainerImage {
  constructor(
    private readonly repository: ecr.IRepository,
    private readonly parameterName: string,
  ) {
    super();
  }

  /** Makes, in the stack of the task definition, a CloudFormation parameter that is resolved at every deployment. */
  public override bind(scope: Construct, container: ecs.ContainerDefinition): ecs.ContainerImageConfig {
    this.repository.grantPull(container.taskDefinition.obtainExecutionRole());
    return { imageName: readAtDeployment(scope, this.repository.stack, this.parameterName) };
  }
}

/** The value of the parameter, as a CloudFormation parameter of the consuming stack. */
export function readAtDeployment(scope: Construct, owner: Stack, parameterName: string): string {
  const consumer = Stack.of(scope);
  requireSamePlace(consumer, owner);
  // CloudFormation reads the parameter before it deploys anything, so it must be there by then.
  if (consumer === owner) {
    throw new Error(`'releasedImage' must be used in another stack than the pipeline's, got: ${owner.stackName}`);
  }
  consumer.addStackDependency(owner, 'reads the released image');
  return ssm.StringParameter.valueForStringParameter(scope, parameterName);
}

/** CloudFormation reads SSM parameters of its own account and region only. */
function requireSamePlace(consumer: Stack, owner: Stack): void {
  for (const place of ['account', 'region'] as const) {
    const [there, here] = [consumer[place], owner[place]];
    if (!Token.isUnresolved(there) && !Token.isUnresolved(here) && there !== here) {
      throw new Error(`'releasedImage' must be used in the pipeline's ${place} (${here}), got: ${there}`);
    }
  }
}
