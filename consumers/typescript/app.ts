/** The four constructs as one app: what a team writes whose dashboard goes behind its company's sign-in. */
import { CognitoAlbAuth } from '@paebbl/cognito-alb-auth';
import { EcrPipeline } from '@paebbl/ecr-pipeline';
import { EcsEc2Service } from '@paebbl/ecs-ec2-service';
import { SlackNotify, SlackSource, WebhookUrl } from '@paebbl/slack-notify';
import { App, CfnParameter, Size, Stack } from 'aws-cdk-lib';
import { HostedZone } from 'aws-cdk-lib/aws-route53';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';

const app = new App();
const env = { region: 'us-east-1' };

// What outlives every deployment: the images, and who may push and deploy them.
const pipelineStack = new Stack(app, 'PaebblPipeline', { env });
const pipeline = new EcrPipeline(pipelineStack, 'Pipeline', {
  repositoryName: 'paebbl-repository',
  source: { owner: 'paebbl', repository: 'data-visualization-ops', branch: 'main' },
});

const stack = new Stack(app, 'PaebblViz', { env });
const service = new EcsEc2Service(stack, 'App', {
  image: pipeline.releasedImage,
  clusterName: 'ecs-paebbl-cluster',
  clusterTags: { app: 'ecs-paebbl-cluster', owner: 'paebbl' },
  namespaceName: 'paebbl-namespace',
  family: 'task-definition-app',
  cpuUnits: 256,
  memory: Size.mebibytes(512),
  containerName: 'app',
  containerPort: 5000,
  portName: 'app-port',
  command: ['gunicorn', '--bind', '0.0.0.0:5000', 'paebbl_viz.wsgi:app'],
  logGroupName: 'flask-app',
  logStreamPrefix: 'flask-app-paebbl',
  serviceName: 'app',
  desiredCount: pipeline.desiredCount(stack, 1),
  serviceConnect: { alias: 'app', port: 80 },
});
pipeline.grantDeploy(service.service, { logGroup: service.logGroup });

const hostedZoneId = new CfnParameter(stack, 'HostedZoneId', { type: 'AWS::Route53::HostedZone::Id' });
const door = new CognitoAlbAuth(stack, 'FrontDoor', {
  vpc: service.vpc,
  target: service.service,
  targetPort: service.containerPort,
  healthCheckPath: '/healthz',
  domainName: 'viz.paebbl.com',
  hostedZone: HostedZone.fromHostedZoneAttributes(stack, 'Zone', {
    zoneName: 'paebbl.com',
    hostedZoneId: hostedZoneId.valueAsString,
  }),
  signInDomainPrefix: 'paebbl-viz',
  allow: { emailDomains: ['paebbl.com'] },
});

// A deployment that makes the dashboard fail is rolled back.
const { serverErrors, unhealthyTargets, signInErrors } = door.alarms;
service.rollBackOn([serverErrors, unhealthyTargets]);

new SlackNotify(stack, 'Notifications', {
  services: [service.service],
  sources: [SlackSource.alarm(serverErrors), SlackSource.alarm(unhealthyTargets), SlackSource.alarm(signInErrors)],
  webhookUrl: WebhookUrl.fromSecret(Secret.fromSecretNameV2(stack, 'SlackWebhookUrl', 'paebbl-viz/slack-webhook-url')),
});

app.synth();
