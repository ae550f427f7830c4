import { Template } from 'aws-cdk-lib/assertions';
import { UserPool } from 'aws-cdk-lib/aws-cognito';
import { IpTarget } from 'aws-cdk-lib/aws-elasticloadbalancingv2-targets';
import { Duration, Stack } from 'aws-cdk-lib/core';
import * as fc from 'fast-check';
import { SharedDoorApp, type SharedDoorAppProps, SharedFrontDoor, type SharedFrontDoorProps } from '../src';
import {
  accessLogsOf,
  addressOf,
  anyAddress,
  anyAllowList,
  anyBranding,
  anyFirewall,
  anyLogs,
  anyMachineAccess,
  anyPaths,
  anyProviders,
  anyRemovalPolicy,
  anySecurityHeaders,
  type Every,
  machineAccessOf,
  providersOf,
} from './any-props';
import { faultsOfClients } from './clients';
import {
  appTargetGroups,
  authenticates,
  excessOf,
  listenerRules,
  pathsOf,
  reachesApp,
  readRules,
  ruleFor,
} from './door';
import { anyRequests, askedPaths, isPublic, readings } from './readings';
import { Company } from './shared-door-fixture';

const RUNS = 40;
const SEED = Date.now() & 0x7fffffff;
jest.setTimeout(300_000);

const anyApp = fc.record({
  paths: anyPaths(16),
  machines: anyMachineAccess(9),
  branding: anyBranding,
  address: fc.constantFrom('below', 'below', 'own'),
  sessionSeconds: fc.option(fc.integer({ min: 1, max: 604_800 })),
  deregistrationSeconds: fc.option(fc.integer({ min: 0, max: 3600 })),
  healthCheckPath: fc.constantFrom(undefined, '/', '/about'),
});
const anyDoor = fc
  .record({
    address: anyAddress,
    doorName: fc.constantFrom(undefined, 'team'),
    signInDomainPrefix: fc.constantFrom(undefined, 'apps-of-us'),
    providers: anyProviders,
    passwordSignIn: fc.option(fc.boolean()),
    allow: anyAllowList,
    ownSignInPages: fc.boolean(),
    pool: fc.constantFrom('own', 'own', 'theirs'),
    securityHeaders: anySecurityHeaders,
    firewall: anyFirewall,
    logs: anyLogs,
    deletionProtection: fc.option(fc.boolean()),
    removalPolicy: anyRemovalPolicy,
  })
  .map((door) => ({
    ...door,
    passwordSignIn: door.providers.length === 0 ? null : door.passwordSignIn,
    allow: door.providers.includes('google') ? (door.allow ?? { groups: ['viz'] }) : door.allow,
  }));
const anyCompany = fc.record({ door: anyDoor, apps: fc.array(anyApp, { minLength: 1, maxLength: 4 }) });
type CompanyChoice = typeof anyCompany extends fc.Arbitrary<infer T> ? T : never;

function doorProps(company: Company, choice: CompanyChoice['door']): Every<SharedFrontDoorProps> {
  const stack = company.doorStack;
  const theirs = choice.pool === 'theirs';
  return {
    vpc: company.vpc,
    domainName: 'apps.example.com',
    doorName: choice.doorName,
    ...addressOf(stack, choice.address),
    signInDomainPrefix: theirs ? undefined : choice.signInDomainPrefix,
    identityProviders: theirs ? undefined : providersOf(stack, choice.providers),
    passwordSignIn: choice.passwordSignIn ?? undefined,
    allow: theirs ? undefined : choice.allow,
    mfa: undefined,
    ownSignInPages: choice.ownSignInPages,
    existingUserPool: theirs
      ? { userPool: UserPool.fromUserPoolId(stack, 'Pool', 'eu-west-1_abcdefghi'), domainName: 'company' }
      : undefined,
    existingProviderNames: theirs ? choice.providers : undefined,
    securityHeaders: choice.securityHeaders,
    accessLogs: accessLogsOf(stack, choice.logs),
    firewall: choice.firewall,
    quotas: { rules: 400 },
    deletionProtection: choice.deletionProtection ?? undefined,
    removalPolicy: choice.removalPolicy,
  };
}

function appProps(
  company: Company,
  frontDoor: SharedFrontDoor,
  stack: Stack,
  choice: CompanyChoice['apps'][number],
  index: number,
): Every<SharedDoorAppProps> {
  const { deregistrationSeconds, sessionSeconds } = choice;
  return {
    frontDoor,
    vpc: company.vpc,
    target: new IpTarget('10.0.0.10', 5000),
    targetPort: 5000,
    domainName: hostOf(choice, index),
    slot: index + 1,
    ...(choice.address === 'own' ? addressOf(stack, 'both') : { hostedZone: undefined, certificate: undefined }),
    branding: frontDoor.ownSignInPages ? choice.branding : undefined,
    ...choice.paths,
    machineAccess: machineAccessOf(choice.machines),
    sessionDuration: sessionSeconds === null ? undefined : Duration.seconds(sessionSeconds),
    healthCheckPath: choice.healthCheckPath,
    deregistrationDelay: deregistrationSeconds === null ? undefined : Duration.seconds(deregistrationSeconds),
  };
}

function hostOf({ address }: CompanyChoice['apps'][number], index: number): string {
  return address === 'own' ? `own-${index}.example.com` : `app-${index}.apps.example.com`;
}

interface Synthesized {
  readonly door: Template;
  readonly apps: readonly Template[];
}
const synthesized = new Map<string, Synthesized>();

function synthesize(choice: CompanyChoice): Synthesized {
  const key = JSON.stringify(choice);
  const templates = synthesized.get(key) ?? synthesizeAnew(choice);
  synthesized.set(key, templates);
  return templates;
}

function synthesizeAnew(choice: CompanyChoice): Synthesized {
  const company = new Company();
  const door = new SharedFrontDoor(company.doorStack, 'Apps', doorProps(company, choice.door));
  const apps = choice.apps.map((app, index) => {
    const stack = company.newStack();
    return new SharedDoorApp(stack, 'App', appProps(company, door, stack, app, index));
  });
  return {
    door: Template.fromStack(company.doorStack),
    apps: apps.map((app) => Template.fromStack(Stack.of(app))),
  };
}

function forAll(check: (choice: CompanyChoice, templates: Synthesized) => void) {
  fc.assert(
    fc.property(anyCompany, (choice) => check(choice, synthesize(choice))),
    { numRuns: RUNS, seed: SEED },
  );
}

test('no rule of any app forwards without an authenticating action, except for the paths that it named public', () => {
  forAll(({ apps }, templates) => {
    for (const [index, template] of templates.apps.entries()) {
      const targets = appTargetGroups(template);
      for (const rule of listenerRules(template).filter((one) => reachesApp(one, targets) && !authenticates(one))) {
        expect(pathsOf(rule)).not.toHaveLength(0);
        for (const pattern of pathsOf(rule)) {
          expect(apps[index].paths.publicPaths).toContain(pattern);
        }
      }
    }
  });
});

test('every rule of an app is about its own address, and the last one asks everybody to sign in', () => {
  forAll(({ apps }, templates) => {
    for (const [index, template] of templates.apps.entries()) {
      const rules = listenerRules(template);
      for (const { conditions } of rules) {
        expect(conditions.flatMap(({ HostHeaderConfig }) => HostHeaderConfig?.Values ?? [])).toEqual([
          hostOf(apps[index], index),
        ]);
      }
      expect(rules.at(-1)?.conditions).toHaveLength(1);
      expect(rules.at(-1)?.actions.map(({ Type }) => Type)).toEqual(['authenticate-cognito', 'forward']);
    }
  });
});

test('the door itself reaches no app: an address that nobody has is not found, and HTTP is redirected', () => {
  forAll((_choice, { door }) => {
    const last = readRules(door, 443).at(-1)!;
    expect(last.actions.map(({ Type }) => Type)).toEqual(['fixed-response']);
    expect(appTargetGroups(door)).toEqual([]);
    expect(readRules(door, 80).flatMap(({ actions }) => actions.map(({ Type }) => Type))).toEqual(['redirect']);
  });
});

test('every rule fits into the limits of the load balancer, and no two of all stacks have the same priority', () => {
  forAll((_choice, { door, apps }) => {
    const rules = [door, ...apps].flatMap(listenerRules);
    for (const rule of rules) {
      expect(excessOf(rule)).toEqual([]);
      expect(rule.priority).toBeLessThanOrEqual(50_000);
    }
    expect(new Set(rules.map(({ priority }) => priority)).size).toBe(rules.length);
  });
});

test('no client gets tokens with which users could change what decides who comes in, and no program signs in people', () => {
  forAll((_choice, { door, apps }) => {
    expect([door, ...apps].flatMap(faultsOfClients)).toEqual([]);
  });
});

test('forged headers are refused before any rule of any app', () => {
  forAll((_choice, { door, apps }) => {
    const forged = listenerRules(door).filter(({ conditions: [first] }) =>
      first.HttpHeaderConfig?.HttpHeaderName.startsWith('x-amzn-oidc'),
    );
    expect(forged).toHaveLength(3);
    const first = Math.min(...apps.flatMap((app) => listenerRules(app).map(({ priority }) => priority)));
    expect(Math.max(...forged.map(({ priority }) => priority))).toBeLessThan(first);
  });
});

test('whatever path reaches an app without sign-in is public in every way that an app could read it', () => {
  fc.assert(
    fc.property(anyCompany, anyRequests, (choice, requests) => {
      const { door, apps } = synthesize(choice);
      const rules = [...readRules(door, 443).slice(0, -1), ...apps.flatMap(listenerRules)].sort(
        (a, b) => a.priority - b.priority,
      );
      for (const [index, app] of choice.apps.entries()) {
        const targets = appTargetGroups(apps[index]);
        const { publicPaths } = app.paths;
        for (const asked of askedPaths(requests, publicPaths)) {
          const rule = ruleFor(rules, asked, hostOf(app, index));
          if (reachesApp(rule, targets) && !authenticates(rule)) {
            for (const reading of readings(asked)) {
              expect({ asked, reading, public: isPublic(publicPaths, reading) }).toEqual({
                asked,
                reading,
                public: true,
              });
            }
          }
        }
      }
    }),
    { numRuns: RUNS, seed: SEED },
  );
});
