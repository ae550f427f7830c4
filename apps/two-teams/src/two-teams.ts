import { SharedDoorApp, SharedFrontDoor } from '@paebbl/cognito-alb-auth';
import { EcsEc2Service } from '@paebbl/ecs-ec2-service';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { ContainerImage } from 'aws-cdk-lib/aws-ecs';
import { HostedZone } from 'aws-cdk-lib/aws-route53';
import { App, Stack } from 'aws-cdk-lib/core';

/** A company with one front door and one app behind it, each in its own stack; the app takes every kind of rule. */
export function synthesizeTwoTeams(outdir: string): void {
  const env = { account: '111122223333', region: 'eu-west-1' };
  const app = new App({ outdir });
  const platform = new Stack(app, 'Door', { env });
  const frontDoor = new SharedFrontDoor(platform, 'Door', {
    vpc: new Vpc(platform, 'Vpc', { natGateways: 0 }),
    domainName: 'apps.example.com',
    hostedZone: HostedZone.fromHostedZoneAttributes(platform, 'Zone', { hostedZoneId: 'Z1', zoneName: 'example.com' }),
    allow: { emailDomains: ['example.com'] },
  });
  const team = new Stack(app, 'Sales', { env });
  const service = new EcsEc2Service(team, 'Service', {
    image: ContainerImage.fromRegistry('example/sales:1'),
    command: ['node', 'server.mjs', '--bind', '0.0.0.0:5000'],
  });
  const door = new SharedDoorApp(team, 'App', {
    frontDoor,
    vpc: service.vpc,
    target: service.service,
    targetPort: service.containerPort,
    domainName: 'sales.apps.example.com',
    publicPaths: ['/about', '/static/*'],
    apiPaths: ['/api/*'],
    machineAccess: { paths: ['/jobs/*'], clients: ['nightly'] },
  });
  for (const [name, value] of Object.entries(door.identityEnvironment)) {
    service.container.addEnvironment(name, value);
  }
  app.synth();
}
