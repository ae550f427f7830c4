/**
 * What one app costs and weighs when 1, 10 and 100 of them stand behind doors of their own, and behind shared ones.
 *
 *   npm run bench -- scale
 */
import { App, Stack } from 'aws-cdk-lib';
import { UserPool } from 'aws-cdk-lib/aws-cognito';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { HostedZone } from 'aws-cdk-lib/aws-route53';
import { CognitoAlbAuth, SharedDoorApp, SharedFrontDoor } from '../../packages/cognito-alb-auth/src';
import { EcsEc2Service } from '../../packages/ecs-ec2-service/src';
import { bill } from '../rollout-cost/bill';
import { writeReport } from '../write-report';

process.env.CDK_VALIDATION = 'false';
const env = { account: '111122223333', region: 'us-east-1' };
const image = ecs.ContainerImage.fromRegistry('example/app:1');
/** Apps that one load balancer has target groups for: sign-out has the hundredth. */
const APPS_PER_DOOR = 99;
type Template = Parameters<typeof bill>[0];

/** Each app with a network, a cluster, a load balancer and a user pool of its own. */
function apart(app: App, count: number) {
  for (let index = 0; index < count; index++) {
    const stack = new Stack(app, `App${index}`, { env });
    const { vpc, service, containerPort } = new EcsEc2Service(stack, 'App', { image });
    new CognitoAlbAuth(stack, 'Auth', {
      vpc,
      target: service,
      targetPort: containerPort,
      domainName: `app-${index}.example.com`,
      hostedZone: zoneOf(stack),
    });
  }
}

/** One network and one user pool for all, and as many doors as are needed. Each app has its own cluster and host. */
function together(app: App, count: number) {
  const platform = new Stack(app, 'Platform', { env });
  // The first app makes the network, with its way out.
  const first = new EcsEc2Service(platform, 'App', { image });
  const doors: SharedFrontDoor[] = [];
  for (let index = 0; index < Math.ceil(count / APPS_PER_DOOR); index++) {
    const [door] = doors;
    doors.push(
      new SharedFrontDoor(platform, `Door${index}`, {
        vpc: first.vpc,
        doorName: `apps-${index}`,
        domainName: `apps-${index}.example.com`,
        hostedZone: zoneOf(platform, index),
        quotas: { rules: 400 },
        existingUserPool: door && {
          userPool: UserPool.fromUserPoolId(platform, `Pool${index}`, door.userPoolId),
          domainName: door.signInDomain,
        },
      }),
    );
  }
  for (let index = 0; index < count; index++) {
    const stack = index === 0 ? platform : new Stack(app, `App${index}`, { env });
    const frontDoor = doors[Math.floor(index / APPS_PER_DOOR)];
    const { service, containerPort } = index === 0 ? first : new EcsEc2Service(stack, 'App', { image, vpc: first.vpc });
    new SharedDoorApp(stack, 'BehindDoor', {
      frontDoor,
      vpc: first.vpc,
      target: service,
      targetPort: containerPort,
      domainName: `app-${index}.${frontDoor.domainName}`,
      slot: (index % APPS_PER_DOOR) + 1,
    });
  }
}

function zoneOf(stack: Stack, index = 0) {
  return HostedZone.fromHostedZoneAttributes(stack, `Zone${index}`, { hostedZoneId: 'Z1', zoneName: 'example.com' });
}

function weigh(name: string, count: number, make: (app: App, count: number) => void) {
  const app = new App();
  make(app, count);
  const templates = app.synth().stacks.map(({ template }) => template as Template);
  const sizes = templates.map((template) => ({
    resources: Object.keys(template.Resources).length,
    bytes: JSON.stringify(template, null, 1).length,
  }));
  const monthly = templates.reduce(
    (sum, template) => Object.values(bill(template)).reduce((all, usd) => all + usd, sum),
    0,
  );
  const most = (of: 'resources' | 'bytes') => Math.max(...sizes.map((size) => size[of]));
  if (most('resources') > 500 || most('bytes') > 1_000_000) {
    throw new Error(
      `${name}, ${count} apps: a template must have 500 resources and 1 MB at most, got: ${JSON.stringify(sizes)}`,
    );
  }
  const all = templates.flatMap(({ Resources }) => Object.values(Resources));
  const count1 = (type: string) => all.filter(({ Type }) => Type === type).length;
  return {
    name,
    apps: count,
    stacks: templates.length,
    largestStackResources: most('resources'),
    largestStackKB: Math.round(most('bytes') / 1000),
    loadBalancers: count1('AWS::ElasticLoadBalancingV2::LoadBalancer'),
    userPools: count1('AWS::Cognito::UserPool'),
    listenerRules: count1('AWS::ElasticLoadBalancingV2::ListenerRule'),
    monthlyUsdPerApp: Number((monthly / count).toFixed(2)),
  };
}

const results = [1, 10, 100].flatMap((count) => [
  weigh('a door for each app', count, apart),
  weigh('shared doors', count, together),
]);
const report = {
  benchmark: 'scale',
  what: 'synthesized apps of the smallest kind, with a host each: sizes as CloudFormation limits them (500 resources, 1 MB), and USD a month at list prices of us-east-1 (benchmarks/rollout-cost/prices.ts) without traffic, logs and users',
  results,
};
writeReport(report);
console.table(results);
