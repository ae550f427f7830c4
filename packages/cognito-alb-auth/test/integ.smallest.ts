// The smallest use: a service, an address and its zone.

import * as route53 from 'aws-cdk-lib/aws-route53';
import { App, Stack } from 'aws-cdk-lib/core';
import { CognitoAlbAuth } from '../src';
import { addHelloService } from './hello-service';

export function build(app: App): Stack {
  const stack = new Stack(app, 'AuthSmallest', { env: { region: 'eu-west-1' } });
  const { vpc, service } = addHelloService(stack);
  new CognitoAlbAuth(stack, 'Auth', {
    vpc,
    target: service,
    targetPort: 80,
    healthCheckPath: '/',
    domainName: 'auth-smallest.example.com',
    hostedZone: route53.HostedZone.fromHostedZoneAttributes(stack, 'Zone', {
      hostedZoneId: 'Z0123456789ABC',
      zoneName: 'example.com',
    }),
  });
  return stack;
}

if (require.main === module) {
  const app = new App();
  build(app);
  app.synth();
}
