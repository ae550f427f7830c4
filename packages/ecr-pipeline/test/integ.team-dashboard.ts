/** A repository with all that can be set, and a service in a second stack that runs what is released. */

import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as signer from 'aws-cdk-lib/aws-signer';
import { App, Duration, Stack } from 'aws-cdk-lib/core';
import { EcrPipeline } from '../src';
import { addService } from './stack';

/** Also synthesized by `integ.test.ts`. */
export function makeApp(outdir?: string): App {
  // As new CDK apps have it: new accounts cannot make launch configurations any more.
  const context = { '@aws-cdk/aws-autoscaling:generateLaunchTemplateInsteadOfLaunchConfig': true };
  const app = new App({ outdir, context });
  const stack = new Stack(app, 'Images');
  const pipeline = new EcrPipeline(stack, 'Pipeline', {
    repositoryName: 'team-dashboard',
    source: {
      owner: 'example',
      repository: 'dashboard',
      branch: 'main',
      environment: 'production',
      ownerId: '123456',
      repositoryId: '456789',
    },
    releasedImagesKept: 20,
    unreleasedExpireAfter: Duration.days(30),
    encryptionKey: new kms.Key(stack, 'Key', { enableKeyRotation: true }),
    signingProfile: new signer.SigningProfile(stack, 'Profile', {
      platform: signer.Platform.NOTATION_OCI_SHA384_ECDSA,
    }),
    pullAccounts: ['111122223333'],
    replicateTo: [{ region: 'eu-west-1' }],
  });
  pipeline.grantCdkDeploy();

  const appStack = new Stack(app, 'Dashboard');
  const service = addService(appStack, pipeline);
  pipeline.grantDeploy(service, { logGroup: new logs.LogGroup(appStack, 'Logs') });
  return app;
}

if (require.main === module) {
  makeApp().synth();
}
