import * as logs from 'aws-cdk-lib/aws-logs';
import * as signer from 'aws-cdk-lib/aws-signer';
import { addService, allowed, makeStacks } from './stack';

function withGrant() {
  const stacks = makeStacks();
  stacks.pipeline.grantDeploy(addService(stacks.appStack, stacks.pipeline), {
    logGroup: new logs.LogGroup(stacks.appStack, 'Logs'),
  });
  return stacks;
}

test('the push role may push to and read from the repository, and nothing else', () => {
  const actions = allowed(makeStacks().template, 'PushRole');
  expect(Object.keys(actions)).toEqual([
    'ecr:BatchCheckLayerAvailability',
    'ecr:BatchGetImage',
    'ecr:CompleteLayerUpload',
    'ecr:GetAuthorizationToken',
    'ecr:GetDownloadUrlForLayer',
    'ecr:InitiateLayerUpload',
    'ecr:PutImage',
    'ecr:UploadLayerPart',
  ]);
  for (const [action, resource] of Object.entries(actions)) {
    const expected = action === 'ecr:GetAuthorizationToken' ? '"*"' : /GetAtt.*PipelineRepository/;
    expect(JSON.stringify(resource)).toMatch(expected);
  }
});

test('with a signing profile the push role may also sign with it, and nothing else', () => {
  const actions = allowed(
    makeStacks((stack) => ({
      signingProfile: new signer.SigningProfile(stack, 'Profile', {
        platform: signer.Platform.NOTATION_OCI_SHA384_ECDSA,
      }),
    })).template,
    'PushRole',
  );
  expect(Object.keys(actions)).toHaveLength(9);
  expect(actions['signer:SignPayload']).toEqual({ 'Fn::GetAtt': [expect.stringMatching(/^Profile/), 'Arn'] });
});

test('the deploy role may release an image of the repository, and nothing else, until it is granted a service', () => {
  const actions = allowed(makeStacks().template, 'DeployRole');
  expect(Object.keys(actions)).toEqual(['ecr:BatchGetImage', 'ecr:DescribeImages', 'ecr:PutImage', 'ssm:PutParameter']);
  expect(JSON.stringify(actions['ssm:PutParameter'])).toContain('parameter/paebbl-repository/released-image');
});

test('granted a service, the deploy role may roll out on that service alone', () => {
  const { pipeline, appStack, appTemplate } = withGrant();
  const actions = allowed(appTemplate, 'DeployRole');
  expect(Object.keys(actions)).toEqual([
    'ecs:DescribeServiceDeployments',
    'ecs:DescribeServiceRevisions',
    'ecs:DescribeServices',
    'ecs:DescribeTaskDefinition',
    'ecs:DescribeTasks',
    'ecs:ListServiceDeployments',
    'ecs:ListTasks',
    'ecs:RegisterTaskDefinition',
    'ecs:StopServiceDeployment',
    'ecs:TagResource',
    'ecs:UpdateService',
    'iam:PassRole',
    'logs:GetLogEvents',
  ]);
  const anywhere = Object.keys(actions).filter((action) => actions[action] === '*');
  expect(anywhere).toEqual(['ecs:DescribeTaskDefinition', 'ecs:ListTasks', 'ecs:RegisterTaskDefinition']);
  expect(pipeline.deployRole.stack).not.toBe(appStack);
});

test('the deploy role may pass only the roles of the task, and only to tasks', () => {
  const [policy] = Object.values(withGrant().appTemplate.findResources('AWS::IAM::Policy')).filter(({ Properties }) =>
    JSON.stringify(Properties).includes('iam:PassRole'),
  );
  const statement = policy.Properties.PolicyDocument.Statement.find(
    (s: { Action: string }) => s.Action === 'iam:PassRole',
  );
  expect(statement.Condition).toEqual({ StringEquals: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' } });
  expect(JSON.stringify(statement.Resource)).toMatch(/TaskTaskRole.*TaskExecutionRole/);
});

test('without a log group no log can be read', () => {
  const stacks = makeStacks();
  stacks.pipeline.grantDeploy(addService(stacks.appStack, stacks.pipeline));
  expect(Object.keys(allowed(stacks.appTemplate, 'DeployRole'))).not.toContain('logs:GetLogEvents');
});

test('cdk deploy is granted by the bootstrap roles of this account and region alone', () => {
  const stacks = makeStacks();
  stacks.pipeline.grantCdkDeploy('paebbl123');
  const roles = JSON.stringify(allowed(stacks.template, 'DeployRole')['sts:AssumeRole']);
  expect(roles.match(/cdk-paebbl123-[a-z-]+-role-/g)).toEqual([
    'cdk-paebbl123-deploy-role-',
    'cdk-paebbl123-file-publishing-role-',
    'cdk-paebbl123-image-publishing-role-',
    'cdk-paebbl123-lookup-role-',
  ]);
  expect(roles).not.toContain('*');
});
