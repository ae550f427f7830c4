import { App, type AppProps, CfnParameter, Duration, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecr from 'aws-cdk-lib/aws-ecr';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { ApplicationLoadBalancedEc2Service } from 'aws-cdk-lib/aws-ecs-patterns';
import { ApplicationProtocol } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as route53 from 'aws-cdk-lib/aws-route53';
import { config } from '../../../apps/paebbl-viz/infra/config';

/** What aws-ecs-patterns gives for the same dashboard: repository, cluster, service, load balancer. No sign-in, no channel. */
export function makeEcsPatterns(props?: AppProps): App {
  const app = new App(props);
  const env = { region: config.region };
  const pipeline = new Stack(app, 'PaebblPipeline', { env });
  const repository = new ecr.Repository(pipeline, 'Repository', { repositoryName: config.image.repositoryName });
  const stack = new Stack(app, 'PaebblViz', { env });
  const cluster = new ecs.Cluster(stack, 'Cluster', {
    clusterName: config.cluster.name,
    containerInsightsV2: ecs.ContainerInsights.ENABLED,
    defaultCloudMapNamespace: { name: config.cluster.namespace, useForServiceConnect: true },
  });
  cluster.addCapacity('Hosts', {
    instanceType: new ec2.InstanceType('t4g.small'),
    machineImage: ecs.EcsOptimizedImage.amazonLinux2023(ecs.AmiHardwareType.ARM),
  });
  const { targetGroup } = new ApplicationLoadBalancedEc2Service(stack, 'App', {
    cluster,
    serviceName: config.service.name,
    desiredCount: config.service.desiredCount,
    cpu: config.task.cpu,
    memoryLimitMiB: config.task.memoryMiB,
    taskImageOptions: {
      image: ecs.ContainerImage.fromEcrRepository(repository),
      containerName: config.task.containerName,
      containerPort: config.task.port,
      family: config.task.family,
      command: [...config.task.command],
    },
    protocol: ApplicationProtocol.HTTPS,
    domainName: config.address.domainName,
    domainZone: route53.HostedZone.fromHostedZoneAttributes(stack, 'Zone', {
      zoneName: config.address.hostedZoneName,
      hostedZoneId: new CfnParameter(stack, 'HostedZoneId', { type: 'AWS::Route53::HostedZone::Id' }).valueAsString,
    }),
    redirectHTTP: true,
  });
  targetGroup.configureHealthCheck({ path: config.task.healthCheckPath, interval: Duration.seconds(5) });
  return app;
}
