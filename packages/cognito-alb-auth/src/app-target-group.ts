import type { IVpc } from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Duration } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';

export interface AppTargetGroupProps {
  readonly vpc: IVpc;
  readonly target: elbv2.IApplicationLoadBalancerTarget;
  readonly targetPort: number;
  readonly healthCheckPath?: string;
  readonly deregistrationDelay?: Duration;
}

/** A new target takes traffic after one passed check and leaves after two failed ones: seconds, not minutes. */
export function createAppTargetGroup(scope: Construct, props: AppTargetGroupProps): elbv2.ApplicationTargetGroup {
  return new elbv2.ApplicationTargetGroup(scope, 'App', {
    vpc: props.vpc,
    port: props.targetPort,
    protocol: elbv2.ApplicationProtocol.HTTP,
    targets: [props.target],
    deregistrationDelay: props.deregistrationDelay ?? Duration.seconds(15),
    healthCheck: {
      path: props.healthCheckPath ?? '/healthz',
      healthyHttpCodes: '200',
      interval: Duration.seconds(5),
      timeout: Duration.seconds(4),
      healthyThresholdCount: 2,
      unhealthyThresholdCount: 2,
    },
  });
}
