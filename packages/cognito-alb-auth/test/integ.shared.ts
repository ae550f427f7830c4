// One front door for two apps: one stands beside it, one is in a stack that knows the door by its parameters only.

import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import * as route53 from 'aws-cdk-lib/aws-route53';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { App, Stack } from 'aws-cdk-lib/core';
import { IdentityProvider, type ISharedFrontDoor, SharedDoorApp, SharedFrontDoor } from '../src';
import { addHelloService } from './hello-service';

const env = { region: 'eu-west-1' };

/** The stacks of the door, with an app beside it, and of an app elsewhere. */
export function build(app: App): [Stack, Stack] {
  const doorStack = new Stack(app, 'AuthShared', { env });
  const { vpc, service } = addHelloService(doorStack);
  const door = new SharedFrontDoor(doorStack, 'Auth', {
    vpc,
    domainName: 'apps.example.com',
    hostedZone: route53.HostedZone.fromHostedZoneAttributes(doorStack, 'Zone', {
      hostedZoneId: 'Z0123456789ABC',
      zoneName: 'example.com',
    }),
    identityProviders: [
      IdentityProvider.okta({
        domain: 'example.okta.com',
        clientId: 'okta-client',
        clientSecret: Secret.fromSecretNameV2(doorStack, 'OktaSecret', 'auth-shared/okta'),
        groupsClaim: 'groups',
      }),
    ],
    passwordSignIn: true,
    allow: { emailDomains: ['example.com'] },
    firewall: {},
    accessLogs: {},
  });
  new SharedDoorApp(doorStack, 'AuthHello', {
    frontDoor: door,
    vpc,
    target: service,
    targetPort: 80,
    healthCheckPath: '/',
    domainName: 'hello.apps.example.com',
    slot: 1,
  });
  return [doorStack, buildApp(app)];
}

/** An app of another repository: it knows the door by its parameters. */
function buildApp(app: App): Stack {
  const stack = new Stack(app, 'AuthSharedSales', { env });
  const frontDoor: ISharedFrontDoor = SharedFrontDoor.fromParameters(stack, 'Door', {
    domainName: 'apps.example.com',
    identityProviderNames: ['Okta'],
    passwordSignIn: true,
  });
  const { vpc, service } = addHelloService(stack);
  const arn = 'arn:aws:acm:eu-west-1:111122223333:certificate/00000000-0000-4000-8000-000000000000';
  const sales = new SharedDoorApp(stack, 'AuthSales', {
    frontDoor,
    vpc,
    target: service,
    targetPort: 80,
    healthCheckPath: '/',
    domainName: 'sales.example.org',
    certificate: Certificate.fromCertificateArn(stack, 'Certificate', arn),
    slot: 2,
    publicPaths: ['/about', '/static/*'],
    apiPaths: ['/api/*'],
    machineAccess: { paths: ['/jobs/*'], clients: ['nightly-job'] },
  });
  for (const [name, value] of Object.entries(sales.identityEnvironment)) {
    service.taskDefinition.defaultContainer?.addEnvironment(name, value);
  }
  return stack;
}

if (require.main === module) {
  const app = new App();
  build(app);
  app.synth();
}
