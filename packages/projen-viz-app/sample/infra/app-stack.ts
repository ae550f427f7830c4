import { CognitoAlbAuth } from '@paebbl/cognito-alb-auth';
import type { EcrPipeline } from '@paebbl/ecr-pipeline';
import { EcsEc2Service } from '@paebbl/ecs-ec2-service';
import { SlackNotify, SlackSource, WebhookUrl } from '@paebbl/slack-notify';
import { Annotations, CfnParameter, Size, Stack, type StackProps } from 'aws-cdk-lib';
import { InstanceType } from 'aws-cdk-lib/aws-ec2';
import { HostedZone } from 'aws-cdk-lib/aws-route53';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import { config } from './config';

export interface AppStackProps extends StackProps {
  /** Where the image comes from. */
  readonly pipeline: EcrPipeline;
}

/** The app in front of colleagues. This file is yours: sizes, alarms, more resources. */
export class AppStack extends Stack {
  constructor(scope: Construct, id: string, { pipeline, ...props }: AppStackProps) {
    super(scope, id, { ...props, description: `${config.name}: the app behind company sign-in` });
    if (/(^|\.)example\.com$/.test(config.address.domainName)) {
      Annotations.of(this).addWarningV2(
        'viz-app:example-domain',
        `'domainName' must be an address of yours before you deploy, got: ${config.address.domainName}. Set it in .projenrc.ts and run 'npx projen'.`,
      );
    }

    const app = new EcsEc2Service(this, 'App', {
      image: pipeline.releasedImage,
      clusterName: config.name,
      // Of the image's processor.
      hosts: { instanceType: new InstanceType(config.architecture === 'arm64' ? 't4g.small' : 't3.small') },
      serviceName: config.name,
      cpuUnits: 256,
      memory: Size.mebibytes(512),
      containerPort: config.container.port,
      command: [...config.container.command],
      environment: config.container.environment,
      desiredCount: pipeline.desiredCount(this, 1),
    });
    pipeline.grantDeploy(app.service, { logGroup: app.logGroup });

    const door = new CognitoAlbAuth(this, 'FrontDoor', {
      vpc: app.vpc,
      target: app.service,
      targetPort: app.containerPort,
      healthCheckPath: config.container.healthCheckPath,
      domainName: config.address.domainName,
      hostedZone: HostedZone.fromHostedZoneAttributes(this, 'Zone', {
        zoneName: config.address.hostedZoneName,
        hostedZoneId: this.hostedZoneId(),
      }),
      signInDomainPrefix: config.signIn.domainPrefix,
      allow: { emailDomains: [...config.signIn.emailDomains] },
    });

    // A deployment that makes one of these go off is rolled back.
    const { serverErrors, unhealthyTargets, signInErrors } = door.alarms;
    app.rollBackOn([serverErrors, unhealthyTargets]);

    new SlackNotify(this, 'Notifications', {
      services: [app.service],
      sources: [serverErrors, unhealthyTargets, signInErrors].map((alarm) => SlackSource.alarm(alarm)),
      webhookUrl: WebhookUrl.fromSecret(
        Secret.fromSecretNameV2(this, 'SlackWebhookUrl', config.slack.webhookSecretName),
      ),
    });
  }

  /** Asked for at deployment instead of looked up, so that the templates can be made without an account. */
  private hostedZoneId(): string {
    return new CfnParameter(this, 'HostedZoneId', {
      type: 'AWS::Route53::HostedZone::Id',
      description: `Id of the hosted zone ${config.address.hostedZoneName}, e.g. Z0123456789ABCDEFGHIJ`,
    }).valueAsString;
  }
}
