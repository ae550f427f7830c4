import { Duration } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { Mfa } from 'aws-cdk-lib/aws-cognito';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { IpTarget } from 'aws-cdk-lib/aws-elasticloadbalancingv2-targets';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import * as fc from 'fast-check';
import { type AllowList, CognitoAlbAuth, type CognitoAlbAuthProps, IdentityProvider } from '../src';
import { covers } from '../src/paths';
import { appTargetGroups, authenticates, pathsOf, reachesApp, readRules, ruleFor, sizeOf } from './door';
import { newStack } from './fixture';

const RUNS = 80;
/** The same for every test of a run, so that they share templates; printed by fast-check when one fails. */
const SEED = Date.now() & 0x7fffffff;
jest.setTimeout(180_000);

const RESERVED = ['/logout', '/signed-out', '/oauth2/idpresponse'];

const segment = fc.stringMatching(/^[a-zA-Z0-9._~-]{1,8}$/).filter((text) => !/^\.\.?$/.test(text));
const path = fc
  .tuple(fc.array(segment, { maxLength: 3 }), fc.boolean())
  .map(([segments, folder]) => `/${[...segments, ...(folder ? ['*'] : [])].join('/')}`)
  .filter((text) => text !== '/*' && !RESERVED.some((one) => covers(text, one)));

type Choice = Pick<
  CognitoAlbAuthProps,
  | 'publicPaths'
  | 'apiPaths'
  | 'machineAccess'
  | 'allow'
  | 'mfa'
  | 'passkeys'
  | 'firewall'
  | 'sessionDuration'
  | 'accessLogs'
> & { readonly providers: readonly ('entra' | 'google' | 'oidc')[]; readonly passwordSignIn: boolean };

const choices: fc.Arbitrary<Choice> = fc
  .record({
    paths: fc.uniqueArray(path, { maxLength: 24 }),
    split: fc.nat({ max: 24 }),
    machines: fc.uniqueArray(path, { minLength: 1, maxLength: 9 }),
    withMachines: fc.boolean(),
    allow: fc.constantFrom<(AllowList | undefined)[]>(
      undefined,
      { emailDomains: ['example.com'] },
      { groups: ['viz'] },
    ),
    providers: fc.uniqueArray(fc.constantFrom('entra' as const, 'google' as const, 'oidc' as const), { maxLength: 3 }),
    passwordSignIn: fc.boolean(),
    mfa: fc.constantFrom(Mfa.OFF, Mfa.OPTIONAL, Mfa.REQUIRED),
    passkeys: fc.boolean(),
    firewall: fc.constantFrom(undefined, {}),
    accessLogs: fc.constantFrom(undefined, {}),
    sessionSeconds: fc.integer({ min: 1, max: 604_800 }),
  })
  .map(({ paths, split, machines, withMachines, sessionSeconds, ...rest }) => ({
    ...rest,
    publicPaths: paths.slice(0, split),
    apiPaths: paths.slice(split),
    machineAccess: withMachines ? { paths: machines, clients: ['job'] } : undefined,
    sessionDuration: Duration.seconds(sessionSeconds),
    passkeys: rest.passkeys && rest.mfa !== Mfa.REQUIRED,
    passwordSignIn: rest.passwordSignIn || rest.providers.length === 0,
    allow: rest.providers.includes('google') ? (rest.allow ?? { emailDomains: ['example.com'] }) : rest.allow,
  }));

const templates = new Map<string, Template>();

function synthesize(choice: Choice): Template {
  const key = JSON.stringify(choice);
  const template = templates.get(key) ?? synthesizeAnew(choice);
  templates.set(key, template);
  return template;
}

function synthesizeAnew({ providers, ...props }: Choice): Template {
  const stack = newStack();
  const clientSecret = Secret.fromSecretNameV2(stack, 'Secret', 'provider');
  const client = { clientId: 'client', clientSecret };
  const make = {
    entra: () =>
      IdentityProvider.entraId({ ...client, tenantId: '00000000-0000-4000-8000-000000000000', groupsClaim: 'groups' }),
    google: () => IdentityProvider.google(client),
    oidc: () => IdentityProvider.oidc({ ...client, issuerUrl: 'https://id.example.com' }),
  };
  new CognitoAlbAuth(stack, 'Auth', {
    vpc: Vpc.fromVpcAttributes(stack, 'Vpc', {
      vpcId: 'vpc-1',
      availabilityZones: ['eu-west-1a', 'eu-west-1b'],
      publicSubnetIds: ['subnet-1', 'subnet-2'],
    }),
    target: new IpTarget('10.0.0.10', 5000),
    targetPort: 5000,
    domainName: 'viz.example.com',
    certificate: Certificate.fromCertificateArn(stack, 'Mine', 'arn:aws:acm:eu-west-1:111122223333:certificate/mine'),
    identityProviders: providers.map((name) => make[name]()),
    ...props,
  });
  return Template.fromStack(stack);
}

function forAll(check: (choice: Choice, template: Template) => void) {
  fc.assert(
    fc.property(choices, (choice) => check(choice, synthesize(choice))),
    { numRuns: RUNS, seed: SEED },
  );
}

test('no rule forwards to the app without an authenticating action, except for the paths that were named public', () => {
  forAll((choice, template) => {
    const app = appTargetGroups(template);
    expect(app).toHaveLength(1);
    for (const rule of readRules(template, 443).filter((one) => reachesApp(one, app) && !authenticates(one))) {
      expect(pathsOf(rule)).not.toHaveLength(0);
      for (const pattern of pathsOf(rule)) {
        expect(choice.publicPaths).toContain(pattern);
      }
    }
  });
});

test('the last word of the listener is always: sign in', () => {
  forAll((_choice, template) => {
    const last = readRules(template, 443).at(-1)!;
    expect(last.actions.map(({ Type }) => Type)).toEqual(['authenticate-cognito', 'forward']);
    expect(last.actions[0].AuthenticateCognitoConfig?.OnUnauthenticatedRequest).toBe('authenticate');
  });
});

test('HTTP never reaches the app', () => {
  forAll((_choice, template) => {
    expect(readRules(template, 80).flatMap(({ actions }) => actions.map(({ Type }) => Type))).toEqual(['redirect']);
  });
});

test('every rule fits into the limits of the load balancer and has a priority of its own', () => {
  forAll((_choice, template) => {
    const rules = readRules(template, 443).slice(0, -1);
    for (const rule of rules) {
      expect(sizeOf(rule).values).toBeLessThanOrEqual(5);
      expect(sizeOf(rule).wildcards).toBeLessThanOrEqual(6);
    }
    expect(new Set(rules.map(({ priority }) => priority)).size).toBe(rules.length);
    expect(rules.length).toBeLessThanOrEqual(100);
  });
});

test('whatever path reaches the app without sign-in is public in every way that an app could read it', () => {
  const tricks = ['..', '.', '%2e%2e', '%2E%2e', '.%2e', '%252e%252e', '', 'secret', '..;', '..%2f', '%2e%2e%5csecret'];
  const request = fc.tuple(path, fc.array(fc.constantFrom(...tricks), { maxLength: 4 }));
  fc.assert(
    fc.property(choices, fc.array(request, { minLength: 20, maxLength: 60 }), (choice, requests) => {
      const template = synthesize(choice);
      const app = appTargetGroups(template);
      const rules = readRules(template, 443);
      const starts = [...(choice.publicPaths ?? []), ...requests.map(([start]) => start)];
      for (const [index, [, rest]] of requests.entries()) {
        const start = starts[index % starts.length].replace(/\/?\*$/, '');
        const asked = [start, ...rest].join('/') || '/';
        const rule = ruleFor(rules, asked);
        if (reachesApp(rule, app) && !authenticates(rule)) {
          for (const reading of readings(asked)) {
            expect({ asked, reading, public: isPublic(choice, reading) }).toEqual({ asked, reading, public: true });
          }
        }
      }
    }),
    { numRuns: RUNS, seed: SEED },
  );
});

test('no secret of a provider is in a template: only where CloudFormation finds it', () => {
  forAll((choice, template) => {
    const found = JSON.stringify(template.toJSON()).match(/"client_secret":("[^"]*"|\{[^}]*\})/g) ?? [];
    expect(found).toHaveLength(choice.providers.length);
    for (const one of found) {
      expect(one).toContain('{{resolve:secretsmanager:');
    }
  });
});

/** What servers make of a path: decoded up to twice, parameters cut off, dots walked. */
function readings(asked: string): string[] {
  const once = decode(asked);
  return [asked, once, decode(once)].flatMap((text) => [
    text,
    walk(text),
    walk(text.replaceAll('\\', '/').replace(/;[^/]*/g, '')),
  ]);
}

function decode(text: string): string {
  return text.replace(/%([0-9a-f]{2})/gi, (_match, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

function walk(text: string): string {
  const kept: string[] = [];
  for (const part of text.split('/').slice(1)) {
    if (part === '..') {
      kept.pop();
    } else if (part !== '.') {
      kept.push(part);
    }
  }
  return `/${kept.join('/')}`;
}

/** A folder is public with or without its final slash, once it was walked back to. */
function isPublic({ publicPaths = [] }: Choice, reading: string): boolean {
  return publicPaths.some((one) => covers(one, reading) || covers(one, `${reading}/`));
}
