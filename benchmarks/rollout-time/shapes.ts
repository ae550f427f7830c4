import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { ApplicationLoadBalancedEc2Service } from 'aws-cdk-lib/aws-ecs-patterns';
import { HostedZone } from 'aws-cdk-lib/aws-route53';
import { CognitoAlbAuth } from '../../packages/cognito-alb-auth/src';
import { EcsEc2Service } from '../../packages/ecs-ec2-service/src';

process.env.CDK_VALIDATION = 'false';
const image = ecs.ContainerImage.fromRegistry('example/app:1');
const env = { account: '111122223333', region: 'us-east-1' };

/** What decides how long one task takes to be replaced. */
export interface Parameters {
  readonly checkIntervalSeconds: number;
  readonly checksAtWorst: number;
  readonly deregistrationSeconds: number;
  readonly stopTimeoutSeconds: number;
}

/** What a team gets that chooses nothing. */
export const shapes: Record<string, (stack: Stack) => void> = {
  'this repository': (stack) => {
    const { service, vpc, containerPort } = new EcsEc2Service(stack, 'App', { image });
    new CognitoAlbAuth(stack, 'Auth', {
      vpc,
      target: service,
      targetPort: containerPort,
      domainName: 'app.example.com',
      hostedZone: HostedZone.fromHostedZoneAttributes(stack, 'Zone', { hostedZoneId: 'Z1', zoneName: 'example.com' }),
    });
  },
  'aws-ecs-patterns': (stack) => {
    const cluster = new ecs.Cluster(stack, 'Cluster');
    cluster.addCapacity('Hosts', { instanceType: new ec2.InstanceType('t4g.small') });
    new ApplicationLoadBalancedEc2Service(stack, 'App', { cluster, memoryLimitMiB: 512, taskImageOptions: { image } });
  },
};

/** What a template leaves out is AWS's default: CloudFormation, `AWS::ElasticLoadBalancingV2::TargetGroup`; ECS, `StopTimeout`. */
export function parametersOf(make: (stack: Stack) => void): Parameters {
  const stack = new Stack(new App(), 'Shape', { env });
  make(stack);
  const template = Template.fromStack(stack);
  // The front door has one for its own pages, too: a function, which nobody waits for.
  const group = only(template, 'AWS::ElasticLoadBalancingV2::TargetGroup', ({ TargetType }) => TargetType !== 'lambda');
  const { ContainerDefinitions } = only(template, 'AWS::ECS::TaskDefinition');
  const attributes: { Key: string; Value: string }[] = group.TargetGroupAttributes ?? [];
  const delay = attributes.find(({ Key }) => Key === 'deregistration_delay.timeout_seconds')?.Value;
  return {
    checkIntervalSeconds: group.HealthCheckIntervalSeconds ?? 30,
    checksAtWorst: group.HealthyThresholdCount ?? 5,
    deregistrationSeconds: Number(delay ?? 300),
    stopTimeoutSeconds: ContainerDefinitions[0].StopTimeout ?? 30,
  };
}

// biome-ignore lint/suspicious/noExplicitAny: a template's properties have no common type
type Properties = Record<string, any>;

function only(template: Template, type: string, where: (properties: Properties) => boolean = () => true): Properties {
  const found = Object.values(template.findResources(type)).filter((resource) => where(resource.Properties));
  if (found.length !== 1) {
    throw new Error(`'template' must have one ${type}, got: ${found.length}`);
  }
  return found[0].Properties;
}
