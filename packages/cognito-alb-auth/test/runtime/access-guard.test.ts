import * as fc from 'fast-check';
import { handler } from '../../runtime/access-guard';
import type { TriggerEvent } from '../../runtime/access-guard/trigger-event';
import type { AccessPolicy } from '../../src/access-guard-contract';

const NOT_FOR_YOU = /this app is not open to you/;
const before = { ...process.env };

afterEach(() => {
  process.env = { ...before };
});

function allow(policy: Partial<AccessPolicy>) {
  process.env.ACCESS_POLICY = JSON.stringify({ emailDomains: [], groups: [], ...policy });
}

function event(
  triggerSource: string,
  userAttributes: Record<string, string>,
  groups: string[] = [],
): TriggerEvent & { response: Record<string, unknown> } {
  const groupConfiguration = { groupsToOverride: groups, iamRolesToOverride: [] };
  const makesToken = triggerSource.startsWith('TokenGeneration_');
  return {
    version: '1',
    triggerSource,
    region: 'eu-west-1',
    userPoolId: 'eu-west-1_abc',
    userName: 'someone',
    callerContext: { awsSdkVersion: '3', clientId: 'client' },
    request: { userAttributes, ...(makesToken ? { groupConfiguration, scopes: [] } : {}) },
    response: {},
  } as never;
}

/** Somebody whom the provider EntraID sent; Cognito writes its name in any case. */
function fromEntra(triggerSource: string, userAttributes: Record<string, string>, groups: string[] = []) {
  return { ...event(triggerSource, userAttributes, groups), userName: 'entraid_1' };
}

const TRIGGERS = [
  'PreSignUp_ExternalProvider',
  'PreAuthentication_Authentication',
  'TokenGeneration_HostedAuth',
  'TokenGeneration_Authentication',
  'TokenGeneration_RefreshTokens',
];

describe('an allow-list of e-mail domains', () => {
  beforeEach(() => allow({ emailDomains: ['example.com', 'example.org'] }));

  test.each(TRIGGERS)('lets a colleague pass at %s', async (trigger) => {
    const asked = event(trigger, { email: 'Ada@Example.COM' });

    await expect(handler(asked)).resolves.toBe(asked);
  });

  test.each(TRIGGERS)('turns a stranger away at %s', async (trigger) => {
    await expect(handler(event(trigger, { email: 'ada@example.net' }))).rejects.toThrow(NOT_FOR_YOU);
  });

  test.each([
    'ada@mail.example.com',
    'ada@example.com.evil.net',
    'ada@evilexample.com',
    'ada@evil.net@example.com',
    'ada@example.com@evil.net',
    'ada@example.com,eve@evil.net',
    '"ada@evil.net" <x@example.com>',
    'ada@example.com\n',
    '@example.com',
    'example.com',
    '',
  ])('is not fooled by the address %j', async (email) => {
    await expect(handler(event('TokenGeneration_HostedAuth', { email }))).rejects.toThrow(NOT_FOR_YOU);
  });

  test('takes no address but those that end with exactly one @ and one of its domains', async () => {
    const part = fc.oneof(
      fc.constantFrom('ada', 'example.com', 'example.org', '@', '.', ' ', ',', 'evil.net', '\0'),
      fc.string(),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(part, { maxLength: 6 }), async (parts) => {
        const email = parts.join('');
        const believed = await handler(event('TokenGeneration_HostedAuth', { email })).then(
          () => true,
          () => false,
        );

        expect(believed && !/^[^@]+@(example\.com|example\.org)$/i.test(email)).toBe(false);
      }),
      { numRuns: 2000 },
    );
  });

  test('turns away whoever has no address at all', async () => {
    await expect(handler(event('TokenGeneration_HostedAuth', {}))).rejects.toThrow(NOT_FOR_YOU);
  });

  describe.each(TRIGGERS)('at %s, of somebody from a provider', (trigger) => {
    const from = (userName: string, attributes: Record<string, string>) => ({
      ...event(trigger, { email: 'ada@example.com', 'cognito:user_status': 'EXTERNAL_PROVIDER', ...attributes }),
      userName,
    });
    beforeEach(() => allow({ emailDomains: ['example.com'], openProviders: ['Google'] }));

    test.each(['Google_1', 'google_1'])(
      'where anybody has an account (%s), takes verified addresses only',
      async (user) => {
        await expect(handler(from(user, { email_verified: 'True' }))).resolves.toBeDefined();
        await expect(handler(from(user, { email_verified: 'False' }))).rejects.toThrow(NOT_FOR_YOU);
        await expect(handler(from(user, {}))).rejects.toThrow(NOT_FOR_YOU);
      },
    );

    test("of the company, takes the directory's word, which Cognito calls unverified", async () => {
      await expect(handler(from('EntraID_1', { email_verified: 'false' }))).resolves.toBeDefined();
    });
  });

  test('takes the address of an invited colleague who has not confirmed it', async () => {
    const attributes = { email: 'ada@example.com', 'cognito:user_status': 'CONFIRMED', email_verified: 'false' };

    await expect(handler(event('TokenGeneration_HostedAuth', attributes))).resolves.toBeDefined();
  });
});

describe('an allow-list of groups', () => {
  beforeEach(() => allow({ groups: ['viz', 'admins'] }));

  test('lets a member of the user pool group pass and keeps the groups in the token', async () => {
    const answer = await handler(event('TokenGeneration_HostedAuth', { email: 'a@b.example' }, ['other', 'viz']));

    expect(answer.response).toEqual({
      claimsAndScopeOverrideDetails: { groupOverrideDetails: { groupsToOverride: ['other', 'viz'] } },
    });
  });

  describe('of somebody from a provider that names groups', () => {
    beforeEach(() => allow({ groups: ['viz', 'admins'], groupProviders: ['EntraID'] }));

    test.each([
      ['[admins, staff]', ['admins', 'staff']],
      ['["admins","staff"]', ['admins', 'staff']],
      ['["admins", "a, viz", " "]', ['admins', 'a, viz']],
      ['[admins,staff]', ['admins', 'staff']],
      ['[7, "admins"]', ['7', 'admins']],
      ['admins,staff', ['admins', 'staff']],
      ['admins,a%2C+viz,b-1.c*_+d', ['admins', 'a%2C+viz', 'b-1.c*_+d']],
      ['admins', ['admins']],
      [' admins ', ['admins']],
      [' [admins] ', ['admins']],
      ['[admins, , staff]', ['admins', 'staff']],
      ['[admins, "staff"]', ['admins', '"staff"']],
      ['[admins, \nstaff]', ['admins', 'staff']],
    ])('reads the groups %j and gives them to the app', async (text, groups) => {
      const answer = await handler(fromEntra('TokenGeneration_HostedAuth', { 'custom:groups': text }));

      expect(answer.response).toEqual({
        claimsAndScopeOverrideDetails: { groupOverrideDetails: { groupsToOverride: groups } },
      });
    });

    test.each([
      '',
      '[]',
      'viz-readers',
      'Viz',
      '[vi, z]',
      'v iz',
      'a, viz',
      'viz, [b]',
      '[a],viz',
      'viz,b c',
      'b c,viz',
      'viz,"b"',
      'viz,',
      ',viz',
      '["a, viz"]',
      '["a","b, viz, c"]',
      'x[viz]',
      '[viz]x',
    ])('turns away whoever is in %j only', async (text) => {
      await expect(handler(fromEntra('TokenGeneration_HostedAuth', { 'custom:groups': text }))).rejects.toThrow(
        NOT_FOR_YOU,
      );
    });

    test('names the groups of the pool first, and each once', async () => {
      const asked = fromEntra('TokenGeneration_HostedAuth', { 'custom:groups': '[viz, pool]' }, ['pool']);

      expect((await handler(asked)).response).toEqual({
        claimsAndScopeOverrideDetails: { groupOverrideDetails: { groupsToOverride: ['pool', 'viz'] } },
      });
    });

    test('reads no groups of the pool where Cognito lists none', async () => {
      const asked = fromEntra('TokenGeneration_HostedAuth', { 'custom:groups': 'viz' });
      (asked.request as { groupConfiguration: object }).groupConfiguration = {};

      expect((await handler(asked)).response).toEqual({
        claimsAndScopeOverrideDetails: { groupOverrideDetails: { groupsToOverride: ['viz'] } },
      });
    });

    test('reads none where the provider named none', async () => {
      await expect(handler(fromEntra('TokenGeneration_HostedAuth', {}))).rejects.toThrow(NOT_FOR_YOU);
    });

    test.each(['someone', 'EntraID', 'EntraID2_1', 'my-EntraID_1', 'Okta_1'])(
      'believes no attribute of %s, whom that provider did not send',
      async (userName) => {
        const asked = { ...fromEntra('TokenGeneration_HostedAuth', { 'custom:groups': 'viz' }), userName };

        await expect(handler(asked)).rejects.toThrow(NOT_FOR_YOU);
      },
    );
  });

  test('believes no attribute of anybody while no provider names groups', async () => {
    await expect(handler(fromEntra('TokenGeneration_HostedAuth', { 'custom:groups': 'viz' }))).rejects.toThrow(
      NOT_FOR_YOU,
    );
  });

  test('puts whoever lost the group out when the session is renewed', async () => {
    await expect(handler(event('TokenGeneration_RefreshTokens', {}, []))).rejects.toThrow(NOT_FOR_YOU);
  });

  test('lets somebody new become a user, so that a group can be given', async () => {
    const asked = event('PreSignUp_ExternalProvider', { email: 'a@b.example' });

    await expect(handler(asked)).resolves.toBe(asked);
  });
});

test('with both lists, both must agree', async () => {
  allow({ emailDomains: ['example.com'], groups: ['viz'] });

  await expect(
    handler(event('TokenGeneration_HostedAuth', { email: 'a@example.com' }, ['viz'])),
  ).resolves.toBeDefined();
  await expect(handler(event('TokenGeneration_HostedAuth', { email: 'a@example.com' }, []))).rejects.toThrow(
    NOT_FOR_YOU,
  );
  await expect(handler(event('TokenGeneration_HostedAuth', { email: 'a@b.example' }, ['viz']))).rejects.toThrow(
    NOT_FOR_YOU,
  );
});

const MUST_BE_SET = "'ACCESS_POLICY' must be set in the environment";
const MUST_HAVE_LISTS = "'ACCESS_POLICY' must have lists of domains, groups and providers";

test.each([
  [undefined, MUST_BE_SET],
  ['', MUST_BE_SET],
  ['{}', MUST_HAVE_LISTS],
  ['{"emailDomains":"example.com","groups":[]}', MUST_HAVE_LISTS],
  ['{"emailDomains":{"every":1},"groups":[]}', MUST_HAVE_LISTS],
  ['{"emailDomains":[1],"groups":[]}', MUST_HAVE_LISTS],
  ['{"emailDomains":[""],"groups":[]}', MUST_HAVE_LISTS],
  ['{"emailDomains":["example.com",null],"groups":[]}', MUST_HAVE_LISTS],
  ['{"emailDomains":[],"groups":[],"openProviders":[1]}', MUST_HAVE_LISTS],
  ['{"emailDomains":[],"groups":[],"groupProviders":"EntraID"}', MUST_HAVE_LISTS],
  ['nonsense', 'Unexpected token'],
])('a policy that cannot be read lets nobody in, and the log says why: %j', async (policy, words) => {
  if (policy === undefined) {
    delete process.env.ACCESS_POLICY;
  } else {
    process.env.ACCESS_POLICY = policy;
  }

  await expect(handler(event('TokenGeneration_HostedAuth', { email: 'a@example.com' }))).rejects.toThrow(words);
});
