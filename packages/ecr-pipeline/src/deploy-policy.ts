import type * as ecs from 'aws-cdk-lib/aws-ecs';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Arn, ArnFormat, Stack } from 'aws-cdk-lib/core';
import type { DeployGrantOptions } from './deploy-grant-options';

/** What it takes to roll an image out on one service, to follow the rollout and to tell why it failed. */
export function deployStatements(service: ecs.BaseService, options: DeployGrantOptions): iam.PolicyStatement[] {
  const stack = Stack.of(service);
  const cluster = service.cluster;
  const below = (resource: string, path: string) =>
    Arn.format({ service: 'ecs', resource, resourceName: `${cluster.clusterName}/${path}` }, stack);
  const { taskRole, executionRole } = service.taskDefinition;
  return [
    new iam.PolicyStatement({
      sid: 'RollOut',
      actions: ['ecs:DescribeServices', 'ecs:ListServiceDeployments', 'ecs:UpdateService'],
      resources: [below('service', service.serviceName)],
    }),
    new iam.PolicyStatement({
      sid: 'FollowTheRollout',
      actions: ['ecs:DescribeServiceDeployments', 'ecs:DescribeServiceRevisions', 'ecs:StopServiceDeployment'],
      resources: [
        below('service-deployment', `${service.serviceName}/*`),
        below('service-revision', `${service.serviceName}/*`),
      ],
    }),
    new iam.PolicyStatement({
      sid: 'ReadWhyTasksStopped',
      actions: ['ecs:DescribeTasks'],
      resources: [below('task', '*')],
    }),
    new iam.PolicyStatement({
      sid: 'ListTasks',
      actions: ['ecs:ListTasks'],
      resources: ['*'],
      conditions: { ArnEquals: { 'ecs:cluster': cluster.clusterArn } },
    }),
    new iam.PolicyStatement({
      // Revisions are harmless until they run, and with which permissions they run is limited below.
      sid: 'RegisterRevisions',
      actions: ['ecs:DescribeTaskDefinition', 'ecs:RegisterTaskDefinition'],
      resources: ['*'],
    }),
    new iam.PolicyStatement({
      sid: 'TagRevisions',
      actions: ['ecs:TagResource'],
      resources: [Arn.format({ service: 'ecs', resource: 'task-definition', resourceName: '*' }, stack)],
      conditions: { StringEquals: { 'ecs:CreateAction': 'RegisterTaskDefinition' } },
    }),
    new iam.PolicyStatement({
      sid: 'RunAsTheSameRoles',
      actions: ['iam:PassRole'],
      resources: [taskRole, executionRole].flatMap((role) => (role ? [role.roleArn] : [])),
      conditions: { StringEquals: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' } },
    }),
    ...(options.logGroup
      ? [
          new iam.PolicyStatement({
            sid: 'ReadLastLogLines',
            actions: ['logs:GetLogEvents'],
            resources: [
              Arn.format(
                {
                  service: 'logs',
                  resource: 'log-group',
                  resourceName: `${options.logGroup.logGroupName}:log-stream:*`,
                  arnFormat: ArnFormat.COLON_RESOURCE_NAME,
                },
                stack,
              ),
            ],
          }),
        ]
      : []),
  ];
}
