import { TemplateRefusal } from '../../src/errors';
import { Resolver } from '../../src/template/resolver';
import type { Resource } from '../../src/template/types';

function resolver(resources: Record<string, Resource>, region = 'eu-west-1'): Resolver {
  const stack = { name: 'Own', region, account: '123456789012', template: { Resources: resources }, assets: new Map() };
  return new Resolver(stack, { directory: '', stacks: [stack] });
}

const ELB = 'AWS::ElasticLoadBalancingV2';
const COGNITO = 'AWS::Cognito';

test.each<[string, Record<string, unknown>, RegExp]>([
  [`${COGNITO}::UserPool`, {}, /^eu-west-1_[0-9a-f]{9}$/],
  [`${COGNITO}::UserPoolClient`, {}, /^[0-9a-f]{26}$/],
  [`${COGNITO}::UserPoolDomain`, { Domain: 'viz' }, /^viz$/],
  [`${COGNITO}::UserPoolIdentityProvider`, { ProviderName: 'EntraID' }, /^EntraID$/],
  [`${COGNITO}::UserPoolResourceServer`, { Identifier: 'api' }, /^api$/],
  [
    `${ELB}::LoadBalancer`,
    {},
    /^arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer\/app\/It\/[0-9a-f]{16}$/,
  ],
  [`${ELB}::LoadBalancer`, { Name: 'door' }, /:loadbalancer\/app\/door\/[0-9a-f]{16}$/],
  [`${ELB}::TargetGroup`, {}, /^arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup\/It\/[0-9a-f]{16}$/],
  [`${ELB}::TargetGroup`, { Name: 'app' }, /:targetgroup\/app\/[0-9a-f]{16}$/],
  [`${ELB}::Listener`, {}, /^arn:aws:elasticloadbalancing:eu-west-1:123456789012:listener\/app\/It\/[0-9a-f]{16}$/],
  ['AWS::Lambda::Function', {}, /^Own-It$/],
  ['AWS::Lambda::Function', { FunctionName: 'fn' }, /^fn$/],
  ['AWS::SSM::Parameter', {}, /^Own-It$/],
  ['AWS::SSM::Parameter', { Name: '/image' }, /^\/image$/],
  ['AWS::Logs::LogGroup', { LogGroupName: 'log' }, /^log$/],
  ['AWS::ECS::Cluster', { ClusterName: 'cluster' }, /^cluster$/],
])('%s with %j has a name of the shape %s', (Type, Properties, shape) => {
  expect(resolver({ It: { Type, Properties } }).string({ Ref: 'It' }, 'Here')).toMatch(shape);
});

test.each<[string, string, RegExp]>([
  [`${COGNITO}::UserPool`, 'Arn', /^arn:aws:cognito-idp:eu-west-1:123456789012:userpool\/eu-west-1_[0-9a-f]{9}$/],
  [`${COGNITO}::UserPool`, 'UserPoolId', /^eu-west-1_[0-9a-f]{9}$/],
  [`${COGNITO}::UserPool`, 'ProviderName', /^cognito-idp\.eu-west-1\.amazonaws\.com\/eu-west-1_[0-9a-f]{9}$/],
  [`${COGNITO}::UserPool`, 'ProviderURL', /^https:\/\/cognito-idp\.eu-west-1\.amazonaws\.com\/eu-west-1_[0-9a-f]{9}$/],
  [`${COGNITO}::UserPoolClient`, 'ClientId', /^[0-9a-f]{26}$/],
  [`${ELB}::LoadBalancer`, 'LoadBalancerArn', /^arn:aws:elasticloadbalancing:.*:loadbalancer\/app\/It\//],
  [`${ELB}::LoadBalancer`, 'DNSName', /^it-[0-9a-f]{10}\.eu-west-1\.elb\.amazonaws\.com$/],
  [`${ELB}::LoadBalancer`, 'LoadBalancerFullName', /^app\/It\/[0-9a-f]{16}$/],
  [`${ELB}::TargetGroup`, 'TargetGroupArn', /:targetgroup\/It\//],
  [`${ELB}::Listener`, 'ListenerArn', /:listener\/app\/It\//],
  ['AWS::Lambda::Function', 'Arn', /^arn:aws:lambda:eu-west-1:123456789012:function:Own-It$/],
  ['AWS::Logs::LogGroup', 'Arn', /^arn:aws:logs:eu-west-1:123456789012:log-group:Own-It:\*$/],
])('of %s, %s has the shape %s, whichever way it is asked for', (Type, attribute, shape) => {
  const own = resolver({ It: { Type } });
  const value = own.string({ 'Fn::GetAtt': ['It', attribute] }, 'Here');
  expect(value).toMatch(shape);
  expect(own.string({ 'Fn::GetAtt': `It.${attribute}` }, 'Here')).toBe(value);
});

test('the value of an SSM parameter is what it is made of', () => {
  const own = resolver({
    It: { Type: 'AWS::SSM::Parameter', Properties: { Name: '/a', Value: { Ref: 'AWS::Region' } } },
  });
  expect(own.string({ 'Fn::GetAtt': ['It', 'Value'] }, 'Here')).toBe('eu-west-1');
});

test.each([
  ['cn-north-1', 'aws-cn', 'amazonaws.com.cn'],
  ['us-gov-west-1', 'aws-us-gov', 'amazonaws.com'],
  ['us-east-1', 'aws', 'amazonaws.com'],
])('in %s the partition is %s, and names end with %s', (region, partition, suffix) => {
  const own = resolver({ Pool: { Type: `${COGNITO}::UserPool` } }, region);
  const pseudo = (name: string) => own.value({ Ref: `AWS::${name}` }, 'Here');
  expect({
    partition: pseudo('Partition'),
    suffix: pseudo('URLSuffix'),
    region: pseudo('Region'),
    account: pseudo('AccountId'),
    stack: pseudo('StackName'),
    id: pseudo('StackId'),
    topics: pseudo('NotificationARNs'),
    pool: own.string({ 'Fn::GetAtt': ['Pool', 'ProviderName'] }, 'Here').split('/')[0],
  }).toEqual({
    partition,
    suffix,
    region,
    account: '123456789012',
    stack: 'Own',
    id: `arn:${partition}:cloudformation:${region}:123456789012:stack/Own/preview`,
    topics: [],
    pool: `cognito-idp.${region}.${suffix}`,
  });
});

test.each<[unknown, string]>([
  [{ Ref: 'Table' }, 'Table (AWS::DynamoDB::Table) does not exist on this machine, so this has no value.'],
  [{ 'Fn::GetAtt': ['Table', 'Arn'] }, 'Table (AWS::DynamoDB::Table.Arn) does not exist on this machine,'],
  [{ 'Fn::GetAtt': ['Pool', 'A.B'] }, `Pool (${COGNITO}::UserPool.A.B) does not exist on this machine,`],
  [{ 'Fn::GetAtt': 'Nothing.Arn' }, 'Fn::GetAtt must name a resource, got: Nothing.'],
])('%j has no value on this machine', (value, sentence) => {
  const own = resolver({ Table: { Type: 'AWS::DynamoDB::Table' }, Pool: { Type: `${COGNITO}::UserPool` } });
  expect(() => own.value(value, 'Here')).toThrow(TemplateRefusal);
  expect(() => own.value(value, 'Here')).toThrow(`Here: ${sentence}`);
});
