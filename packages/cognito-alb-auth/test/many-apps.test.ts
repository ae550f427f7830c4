import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { UserPool } from 'aws-cdk-lib/aws-cognito';
import type { SharedDoorAppProps, SharedFrontDoor, SharedFrontDoorProps } from '../src';
import { Company, rulesOf, templateOfStack } from './shared-door-fixture';

jest.setTimeout(300_000);

/** CloudFormation: resources of a stack, bytes of a template. */
const MOST_RESOURCES = 500;
const MOST_BYTES = 1_000_000;

function fill(company: Company, door: ReturnType<Company['newDoor']>, count: number, changes = {}) {
  return Array.from({ length: count }, () => company.newApp(door, changes));
}

const jobs = (count: number) => ({
  machineAccess: { paths: ['/api/*'], clients: Array.from({ length: count }, (_, index) => `job-${index}`) },
});

/** An app with an address outside of the door's. */
function withCertificate(company: Company, index: number): Partial<SharedDoorAppProps> {
  const arn = `arn:aws:acm:eu-west-1:111122223333:certificate/${index}`;
  const certificate = Certificate.fromCertificateArn(company.doorStack, `Certificate${index}`, arn);
  return { domainName: `a${index}.example.com`, certificate };
}

/** A second door to the same people. */
function doorWithPoolOf(first: SharedFrontDoor, company: Company, changes: Partial<SharedFrontDoorProps>) {
  const userPool = UserPool.fromUserPoolId(company.doorStack, 'Pool', first.userPoolId);
  const existingUserPool = { userPool, domainName: first.signInDomain };
  return company.newDoor({ doorName: 'more', domainName: 'more.example.com', existingUserPool, ...changes }, 'More');
}

test('100 apps of a company, each from its own stack, share a user pool behind two doors within every limit', () => {
  const company = new Company();
  const quotas = { rules: 400 };
  const first = company.newDoor({ quotas });
  const second = doorWithPoolOf(first, company, { quotas });
  const apps = [...fill(company, first, 99), company.newApp(second, { domainName: 'app-100.more.example.com' })];

  const assembly = company.app.synth();
  expect(assembly.stacks).toHaveLength(101);
  const templates = new Map(assembly.stacks.map((stack) => [stack.stackName, stack.template]));
  for (const template of templates.values()) {
    expect(Object.keys(template.Resources).length).toBeLessThanOrEqual(MOST_RESOURCES);
    expect(JSON.stringify(template, null, 1).length).toBeLessThanOrEqual(MOST_BYTES);
  }
  expect(Object.keys(templates.get('Door').Outputs).length).toBeLessThanOrEqual(200);
  const priorities = apps.slice(0, 99).flatMap((app) => rulesOf(templateOfStack(app)).map(({ Priority }) => Priority));
  expect(new Set(priorities).size).toBe(99 * 3);
  const pools = assembly.stacks.flatMap(({ template }) =>
    Object.values<{ Type: string }>(template.Resources).filter(({ Type }) => Type === 'AWS::Cognito::UserPool'),
  );
  expect(pools).toHaveLength(1);
});

test('99 apps are a full door: the hundredth is told to take a second one', () => {
  const company = new Company();
  const door = company.newDoor({ quotas: { rules: 400 } });
  fill(company, door, 99);

  expect(() => company.newApp(door)).toThrow(
    "'frontDoor' must have 100 target groups at most: make a second SharedFrontDoor that takes this one's pool as 'existingUserPool', got: 101 with app-100.apps.example.com",
  );
});

test('with the rules of a new account 31 apps are a full door, and the next one is told what to have raised', () => {
  const company = new Company();
  const door = company.newDoor();
  fill(company, door, 31);

  expect(() => company.newApp(door)).toThrow(
    "'frontDoor' must have 100 rules at most: have the quota 'Rules per Application Load Balancer' raised and say so in 'quotas', or make a second door, got: 101 with app-32.apps.example.com",
  );
});

test.each<[string, number, object, (company: Company, index: number) => Partial<SharedDoorAppProps>]>([
  ['25 further certificates', 25, {}, withCertificate],
  ['25 resource servers', 25, {}, () => jobs(1)],
  ['20 apps with sign-in pages of their own', 20, { ownSignInPages: true }, () => ({})],
  ['1000 clients', 9, {}, () => jobs(110)],
])('a door with %s is full, and the next app is told so', (limit, count, changes, appChanges) => {
  const company = new Company();
  const door = company.newDoor({ quotas: { rules: 400 }, ...changes });
  const add = (index: number) => company.newApp(door, appChanges(company, index));
  for (let index = 0; index < count; index++) {
    add(index);
  }

  expect(() => add(count)).toThrow(`'frontDoor' must have ${limit} at most: `);
});

test('what belongs to a user pool is counted over all doors that share it', () => {
  const company = new Company();
  const quotas = { rules: 400 };
  const first = company.newDoor({ quotas });
  const second = doorWithPoolOf(first, company, { quotas });
  const machineAccess = { paths: ['/api/*'], clients: ['job'] };
  fill(company, first, 20, { machineAccess });
  for (let index = 0; index < 5; index++) {
    company.newApp(second, { domainName: `app-${index}.more.example.com`, machineAccess });
  }

  expect(() => company.newApp(second, { domainName: 'last.more.example.com', machineAccess })).toThrow(
    "'frontDoor' must have 25 resource servers at most: have the quota 'Resource servers per user pool' raised and say so in 'quotas', or make a second door with a user pool of its own, got: 26 with last.more.example.com",
  );
});

test('what belongs to a load balancer is counted for each door', () => {
  const company = new Company();
  const first = company.newDoor();
  const second = doorWithPoolOf(first, company, {});
  fill(company, first, 31);

  expect(() => company.newApp(second, { domainName: 'sales.more.example.com' })).not.toThrow();
});

test.each<[string, object, number, (company: Company, index: number) => Partial<SharedDoorAppProps>]>([
  ['rules', { rules: 103 }, 32, () => ({})],
  ['resourceServers', { resourceServers: 26, rules: 400 }, 26, () => jobs(1)],
  ['userPoolClients', { userPoolClients: 1110, rules: 400 }, 10, () => jobs(110)],
  ['certificates', { certificates: 26, rules: 400 }, 26, withCertificate],
])('a quota of %s that was raised is used', (_what, quotas, count, changes) => {
  const company = new Company();
  const door = company.newDoor({ quotas });

  expect(() => {
    for (let index = 0; index < count; index++) {
      company.newApp(door, changes(company, index));
    }
  }).not.toThrow();
});

test('two apps with one address are refused, because the first one would take all its visitors', () => {
  const company = new Company();
  const door = company.newDoor();
  company.newApp(door, { domainName: 'sales.apps.example.com' });

  expect(() => company.newApp(door, { domainName: 'sales.apps.example.com' })).toThrow(
    "'domainName' must be the address of one app on the door 'apps', got: sales.apps.example.com",
  );
});

test('two apps with one slot are refused with the next slot that is free', () => {
  const company = new Company();
  const door = company.newDoor();
  company.newApp(door, { domainName: 'sales.apps.example.com', slot: 1 });

  expect(() => company.newApp(door, { domainName: 'ops.apps.example.com', slot: 1 })).toThrow(
    "'slot' must be free on the door 'apps', and sales.apps.example.com has it: give ops.apps.example.com 2, got: 1",
  );
});

test('slots that are made from names can meet, and that is refused as well', () => {
  const company = new Company();
  const door = company.newDoor({ quotas: { rules: 400 } });
  const names = Array.from({ length: 99 }, (_, index) => `team-${index}.apps.example.com`);

  expect(() => {
    for (const domainName of names) {
      company.newApp(door, { domainName, slot: undefined });
    }
  }).toThrow(/^'slot' must be free on the door 'apps', and team-\d+\.apps\.example\.com has it: give team-\d+/);
});

test('the same slot on two doors is no collision', () => {
  const company = new Company();
  company.newApp(company.newDoor(), { slot: 1 });

  const other = company.newDoor(
    { doorName: 'other', domainName: 'other.example.com', signInDomainPrefix: 'other' },
    'Other',
  );
  expect(() => company.newApp(other, { slot: 1, domainName: 'sales.other.example.com' })).not.toThrow();
});
