import { App, type AppProps, CfnCondition, CfnParameter, Duration, Fn, Stack, Token } from 'aws-cdk-lib';
import * as ecr from 'aws-cdk-lib/aws-ecr';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as route53 from 'aws-cdk-lib/aws-route53';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { AwsCustomResource, AwsCustomResourcePolicy, PhysicalResourceId } from 'aws-cdk-lib/custom-resources';
import { config } from '../../../../apps/paebbl-viz/infra/config';
import { DataBucket } from '../../../../apps/paebbl-viz/infra/data-bucket';
import { addNotifications } from './notifications';
import { addService } from './service';
import { addSignIn } from './sign-in';

/** The dashboard's two stacks with the same resources, written on the constructs of aws-cdk-lib alone. */
export function makeByHand(packages: string, props?: AppProps): App {
  const app = new App(props);
  const env = { region: config.region };
  const pipeline = new Stack(app, 'PaebblPipeline', { env });
  const repository = new ecr.Repository(pipeline, 'Repository', {
    repositoryName: config.image.repositoryName,
    imageScanOnPush: true,
    imageTagMutability: ecr.TagMutability.IMMUTABLE_WITH_EXCLUSION,
    imageTagMutabilityExclusionFilters: [
      ecr.ImageTagMutabilityExclusionFilter.wildcard('sha256-*'),
      ecr.ImageTagMutabilityExclusionFilter.wildcard('cache*'),
    ],
    lifecycleRules: [{ tagStatus: ecr.TagStatus.UNTAGGED, maxImageAge: Duration.days(7) }],
  });
  // Made once and never written again: a parameter of CloudFormation's would be set back by a later deployment.
  const parameterName = '/paebbl/released-image';
  const parameterArn = pipeline.formatArn({ service: 'ssm', resource: `parameter${parameterName}` });
  new AwsCustomResource(pipeline, 'Released', {
    onCreate: {
      service: 'SSM',
      action: 'PutParameter',
      parameters: { Name: parameterName, Type: 'String', Value: 'none' },
      physicalResourceId: PhysicalResourceId.of(parameterName),
      ignoreErrorCodesMatching: 'ParameterAlreadyExists',
    },
    policy: AwsCustomResourcePolicy.fromStatements([
      new iam.PolicyStatement({ actions: ['ssm:PutParameter'], resources: [parameterArn] }),
    ]),
    installLatestAwsSdk: false,
  });
  const provider = new iam.OidcProviderNative(pipeline, 'GitHub', {
    url: 'https://token.actions.githubusercontent.com',
    clientIds: ['sts.amazonaws.com'],
  });
  const { owner, repository: name, branch } = config.source;
  const role = (id: string) =>
    new iam.Role(pipeline, id, {
      maxSessionDuration: Duration.hours(1),
      assumedBy: new iam.WebIdentityPrincipal(provider.oidcProviderArn, {
        StringEquals: {
          'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com',
          'token.actions.githubusercontent.com:sub': `repo:${owner}/${name}:ref:refs/heads/${branch}`,
        },
      }),
    });
  repository.grantPullPush(role('PushRole'));
  const deployRole = role('DeployRole');
  deployRole.addToPolicy(new iam.PolicyStatement({ actions: ['ssm:PutParameter'], resources: [parameterArn] }));
  repository.grant(deployRole, 'ecr:BatchGetImage', 'ecr:DescribeImages', 'ecr:PutImage');

  const stack = new Stack(app, 'PaebblViz', { env });
  const digest = StringParameter.valueForStringParameter(stack, parameterName);
  const unreleased = new CfnCondition(stack, 'Unreleased', { expression: Fn.conditionEquals(digest, 'none') });
  const { vpc, service, container } = addService(
    stack,
    ecs.ContainerImage.fromRegistry(`${repository.repositoryUri}@${digest}`),
    Token.asNumber(Fn.conditionIf(unreleased.logicalId, 0, config.service.desiredCount)),
  );
  repository.grantPull(service.taskDefinition.obtainExecutionRole());
  new iam.Policy(stack, 'DeployPolicy', {
    roles: [iam.Role.fromRoleArn(stack, 'Deployer', deployRole.roleArn)],
    statements: [
      new iam.PolicyStatement({
        actions: ['ecs:DescribeServices', 'ecs:UpdateService', 'ecs:DescribeServiceDeployments'],
        resources: [service.serviceArn],
      }),
      new iam.PolicyStatement({
        actions: ['ecs:RegisterTaskDefinition', 'ecs:DescribeTaskDefinition', 'ecs:ListTasks', 'ecs:DescribeTasks'],
        resources: ['*'],
      }),
      new iam.PolicyStatement({
        actions: ['iam:PassRole'],
        resources: [service.taskDefinition.taskRole.roleArn, service.taskDefinition.obtainExecutionRole().roleArn],
      }),
    ],
  });
  const zone = route53.HostedZone.fromHostedZoneAttributes(stack, 'Zone', {
    zoneName: config.address.hostedZoneName,
    hostedZoneId: new CfnParameter(stack, 'HostedZoneId', { type: 'AWS::Route53::HostedZone::Id' }).valueAsString,
  });
  const door = addSignIn(stack, vpc, service, zone, `${packages}/cognito-alb-auth/assets`);
  container.addEnvironment('PAEBBL_ALB_ARN', door.balancer.loadBalancerArn);
  container.addEnvironment('PAEBBL_OIDC_CLIENT', door.client.userPoolClientId);
  service.enableDeploymentAlarms(
    door.alarms.slice(0, 2).map(({ alarmName }) => alarmName),
    { behavior: ecs.AlarmBehavior.ROLLBACK_ON_ALARM },
  );
  const data = new DataBucket(stack, 'Data', { url: `https://${config.address.domainName}`, ...config.data });
  data.give(container);
  addNotifications(stack, service, [...door.alarms, data.problem], `${packages}/slack-notify/assets`);
  return app;
}
