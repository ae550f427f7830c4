import { CognitoAlbAuth } from '@paebbl/cognito-alb-auth';
import type { EcrPipeline } from '@paebbl/ecr-pipeline';
import { EcsEc2Service } from '@paebbl/ecs-ec2-service';
import { SlackNotify, SlackSource, WebhookUrl } from '@paebbl/slack-notify';
import { HostedZone } from 'aws-cdk-lib/aws-route53';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { CfnOutput, CfnParameter, Size, Stack, type StackProps } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { AthenaAccess } from './athena-access';
import { config } from './config';
import { DataBucket } from './data-bucket';
import { SharePointAccess } from './sharepoint-access';

export interface PaebblVizStackProps extends StackProps {
  /** Where the image comes from. */
  readonly pipeline: EcrPipeline;
}

/** The dashboard in front of colleagues: one `new` per box of the picture in docs/architecture.md. */
export class PaebblVizStack extends Stack {
  constructor(scope: Construct, id: string, { pipeline, ...props }: PaebblVizStackProps) {
    super(scope, id, { ...props, description: 'paebbl-viz: the dashboard behind company sign-in' });
    const { address, cluster, service, signIn, slack, task } = config;

    const app = new EcsEc2Service(this, 'App', {
      image: pipeline.releasedImage,
      clusterName: cluster.name,
      clusterTags: cluster.tags,
      namespaceName: cluster.namespace,
      family: task.family,
      cpuUnits: task.cpu,
      memory: Size.mebibytes(task.memoryMiB),
      containerName: task.containerName,
      containerPort: task.port,
      portName: task.portName,
      command: [...task.command],
      logGroupName: task.logGroup,
      logStreamPrefix: task.logStreamPrefix,
      serviceName: service.name,
      desiredCount: pipeline.desiredCount(this, service.desiredCount),
      serviceConnect: { alias: service.alias, port: service.aliasPort },
    });

    pipeline.grantDeploy(app.service, { logGroup: app.logGroup });

    const door = new CognitoAlbAuth(this, 'FrontDoor', {
      vpc: app.vpc,
      target: app.service,
      targetPort: app.containerPort,
      healthCheckPath: task.healthCheckPath,
      domainName: address.domainName,
      hostedZone: HostedZone.fromHostedZoneAttributes(this, 'Zone', {
        zoneName: address.hostedZoneName,
        hostedZoneId: this.hostedZoneId(),
      }),
      signInDomainPrefix: signIn.domainPrefix,
      allow: { emailDomains: [...signIn.emailDomains] },
    });

    // The app shows who is signed in; for uploads it checks that it was this load balancer that says so.
    app.container.addEnvironment('PAEBBL_ALB_ARN', door.loadBalancer.loadBalancerArn);
    app.container.addEnvironment('PAEBBL_OIDC_CLIENT', door.userPoolClient.userPoolClientId);
    // Groups are said by the user pool only, in a token of its own.
    app.container.addEnvironment('PAEBBL_OIDC_ISSUER', door.identityEnvironment.ALB_IDENTITY_ISSUER);
    const { serverErrors, unhealthyTargets, signInErrors } = door.alarms;
    app.rollBackOn([serverErrors, unhealthyTargets]);

    const data = new DataBucket(this, 'Data', { url: door.url, ...config.data });
    data.give(app.container);
    if (config.data.sharePoint) {
      new SharePointAccess(this, 'SharePoint', config.data.sharePoint).give(app.container);
    }
    if (config.data.athena) {
      new AthenaAccess(this, 'Athena', { settings: config.data.athena, answers: data.bucket }).give(app.container);
    }

    // Named in the README: who is invited where, and whom SharePoint and Athena must let in.
    new CfnOutput(this, 'UserPoolId', { value: door.userPool.userPoolId });
    new CfnOutput(this, 'TaskRoleArn', { value: app.service.taskDefinition.taskRole.roleArn });

    new SlackNotify(this, 'Notifications', {
      services: [app.service],
      sources: [serverErrors, unhealthyTargets, signInErrors, data.problem].map((alarm) => SlackSource.alarm(alarm)),
      webhookUrl: WebhookUrl.fromSecret(Secret.fromSecretNameV2(this, 'SlackWebhookUrl', slack.webhookSecretName)),
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
