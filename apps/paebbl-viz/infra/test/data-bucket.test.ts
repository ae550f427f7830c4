import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Match, Template } from 'aws-cdk-lib/assertions';
import type { Stack } from 'aws-cdk-lib/core';
import { makeApp } from '../app';

const viz = Template.fromStack(makeApp().node.findChild('PaebblViz') as Stack);

test('the data bucket is versioned, encrypted and private, and outlives the stack', () => {
  viz.hasResource('AWS::S3::Bucket', {
    DeletionPolicy: 'Retain',
    Properties: {
      VersioningConfiguration: { Status: 'Enabled' },
      BucketEncryption: Match.anyValue(),
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
    },
  });
});

test('nobody reads or writes it without TLS', () => {
  viz.hasResourceProperties('AWS::S3::BucketPolicy', {
    PolicyDocument: {
      Statement: Match.arrayWith([
        Match.objectLike({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
      ]),
    },
  });
});

test('only the dashboard may send files into it from a browser', () => {
  viz.hasResourceProperties('AWS::S3::Bucket', {
    CorsConfiguration: {
      CorsRules: [Match.objectLike({ AllowedMethods: ['POST'], AllowedOrigins: ['https://viz.paebbl.com'] })],
    },
  });
});

test('the dashboard reads, writes and deletes in its own folders only', () => {
  const policies = Object.values(viz.findResources('AWS::IAM::Policy'));
  const statements = policies
    .flatMap(({ Properties }) => Properties.PolicyDocument.Statement)
    .filter(({ Action }) => [Action].flat().some((action: string) => /^s3:(Put|Delete)/.test(action)));
  const folders = statements
    .flatMap(({ Resource }) => [Resource].flat())
    .map((resource) => resource['Fn::Join']?.[1].at(-1))
    .filter(Boolean);

  expect(new Set(folders)).toEqual(new Set(['/uploads/*', '/last-good/*']));
});

test('what was discarded is gone after a day, in all of its versions', () => {
  viz.hasResourceProperties('AWS::S3::Bucket', {
    LifecycleConfiguration: {
      Rules: Match.arrayWith([
        Match.objectLike({
          Prefix: 'uploads/incoming/',
          ExpirationInDays: 7,
          NoncurrentVersionExpiration: { NoncurrentDays: 1 },
        }),
      ]),
    },
  });
});

test('the dashboard is told which user pool says who is in which group', () => {
  const [{ Properties }] = Object.values(viz.findResources('AWS::ECS::TaskDefinition'));
  const environment: { Name: string; Value: unknown }[] = Properties.ContainerDefinitions[0].Environment;
  const issuer = JSON.stringify(environment.find(({ Name }) => Name === 'PAEBBL_OIDC_ISSUER')?.Value);

  expect(issuer).toMatch(/ProviderURL|cognito-idp/);
});

test('the deployment prints what its README asks for', () => {
  viz.hasOutput('TaskRoleArn', {});
  viz.hasOutput('UserPoolId', {});
});

test('a failing app rolls its deployment back, and the channel hears of it', () => {
  viz.hasResourceProperties('AWS::ECS::Service', {
    DeploymentConfiguration: { Alarms: { Enable: true, Rollback: true, AlarmNames: Match.anyValue() } },
  });
  viz.resourcePropertiesCountIs(
    'AWS::Events::Rule',
    { EventPattern: Match.objectLike({ 'detail-type': ['CloudWatch Alarm State Change'] }) },
    4,
  );
});

test('the channel hears when the dashboard shows older data than it should, by the metric that the app writes', () => {
  const [id, alarm] = Object.entries(
    viz.findResources('AWS::CloudWatch::Alarm', { Properties: { MetricName: 'DataProblem' } }),
  )[0];
  const { Namespace, MetricName, Statistic, Threshold, ComparisonOperator, Period, EvaluationPeriods } =
    alarm.Properties;
  const app = (file: string) => readFileSync(join(__dirname, '../../container/paebbl_viz', file), 'utf8');

  expect([Statistic, Threshold, ComparisonOperator]).toEqual(['Maximum', 1, 'GreaterThanOrEqualToThreshold']);
  // One fall is told, however short it was; the app repeats it more often than a period lasts.
  const [, repeated] = /REPEAT_SECONDS = ([\d.]+)/.exec(app('refresher.py')) ?? [];
  expect(EvaluationPeriods).toBe(1);
  expect(Number(repeated)).toBeLessThanOrEqual(Period / 2);
  expect(app('metrics.py')).toContain(`NAMESPACE = "${Namespace}"`);
  expect(app('events.py')).toContain(`"${MetricName}": (1.0`);
  viz.hasResourceProperties('AWS::Events::Rule', {
    EventPattern: Match.objectLike({ resources: [{ 'Fn::GetAtt': [id, 'Arn'] }] }),
  });
});
