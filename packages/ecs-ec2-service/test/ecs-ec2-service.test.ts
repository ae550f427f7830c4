import { Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { App, CfnCondition, Duration, Fn, Size, Stack, Token } from 'aws-cdk-lib/core';
import { EcsEc2Service, Egress } from '../src';
import { image, synthesize } from './stack';

const { template } = synthesize();

/** Logical ids that a resource waits for, directly or through others: it is also deleted before them. */
function waitsFor(of: Template, type: string): string[] {
  const resources = of.toJSON().Resources as Record<string, { Type: string; DependsOn?: string[] }>;
  const seen = new Set<string>();
  const visit = (id: string) => {
    const text = JSON.stringify(resources[id]);
    for (const other of Object.keys(resources)) {
      if (other !== id && !seen.has(other) && text.includes(`"${other}"`)) {
        seen.add(other);
        visit(other);
      }
    }
  };
  for (const id of Object.keys(of.findResources(type))) {
    visit(id);
  }
  return [...seen].map((id) => resources[id].Type);
}

describe('rollouts', () => {
  test('a rollout that fails is rolled back after three failed tasks', () => {
    template.hasResourceProperties('AWS::ECS::Service', {
      DeploymentConfiguration: {
        DeploymentCircuitBreaker: {
          Enable: true,
          Rollback: true,
          ThresholdConfiguration: { Type: 'COUNT', Value: 3 },
        },
      },
    });
  });

  test('the new task answers before the old one goes', () => {
    template.hasResourceProperties('AWS::ECS::Service', {
      DeploymentConfiguration: { MinimumHealthyPercent: 100, MaximumPercent: 200 },
    });
  });

  test('a service without a load balancer has no grace period, which ECS would refuse', () => {
    template.hasResourceProperties('AWS::ECS::Service', { HealthCheckGracePeriodSeconds: Match.absent() });
  });

  test('a service behind a load balancer gives a task 60 seconds to become healthy', () => {
    const stack = new Stack(new App(), 'Test');
    const { service, vpc, containerPort } = new EcsEc2Service(stack, 'App', { image });
    const balancer = new elbv2.ApplicationLoadBalancer(stack, 'Balancer', { vpc });
    balancer.addListener('Http', { port: 80, open: false }).addTargets('App', {
      port: containerPort,
      protocol: elbv2.ApplicationProtocol.HTTP,
      targets: [service],
    });
    const behind = Template.fromStack(stack);
    behind.hasResourceProperties('AWS::ECS::Service', {
      HealthCheckGracePeriodSeconds: 60,
      LoadBalancers: [Match.objectLike({ ContainerName: 'app', ContainerPort: 5000 })],
    });
    behind.hasResourceProperties('AWS::ElasticLoadBalancingV2::TargetGroup', { TargetType: 'ip' });
  });

  test('the desired count may be decided at deployment', () => {
    const { template } = synthesize((stack) => {
      const never = new CfnCondition(stack, 'Never', { expression: Fn.conditionEquals('a', 'b') });
      return { desiredCount: Token.asNumber(Fn.conditionIf(never.logicalId, 0, 1)) };
    });
    template.hasResourceProperties('AWS::ECS::Service', { DesiredCount: { 'Fn::If': ['Never', 0, 1] } });
  });
});

describe('a stack that is deleted', () => {
  test('stops its tasks while hosts, permissions and the cluster still stand', () => {
    expect(waitsFor(template, 'AWS::ECS::Service')).toEqual(
      expect.arrayContaining([
        'AWS::AutoScaling::AutoScalingGroup',
        'AWS::ECS::ClusterCapacityProviderAssociations',
        'AWS::EC2::Route',
        'AWS::EC2::Instance',
        'AWS::IAM::Role',
        'AWS::IAM::Policy',
        'AWS::Logs::LogGroup',
      ]),
    );
  });

  test('removes its hosts while they can still reach ECS', () => {
    expect(waitsFor(template, 'AWS::AutoScaling::AutoScalingGroup')).toEqual(
      expect.arrayContaining(['AWS::ECS::Cluster', 'AWS::IAM::Policy', 'AWS::EC2::Route', 'AWS::EC2::Instance']),
    );
  });

  test('does not wait for protected hosts', () => {
    template.hasResourceProperties('AWS::ECS::CapacityProvider', {
      AutoScalingGroupProvider: {
        ManagedTerminationProtection: 'DISABLED',
        ManagedDraining: 'ENABLED',
        ManagedScaling: Match.objectLike({ Status: 'ENABLED' }),
      },
    });
  });

  test('takes its log group along, so that the next one may have the same name', () => {
    template.hasResource('AWS::Logs::LogGroup', { DeletionPolicy: 'Delete', Properties: { RetentionInDays: 30 } });
  });
});

describe('the task', () => {
  test('has its own network interface, 256 CPU units and 512 MiB', () => {
    template.hasResourceProperties('AWS::ECS::TaskDefinition', {
      NetworkMode: 'awsvpc',
      RequiresCompatibilities: ['EC2'],
      Cpu: '256',
      Memory: '512',
    });
  });

  test('cannot change its own files, but write to /tmp', () => {
    template.hasResourceProperties('AWS::ECS::TaskDefinition', {
      ContainerDefinitions: [
        Match.objectLike({
          ReadonlyRootFilesystem: true,
          Privileged: false,
          MountPoints: [{ ContainerPath: '/tmp', ReadOnly: false, SourceVolume: 'scratch-tmp' }],
        }),
      ],
      Volumes: [{ Name: 'scratch-tmp', Host: {} }],
    });
  });

  test('may be entered with ECS Exec once its files can be changed, which Exec needs', () => {
    const { template } = synthesize({ enableExecuteCommand: true });
    template.hasResourceProperties('AWS::ECS::Service', { EnableExecuteCommand: true });
    template.hasResourceProperties('AWS::ECS::TaskDefinition', {
      ContainerDefinitions: [Match.objectLike({ ReadonlyRootFilesystem: false, MountPoints: Match.absent() })],
    });
    template.hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: {
        Statement: Match.arrayWith([Match.objectLike({ Action: Match.arrayWith(['ssmmessages:OpenDataChannel']) })]),
      },
    });
  });

  test('goes on answering when the log service does not', () => {
    template.hasResourceProperties('AWS::ECS::TaskDefinition', {
      ContainerDefinitions: [
        Match.objectLike({
          LogConfiguration: Match.objectLike({ Options: Match.objectLike({ mode: 'non-blocking' }) }),
        }),
      ],
    });
  });

  test('reads a secret when it starts, and the template has its address only', () => {
    const { template } = synthesize((stack) => ({
      secrets: { TOKEN: ecs.Secret.fromSecretsManager(new secretsmanager.Secret(stack, 'Token')) },
    }));
    template.hasResourceProperties('AWS::ECS::TaskDefinition', {
      ContainerDefinitions: [Match.objectLike({ Secrets: [{ Name: 'TOKEN', ValueFrom: { Ref: Match.anyValue() } }] })],
    });
  });

  test('has every name that it is given', () => {
    const { template } = synthesize({
      family: 'task-definition-app',
      containerName: 'app',
      portName: 'app-port',
      containerPort: 5000,
      logGroupName: 'flask-app',
      logStreamPrefix: 'flask-app-paebbl',
      command: ['gunicorn', '--bind', '0.0.0.0:5000', 'app:app'],
    });
    template.hasResourceProperties('AWS::ECS::TaskDefinition', {
      Family: 'task-definition-app',
      ContainerDefinitions: [
        Match.objectLike({
          Name: 'app',
          Command: ['gunicorn', '--bind', '0.0.0.0:5000', 'app:app'],
          PortMappings: [{ Name: 'app-port', ContainerPort: 5000, Protocol: 'tcp', AppProtocol: 'http' }],
          LogConfiguration: Match.objectLike({
            Options: Match.objectLike({ 'awslogs-stream-prefix': 'flask-app-paebbl' }),
          }),
        }),
      ],
    });
    template.hasResourceProperties('AWS::Logs::LogGroup', { LogGroupName: 'flask-app' });
  });
});

describe('the cluster', () => {
  test('has its name, tags and namespace, and others reach the service by its alias', () => {
    const { template } = synthesize({
      clusterName: 'ecs-paebbl-cluster',
      clusterTags: { owner: 'paebbl' },
      namespaceName: 'paebbl-namespace',
      serviceName: 'app',
      serviceConnect: { alias: 'app', port: 80 },
    });
    template.hasResourceProperties('AWS::ECS::Cluster', {
      ClusterName: 'ecs-paebbl-cluster',
      ClusterSettings: [{ Name: 'containerInsights', Value: 'enabled' }],
      Tags: Match.arrayWith([{ Key: 'owner', Value: 'paebbl' }]),
    });
    template.hasResourceProperties('AWS::ServiceDiscovery::HttpNamespace', { Name: 'paebbl-namespace' });
    template.hasResourceProperties('AWS::ECS::Service', {
      ServiceName: 'app',
      ServiceConnectConfiguration: {
        Enabled: true,
        Services: [{ PortName: 'app-port', ClientAliases: [{ DnsName: 'app', Port: 80 }] }],
      },
    });
  });

  test('has one capacity provider, of weight 1, as its default strategy', () => {
    template.hasResourceProperties('AWS::ECS::ClusterCapacityProviderAssociations', {
      DefaultCapacityProviderStrategy: [{ CapacityProvider: Match.anyValue(), Weight: 1 }],
    });
    template.hasResourceProperties('AWS::ECS::Service', { LaunchType: Match.absent() });
  });
});

describe('the network', () => {
  test('has no NAT gateway, but one small instance that translates addresses', () => {
    template.resourceCountIs('AWS::EC2::NatGateway', 0);
    template.resourceCountIs('AWS::EC2::Instance', 1);
    template.hasResourceProperties('AWS::EC2::Instance', { InstanceType: 't4g.nano', SourceDestCheck: false });
  });

  test('does not replace that instance when Amazon publishes an image', () => {
    template.hasResourceProperties('AWS::EC2::Instance', { ImageId: Match.absent(), LaunchTemplate: Match.anyValue() });
    template.hasResourceProperties('AWS::EC2::LaunchTemplate', {
      LaunchTemplateData: Match.objectLike({ ImageId: Match.stringLikeRegexp('^resolve:ssm:/aws/service/ami-amazon') }),
    });
    expect(Object.keys(template.findParameters('*'))).toEqual(['BootstrapVersion']);
  });

  test('starts that instance only once it can reach its package mirror', () => {
    expect(waitsFor(template, 'AWS::EC2::Instance')).toContain('AWS::EC2::Route');
  });

  test('has NAT gateways instead when asked', () => {
    const { template } = synthesize({ egress: Egress.natGateways(2) });
    template.resourceCountIs('AWS::EC2::NatGateway', 2);
    template.resourceCountIs('AWS::EC2::Instance', 0);
  });

  test('has no way out when asked', () => {
    const { template } = synthesize({ egress: Egress.none() });
    template.resourceCountIs('AWS::EC2::NatGateway', 0);
    template.resourceCountIs('AWS::EC2::Instance', 0);
    template.hasResourceProperties('AWS::ECS::Service', {
      NetworkConfiguration: { AwsvpcConfiguration: { AssignPublicIp: 'DISABLED' } },
    });
  });

  test('is yours when you bring one', () => {
    const { template } = synthesize((stack) => ({ vpc: new ec2.Vpc(stack, 'Mine', { natGateways: 1 }) }));
    template.resourceCountIs('AWS::EC2::VPC', 1);
    template.resourceCountIs('AWS::EC2::NatGateway', 1);
  });
});

describe('what could never run is refused, in the caller’s words', () => {
  const bring = (stack: Stack) => new ec2.Vpc(stack, 'Mine');
  test.each<[Parameters<typeof synthesize>[0], string]>([
    [
      { enableExecuteCommand: true, readOnlyRootFileSystem: true },
      "'readOnlyRootFileSystem' must be left out with 'enableExecuteCommand', whose agent writes into the container, got: both",
    ],
    [
      { command: ['gunicorn -b 0.0.0.0:5000 app:app'] },
      "'command' must have one argument an element, got: [\"gunicorn",
    ],
    [
      { clusterName: 'my cluster' },
      "'clusterName' must have 1 to 255 letters, digits, hyphens and underscores, got: my",
    ],
    [{ capacityProviderName: 'ecs-hosts' }, "'capacityProviderName' must not start with aws, ecs or fargate, got: ecs"],
    [{ portName: 'App' }, "'portName' must have 1 to 64 lower-case letters"],
    [{ cpuUnits: 64 }, "'cpuUnits' must be a whole number from 128 to 10240, got: 64"],
    [{ containerPort: 70_000 }, "'containerPort' must be a whole number from 1 to 65535, got: 70000"],
    [{ desiredCount: -1 }, "'desiredCount' must be a whole number from 0 to 5000, got: -1"],
    [{ failureThreshold: 0 }, "'failureThreshold' must be a whole number from 1 to 200, got: 0"],
    [{ serviceConnect: { alias: 'app' } }, "'serviceConnect' must come with 'namespaceName', got: none"],
    [{ writablePaths: ['tmp'] }, "'writablePaths' must be absolute paths below the root, got: tmp"],
    [{ hosts: { min: 2, max: 2 } }, "'hosts.max' must be more than 'hosts.min' (2)"],
    [{ hosts: { lifetime: Duration.hours(1) } }, "'hosts.lifetime' must be from 1 to 365 days"],
    [{ hosts: { diskSize: Size.gibibytes(8) } }, "'hosts.diskSize' must be at least 30 GiB, got: 8 GiB"],
    [(stack) => ({ vpc: bring(stack), egress: Egress.none() }), "'egress' must be left out when 'vpc' is given"],
    [{ subnets: { subnetType: ec2.SubnetType.PUBLIC } }, "'subnets' must come with 'vpc'"],
  ])('%j', (props, message) => {
    expect(() => synthesize(props)).toThrow(message);
  });
});
