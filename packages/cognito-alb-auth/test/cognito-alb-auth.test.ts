import { Match } from 'aws-cdk-lib/assertions';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { InstanceType, Vpc } from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { Duration, Stack } from 'aws-cdk-lib/core';
import { newAuth, newStack, only, synthesize, templateOf } from './fixture';

const LISTENER = 'AWS::ElasticLoadBalancingV2::Listener';
const TARGET_GROUP = 'AWS::ElasticLoadBalancingV2::TargetGroup';

test('whoever asks for any path is asked to sign in before the request reaches the app', () => {
  synthesize().hasResourceProperties(LISTENER, {
    Port: 443,
    DefaultActions: [
      {
        Order: 1,
        Type: 'authenticate-cognito',
        AuthenticateCognitoConfig: {
          OnUnauthenticatedRequest: 'authenticate',
          Scope: 'openid email',
          SessionCookieName: 'AWSELBAuthSessionCookie',
          SessionTimeout: '43200',
        },
      },
      { Order: 2, Type: 'forward' },
    ],
  });
});

test('HTTP answers with a permanent redirect to HTTPS and with nothing else', () => {
  synthesize().hasResourceProperties(LISTENER, {
    Port: 80,
    DefaultActions: [{ Type: 'redirect', RedirectConfig: { Protocol: 'HTTPS', Port: '443', StatusCode: 'HTTP_301' } }],
  });
});

test('HTTPS speaks TLS 1.3, and 1.2 with forward secrecy only', () => {
  synthesize().hasResourceProperties(LISTENER, { Port: 443, SslPolicy: 'ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09' });
});

test('the load balancer drops invalid headers, refuses ambiguous requests and cannot be deleted by accident', () => {
  synthesize().hasResourceProperties('AWS::ElasticLoadBalancingV2::LoadBalancer', {
    Scheme: 'internet-facing',
    LoadBalancerAttributes: Match.arrayWith([
      { Key: 'deletion_protection.enabled', Value: 'true' },
      { Key: 'routing.http.drop_invalid_header_fields.enabled', Value: 'true' },
      { Key: 'routing.http.desync_mitigation_mode', Value: 'strictest' },
    ]),
  });
});

test('the load balancer can reach Cognito and the target, and nothing else on other ports', () => {
  const { properties } = only(synthesize({}), 'AWS::EC2::SecurityGroup');

  expect(properties.SecurityGroupEgress).toEqual([
    expect.objectContaining({ CidrIp: '0.0.0.0/0', FromPort: 443, ToPort: 443, IpProtocol: 'tcp' }),
  ]);
});

test('a new target takes traffic after seconds and an old one is let go after fifteen', () => {
  synthesize().hasResourceProperties(TARGET_GROUP, {
    Port: 5000,
    HealthCheckPath: '/healthz',
    HealthCheckIntervalSeconds: 5,
    HealthyThresholdCount: 2,
    TargetGroupAttributes: Match.arrayWith([{ Key: 'deregistration_delay.timeout_seconds', Value: '15' }]),
  });
});

test('an ECS service is registered, waits for the listener and lets the load balancer in on its port', () => {
  const stack = newStack();
  const vpc = new Vpc(stack, 'Network', { natGateways: 0 });
  const cluster = new ecs.Cluster(stack, 'Cluster', { vpc });
  cluster.addCapacity('Capacity', { instanceType: new InstanceType('t4g.small') });
  const taskDefinition = new ecs.Ec2TaskDefinition(stack, 'Task', { networkMode: ecs.NetworkMode.AWS_VPC });
  taskDefinition.addContainer('app', {
    image: ecs.ContainerImage.fromRegistry('app'),
    memoryLimitMiB: 128,
    portMappings: [{ containerPort: 5000 }],
  });
  const service = new ecs.Ec2Service(stack, 'Service', { cluster, taskDefinition });

  const template = templateOf(newAuth({ vpc, target: service }, stack));

  template.hasResource('AWS::ECS::Service', {
    Properties: { LoadBalancers: [{ ContainerName: 'app', ContainerPort: 5000, TargetGroupArn: Match.anyValue() }] },
    DependsOn: Match.arrayWith([Match.stringLikeRegexp('Https')]),
  });
  template.hasResourceProperties('AWS::EC2::SecurityGroupIngress', { FromPort: 5000, ToPort: 5000 });
});

test('the certificate is validated in the zone, and the address leads to the load balancer', () => {
  const template = synthesize();

  template.hasResourceProperties('AWS::CertificateManager::Certificate', {
    DomainName: 'viz.example.com',
    ValidationMethod: 'DNS',
    DomainValidationOptions: [{ DomainName: 'viz.example.com', HostedZoneId: 'Z0123456789' }],
  });
  template.hasResourceProperties('AWS::Route53::RecordSet', { Name: 'viz.example.com.', Type: 'A' });
});

test('with a certificate and no zone, neither a certificate nor a DNS record is made', () => {
  const stack = newStack();
  const certificate = Certificate.fromCertificateArn(
    stack,
    'Mine',
    'arn:aws:acm:eu-west-1:111122223333:certificate/mine',
  );

  const template = templateOf(newAuth({ certificate, hostedZone: undefined }, stack));

  template.resourceCountIs('AWS::CertificateManager::Certificate', 0);
  template.resourceCountIs('AWS::Route53::RecordSet', 0);
});

test('a session lasts as long as is asked for, and can be renewed for as long', () => {
  const template = synthesize({ sessionDuration: Duration.days(2) });

  template.hasResourceProperties(LISTENER, {
    DefaultActions: Match.arrayWith([
      Match.objectLike({ AuthenticateCognitoConfig: Match.objectLike({ SessionTimeout: '172800' }) }),
    ]),
  });
  template.hasResourceProperties('AWS::Cognito::UserPoolClient', { RefreshTokenValidity: 2880 });
});

test('the url is the address of the app', () => {
  expect(newAuth().url).toBe('https://viz.example.com');
});

test('what was made is exposed', () => {
  const auth = newAuth();

  for (const made of [
    auth.loadBalancer,
    auth.listener,
    auth.targetGroup,
    auth.userPool,
    auth.userPoolClient,
    auth.userPoolDomain,
  ]) {
    expect(Stack.of(made)).toBe(Stack.of(auth));
  }
});

test('an app that verifies who is asking is told whom to believe', () => {
  const auth = newAuth();
  const template = templateOf(auth);

  expect(Stack.of(auth).resolve(auth.identityEnvironment)).toEqual({
    ALB_IDENTITY_LOAD_BALANCER_ARN: { Ref: only(template, 'AWS::ElasticLoadBalancingV2::LoadBalancer').id },
    ALB_IDENTITY_CLIENT_ID: { Ref: only(template, 'AWS::Cognito::UserPoolClient').id },
    ALB_IDENTITY_ISSUER: {
      'Fn::Join': [
        '',
        [
          'https://cognito-idp.eu-west-1.',
          { Ref: 'AWS::URLSuffix' },
          '/',
          { Ref: only(template, 'AWS::Cognito::UserPool').id },
        ],
      ],
    },
  });
});
