import { Match, Template } from 'aws-cdk-lib/assertions';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { AwsSolutionsChecks } from 'cdk-nag';
import { type SlackApprovalsOptions, SlackNotify, SlackSource } from '../src';
import { stackWithService } from './stack';

function synthesize(approvals: Partial<SlackApprovalsOptions> = {}) {
  const { stack, service, webhookUrl } = stackWithService();
  const signingSecret = Secret.fromSecretNameV2(stack, 'Signing', 'slack/signing-secret');
  const options = { signingSecret, approvers: ['U012AB3CD'], ...approvals };
  const notify = new SlackNotify(stack, 'Notify', { services: [service], webhookUrl, approvals: options });
  return { stack, notify, template: () => Template.fromStack(stack) };
}

test('the function may decide about deployments of the services only', () => {
  synthesize()
    .template()
    .hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: {
        Statement: [
          {
            Action: 'ecs:ContinueServiceDeployment',
            Effect: 'Allow',
            Resource: {
              'Fn::Join': [
                '',
                [
                  'arn:',
                  { Ref: 'AWS::Partition' },
                  ':ecs:us-east-1:111122223333:service-deployment/ecs-paebbl-cluster/app/*',
                ],
              ],
            },
          },
        ],
      },
    });
});

test('a service in the sources may be decided about, too', () => {
  const { stack, service, webhookUrl } = stackWithService();
  const signingSecret = Secret.fromSecretNameV2(stack, 'Signing', 'slack/signing-secret');
  const approvals = { signingSecret, approvers: ['U012AB3CD'] };
  new SlackNotify(stack, 'Notify', { sources: [SlackSource.service(service)], webhookUrl, approvals });

  Template.fromStack(stack).hasResourceProperties('AWS::IAM::Policy', {
    PolicyDocument: { Statement: [Match.objectLike({ Action: 'ecs:ContinueServiceDeployment' })] },
  });
});

test('approvals without a service are refused', () => {
  const { stack, webhookUrl } = stackWithService();
  const signingSecret = Secret.fromSecretNameV2(stack, 'Signing', 'slack/signing-secret');
  const approvals = { signingSecret, approvers: ['U012AB3CD'] };
  const sources = [SlackSource.pattern('builds', { source: ['aws.codebuild'] })];

  expect(() => new SlackNotify(stack, 'Notify', { sources, webhookUrl, approvals })).toThrow(
    "'approvals' must come with a service whose deployments are told, got: none",
  );
});

test('the messages have buttons, and Slack has a URL to send the clicks to', () => {
  const { notify, template } = synthesize();

  expect(notify.approvals?.requestUrl).toBeDefined();
  template().hasResourceProperties('AWS::Lambda::Url', { AuthType: 'NONE' });
  expect(JSON.stringify(template().findResources('AWS::Lambda::Function'))).toContain('buttons\\":true');
});

test('who decided what is kept for a year', () => {
  synthesize()
    .template()
    .hasResource('AWS::Logs::LogGroup', {
      Properties: { RetentionInDays: 365 },
      DeletionPolicy: 'Retain',
    });
});

test('people in a group are looked up with a token that the function may read', () => {
  const { stack, template } = synthesize();
  const token = Secret.fromSecretNameV2(stack, 'Token', 'slack/bot-token');
  const other = synthesize({ approverGroups: ['S012AB3CD'], botToken: token });

  other.template().hasResourceProperties('AWS::Lambda::Function', {
    Environment: { Variables: { SLACK_APPROVAL_CONFIG: Match.anyValue() } },
  });
  expect(JSON.stringify(other.template())).toContain('slack/bot-token');
  expect(JSON.stringify(template())).not.toContain('slack/bot-token');
});

test('the AwsSolutions checks find nothing unexplained', () => {
  const { violations } = new AwsSolutionsChecks().validateScope(synthesize().stack.node.root);

  expect(
    violations.flatMap((rule) => rule.violatingResources.map((at) => `${rule.ruleName} at ${at.constructPath}`)),
  ).toEqual([]);
});

test.each<[Partial<SlackApprovalsOptions>, string]>([
  [{ approvers: [] }, "'approvers' or 'approverGroups' must name who may decide, got: nobody"],
  [{ approvers: ['@ana'] }, "'approvers' must be ids of people like U012AB3CD, got: '@ana'"],
  [{ approverGroups: ['platform'] }, "'approverGroups' must be ids of user groups like S012AB3CD, got: 'platform'"],
  [
    { approverGroups: ['S012AB3CD'] },
    "'botToken' must be given with 'approverGroups', to look into the groups, got: none",
  ],
])('approvals that nobody or no one in particular could give are refused', (options, message) => {
  expect(() => synthesize(options)).toThrow(message);
});
