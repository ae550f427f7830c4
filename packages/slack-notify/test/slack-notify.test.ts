import { Match, Template } from 'aws-cdk-lib/assertions';
import { Alarm, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { Repository } from 'aws-cdk-lib/aws-ecr';
import { BaseService } from 'aws-cdk-lib/aws-ecs';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { SlackKind, SlackNotify, SlackRoute, SlackSeverity, SlackSource, WebhookUrl } from '../src';
import { stackWithService, synthesize } from './stack';

const SERVICE = 'arn:aws:ecs:us-east-1:111122223333:service/ecs-paebbl-cluster/app';

test('deployments of the service are listened to', () => {
  synthesize().template.hasResourceProperties('AWS::Events::Rule', {
    EventPattern: { source: ['aws.ecs'], 'detail-type': ['ECS Deployment State Change'], resources: [SERVICE] },
  });
});

test('tasks of the service that died are listened to, and not those that were replaced', () => {
  synthesize().template.hasResourceProperties('AWS::Events::Rule', {
    EventPattern: {
      'detail-type': ['ECS Task State Change'],
      detail: {
        clusterArn: ['arn:aws:ecs:us-east-1:111122223333:cluster/ecs-paebbl-cluster'],
        group: ['service:app'],
        lastStatus: ['STOPPED'],
        $or: [
          { stopCode: ['EssentialContainerExited', 'TaskFailedToStart', 'SpotInterruption', 'TerminationNotice'] },
          { stoppedReason: [{ prefix: 'Task failed' }] },
        ],
      },
    },
  });
});

test('an alarm is listened to when it goes off and when it recovers', () => {
  const { stack, webhookUrl } = stackWithService();
  const metric = new Metric({ namespace: 'App', metricName: 'Errors' });
  const alarm = new Alarm(stack, 'Alarm', { metric, threshold: 1, evaluationPeriods: 1 });
  new SlackNotify(stack, 'Notify', { webhookUrl, sources: [SlackSource.alarm(alarm)] });

  Template.fromStack(stack).hasResourceProperties('AWS::Events::Rule', {
    EventPattern: {
      source: ['aws.cloudwatch'],
      resources: [{ 'Fn::GetAtt': [Match.stringLikeRegexp('^Alarm'), 'Arn'] }],
      detail: { state: { value: ['ALARM', 'OK'] } },
    },
  });
});

test.each([
  [true, 4],
  [false, 3],
])('a repository is listened to for critical findings, and for pushes when asked (%s)', (pushes, rules) => {
  const { stack, webhookUrl } = stackWithService();
  const repository = Repository.fromRepositoryName(stack, 'Repository', 'team/app');
  new SlackNotify(stack, 'Notify', { webhookUrl, sources: [SlackSource.repository(repository, { pushes })] });

  const template = Template.fromStack(stack);
  template.resourceCountIs('AWS::Events::Rule', rules);
  template.hasResourceProperties('AWS::Events::Rule', {
    EventPattern: {
      'detail-type': ['ECR Image Scan'],
      detail: {
        'repository-name': ['team/app'],
        'finding-severity-counts': { CRITICAL: [{ numeric: ['>', 0] }] },
      },
    },
  });
  template.hasResourceProperties('AWS::Events::Rule', {
    EventPattern: {
      source: ['aws.inspector2'],
      'detail-type': ['Inspector2 Scan'],
      detail: {
        'repository-name': [{ 'Fn::Join': ['', Match.arrayWith([Match.stringLikeRegexp(':repository/team/app$')])] }],
        'finding-severity-counts': { CRITICAL: [{ numeric: ['>', 0] }] },
      },
    },
  });
});

test('what continuous scanning finds in an image of the repository is listened to', () => {
  const { stack, webhookUrl } = stackWithService();
  const repository = Repository.fromRepositoryName(stack, 'Repository', 'team/app');
  new SlackNotify(stack, 'Notify', { webhookUrl, sources: [SlackSource.repository(repository)] });

  Template.fromStack(stack).hasResourceProperties('AWS::Events::Rule', {
    EventPattern: {
      'detail-type': ['Inspector2 Finding'],
      detail: { severity: ['CRITICAL'], status: ['ACTIVE'] },
      resources: [
        { prefix: { 'Fn::Join': ['', Match.arrayWith([Match.stringLikeRegexp(':repository/team/app/sha256:$')])] } },
      ],
    },
  });
});

test('the function may look up the images of the services, also of those in the sources, and of no others', () => {
  const { stack, service, webhookUrl } = stackWithService();
  new SlackNotify(stack, 'Notify', { webhookUrl, sources: [SlackSource.service(service)] });
  const part = (kind: string) => ({
    'Fn::Join': [
      '',
      ['arn:', { Ref: 'AWS::Partition' }, `:ecs:us-east-1:111122223333:${kind}/ecs-paebbl-cluster/app/*`],
    ],
  });

  Template.fromStack(stack).hasResourceProperties('AWS::IAM::Policy', {
    PolicyDocument: {
      Statement: [
        Match.objectLike({ Action: 'ecs:ListServiceDeployments', Resource: SERVICE }),
        Match.objectLike({ Action: 'ecs:DescribeServiceDeployments', Resource: part('service-deployment') }),
        Match.objectLike({ Action: 'ecs:DescribeServiceRevisions', Resource: part('service-revision') }),
        Match.objectLike({ Action: 'ecr:DescribeImages' }),
      ],
    },
  });
});

test('the group of a message is short enough, however deep the service stands', () => {
  const { stack } = stackWithService();
  const deep = Array.from({ length: 12 }).reduce<Construct>(
    (scope, _, at) => new Construct(scope, `ALongNameForLevel${at}`),
    stack,
  );
  const arn = 'arn:aws:ecs:us-east-1:111122223333:service/cluster/deep';
  const service = BaseService.fromServiceArnWithCluster(deep, 'Service', arn);

  expect(SlackSource.service(service).id.length).toBeLessThanOrEqual(128);
});

test('any pattern of EventBridge can be a source', () => {
  const { template } = synthesize({ sources: [SlackSource.pattern('builds', { source: ['aws.codebuild'] })] });

  template.hasResourceProperties('AWS::Events::Rule', {
    EventPattern: { source: ['aws.codebuild'] },
    Targets: [Match.objectLike({ SqsParameters: { MessageGroupId: 'pattern-builds' } })],
  });
});

test('events of one source stay in order, and what EventBridge cannot deliver is kept', () => {
  const { template } = synthesize();

  template.hasResourceProperties('AWS::SQS::Queue', {
    FifoQueue: true,
    ContentBasedDeduplication: true,
    // An event that two sources fit comes to both.
    DeduplicationScope: 'messageGroup',
    VisibilityTimeout: 120,
    RedrivePolicy: { maxReceiveCount: 15 },
  });
  template.allResourcesProperties('AWS::Events::Rule', {
    Targets: [
      Match.objectLike({
        SqsParameters: { MessageGroupId: Match.stringLikeRegexp('^service-') },
        DeadLetterConfig: { Arn: { 'Fn::GetAtt': [Match.stringLikeRegexp('Undelivered'), 'Arn'] } },
      }),
    ],
  });
});

test('the function is Node 22 on ARM and answers for each message by itself', () => {
  const { template } = synthesize();

  template.hasResourceProperties('AWS::Lambda::Function', {
    Runtime: 'nodejs22.x',
    Architectures: ['arm64'],
    Handler: 'index.handler',
    Timeout: 60,
  });
  template.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
    BatchSize: 5,
    FunctionResponseTypes: ['ReportBatchItemFailures'],
  });
});

test('an alarm goes off when an event could not be told', () => {
  synthesize().template.hasResourceProperties('AWS::CloudWatch::Alarm', {
    ComparisonOperator: 'GreaterThanOrEqualToThreshold',
    Threshold: 1,
    TreatMissingData: 'notBreaching',
    Metrics: Match.arrayWith([Match.objectLike({ Expression: 'm0 + m1' })]),
  });
});

test('the function may read its own secret only', () => {
  const { template } = synthesize();

  template.hasResourceProperties('AWS::IAM::Policy', {
    PolicyDocument: {
      Statement: Match.arrayWith([
        Match.objectLike({
          Action: ['secretsmanager:GetSecretValue', 'secretsmanager:DescribeSecret'],
          Resource: { 'Fn::Join': ['', Match.arrayWith([Match.stringLikeRegexp('slack/webhook-url-\\?{6}')])] },
        }),
      ]),
    },
  });
});

test('the URL can be kept in a SecureString parameter', () => {
  const { stack, service } = stackWithService();
  const parameter = StringParameter.fromSecureStringParameterAttributes(stack, 'Url2', { parameterName: '/slack/url' });
  new SlackNotify(stack, 'Notify', { services: [service], webhookUrl: WebhookUrl.fromParameter(parameter) });

  const template = Template.fromStack(stack);
  template.hasResourceProperties('AWS::IAM::Policy', {
    PolicyDocument: {
      Statement: Match.arrayWith([
        Match.objectLike({
          Action: Match.arrayWith(['ssm:GetParameter']),
          Resource: { 'Fn::Join': ['', Match.arrayWith([Match.stringLikeRegexp('parameter/slack/url$')])] },
        }),
      ]),
    },
  });
});

test('no property holds a URL: only where it is kept is in the template', () => {
  const { template } = synthesize();

  expect(JSON.stringify(template.toJSON())).not.toContain('hooks.slack');
});

test.each([
  ['no source', { services: [] }, "'services' or 'sources' must name at least one source of events, got: none"],
  [
    'a source twice',
    { sources: [SlackSource.pattern('a', {}), SlackSource.pattern('a', {})] },
    "'sources' must name each source once, got: 'pattern-a' twice",
  ],
])('%s is refused', (_name, props, message) => {
  expect(() => synthesize(props)).toThrow(message);
});

test('the name of a pattern is refused when it would not fit', () => {
  expect(() => SlackSource.pattern('builds & more', {})).toThrow(
    "'name' must be 1 to 64 letters, digits and hyphens, got: 'builds & more'",
  );
});

test('an empty key of a secret is refused', () => {
  const { stack } = stackWithService();
  const secret = Secret.fromSecretNameV2(stack, 'Other', 'other');

  expect(() => WebhookUrl.fromSecret(secret, '')).toThrow("'field' must name a key of the secret, got: ''");
});

test('what was told is remembered in a table that forgets by itself', () => {
  synthesize().template.hasResourceProperties('AWS::DynamoDB::GlobalTable', {
    KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    TimeToLiveSpecification: { AttributeName: 'expires', Enabled: true },
  });
});

test('the routes come before the channel of the construct, each with its own secret', () => {
  const { stack, service, webhookUrl } = stackWithService();
  const other = WebhookUrl.fromSecret(Secret.fromSecretNameV2(stack, 'Other', 'slack/other'), 'url');
  new SlackNotify(stack, 'Notify', {
    services: [service],
    webhookUrl,
    routes: [
      SlackRoute.copyToChannel(other, { severities: [SlackSeverity.ERROR] }),
      SlackRoute.drop({ kinds: [SlackKind.DEPLOYMENT_STARTED], sources: [SlackSource.service(service)] }),
    ],
    summaryInterval: Duration.minutes(5),
  });

  const template = Template.fromStack(stack);
  const [handler] = Object.values(template.findResources('AWS::Lambda::Function'));
  const config = JSON.stringify(handler?.Properties.Environment.Variables.SLACK_NOTIFY_CONFIG);
  expect(config).toMatch(
    /route0.*secretId.*slack\/other.*secretField.*url.*severities.*error.*copy.*true.*route1.*kinds.*deployment-started.*default.*slack\/webhook-url.*burstSeconds.*300/,
  );
  template.hasResourceProperties('AWS::IAM::Policy', {
    PolicyDocument: {
      Statement: Match.arrayWith([
        Match.objectLike({
          Resource: { 'Fn::Join': ['', Match.arrayWith([Match.stringLikeRegexp('slack/other-\\?{6}')])] },
        }),
      ]),
    },
  });
});

test.each([
  [{}, "'filter' must name sources, kinds or severities, got: nothing"],
  [{ kinds: [] }, "'filter' must name sources, kinds or severities, got: no kinds"],
])('a route that takes nothing in particular is refused', (filter, message) => {
  expect(() => SlackRoute.drop(filter)).toThrow(message);
});

test.each([30, 1000])('a summary after %i seconds is refused', (seconds) => {
  expect(() => synthesize({ summaryInterval: Duration.seconds(seconds) })).toThrow(
    /^'summaryInterval' must be from 1 to 15 minutes, got: /,
  );
});
