import { Template } from 'aws-cdk-lib/assertions';
import * as fc from 'fast-check';
import { CognitoAlbAuth } from '../src';
import { anyChoice, type Choice, propsOf } from './any-props';
import { faultsOfClients } from './clients';
import { appTargetGroups, authenticates, excessOf, pathsOf, reachesApp, readRules, ruleFor } from './door';
import { newStack } from './fixture';
import { anyRequests, askedPaths, isPublic, readings } from './readings';

const RUNS = 80;
/** The same for every test of a run, so that they share templates; printed by fast-check when one fails. */
const SEED = Date.now() & 0x7fffffff;
jest.setTimeout(300_000);

const templates = new Map<string, Template>();

function synthesize(choice: Choice): Template {
  const key = JSON.stringify(choice);
  const template = templates.get(key) ?? synthesizeAnew(choice);
  templates.set(key, template);
  return template;
}

function synthesizeAnew(choice: Choice): Template {
  const stack = newStack();
  new CognitoAlbAuth(stack, 'Auth', propsOf(stack, choice));
  return Template.fromStack(stack);
}

function forAll(check: (choice: Choice, template: Template) => void) {
  fc.assert(
    fc.property(anyChoice, (choice) => check(choice, synthesize(choice))),
    { numRuns: RUNS, seed: SEED },
  );
}

test('no rule forwards to the app without an authenticating action, except for the paths that were named public', () => {
  forAll(({ paths: { publicPaths } }, template) => {
    const app = appTargetGroups(template);
    expect(app).toHaveLength(1);
    for (const rule of readRules(template, 443).filter((one) => reachesApp(one, app) && !authenticates(one))) {
      expect(pathsOf(rule)).not.toHaveLength(0);
      for (const pattern of pathsOf(rule)) {
        expect(publicPaths).toContain(pattern);
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

test('HTTP never reaches the app, and HTTPS is of this decade', () => {
  forAll((_choice, template) => {
    expect(readRules(template, 80).flatMap(({ actions }) => actions.map(({ Type }) => Type))).toEqual(['redirect']);
    template.resourceCountIs('AWS::ElasticLoadBalancingV2::Listener', 2);
    template.hasResourceProperties('AWS::ElasticLoadBalancingV2::Listener', {
      Port: 443,
      SslPolicy: 'ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09',
    });
  });
});

test('every rule fits into the limits of the load balancer and has a priority of its own', () => {
  forAll((_choice, template) => {
    const rules = readRules(template, 443).slice(0, -1);
    for (const rule of rules) {
      expect(excessOf(rule)).toEqual([]);
    }
    expect(new Set(rules.map(({ priority }) => priority)).size).toBe(rules.length);
    expect(rules.length).toBeLessThanOrEqual(100);
  });
});

test('whatever path reaches the app without sign-in is public in every way that an app could read it', () => {
  fc.assert(
    fc.property(anyChoice, anyRequests, (choice, requests) => {
      const template = synthesize(choice);
      const app = appTargetGroups(template);
      const rules = readRules(template, 443);
      const { publicPaths } = choice.paths;
      for (const asked of askedPaths(requests, publicPaths)) {
        const rule = ruleFor(rules, asked);
        if (reachesApp(rule, app) && !authenticates(rule)) {
          for (const reading of readings(asked)) {
            expect({ asked, reading, public: isPublic(publicPaths, reading) }).toEqual({
              asked,
              reading,
              public: true,
            });
          }
        }
      }
    }),
    { numRuns: RUNS, seed: SEED },
  );
});

test('where anyone may come in without a session, headers that say who is there are refused first', () => {
  forAll(({ paths, machines }, template) => {
    const rules = readRules(template, 443);
    const forged = rules.filter(({ conditions: [first] }) =>
      first?.HttpHeaderConfig?.HttpHeaderName.startsWith('x-amzn-oidc'),
    );
    const app = appTargetGroups(template);
    const open = rules.filter((rule) => reachesApp(rule, app) && rule.actions[0].Type !== 'authenticate-cognito');
    expect(forged).toHaveLength(paths.publicPaths.length > 0 || machines ? 3 : 0);
    for (const rule of open) {
      expect(Math.max(...forged.map(({ priority }) => priority))).toBeLessThan(rule.priority);
    }
  });
});

test('whenever there is an allow-list, Cognito asks it before sign-up, before sign-in and before every token', () => {
  forAll(({ allow, pool }, template) => {
    const asked = allow && pool === 'own';
    for (const { Properties } of Object.values(template.findResources('AWS::Cognito::UserPool')).slice(asked ? 0 : 1)) {
      expect(Object.keys(Properties.LambdaConfig)).toEqual(
        expect.arrayContaining(['PreSignUp', 'PreAuthentication', 'PreTokenGenerationConfig']),
      );
    }
    const policies = Object.values(template.findResources('AWS::Lambda::Function')).flatMap(
      ({ Properties }) => Properties.Environment?.Variables.ACCESS_POLICY ?? [],
    );
    for (const policy of policies) {
      expect(JSON.parse(policy)).toMatchObject({ emailDomains: [], groups: [], ...allow });
    }
    expect(policies).toHaveLength(asked ? 1 : policies.length);
  });
});

test('no client gets tokens with which users could change what decides who comes in, and no program signs in people', () => {
  forAll((_choice, template) => {
    expect(faultsOfClients(template)).toEqual([]);
  });
});

test('no secret of a provider is in a template: only where CloudFormation finds it', () => {
  forAll((choice, template) => {
    const found = JSON.stringify(template.toJSON()).match(/"client_secret":("[^"]*"|\{[^}]*\})/g) ?? [];
    expect(found).toHaveLength(choice.providers.filter((name) => name !== 'saml').length);
    for (const one of found) {
      expect(one).toContain('{{resolve:secretsmanager:');
    }
  });
});
