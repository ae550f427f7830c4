import { decodeJwt } from 'jose';
import type { Json } from '../helpers/assembly';
import { Browser } from '../helpers/browser';
import { preview, type TestPreview, user } from '../helpers/preview';

const VIEWER = user('viewer@example.com', 'one', { groups: ['viewers'] });
const STRANGER = user('stranger@example.com', 'two');
const OUTSIDER = user('out@elsewhere.example', 'three', { groups: ['viewers'] });

/** A guard like that of a stack: by domain before sign-in, by group before tokens. */
const GUARD = `
exports.handler = async (event) => {
  console.log(JSON.stringify({ source: event.triggerSource, version: event.version }));
  if (!event.request.userAttributes.email.endsWith('@example.com')) throw new Error('Your company is not on the list.');
  if (event.triggerSource.startsWith('TokenGeneration')) {
    if (!event.request.groupConfiguration.groupsToOverride.includes('viewers')) throw new Error('This app is not open to you.');
    event.response = { claimsAndScopeOverrideDetails: {
      groupOverrideDetails: { groupsToOverride: ['viewers', 'added'] },
      accessTokenGeneration: { claimsToAddOrOverride: { team: 'blue' }, claimsToSuppress: ['username'] },
    } };
  }
  return event;
};`;

const arn = { 'Fn::GetAtt': ['Guard', 'Arn'] };
const withGuard = (resources: Json) => {
  resources.Guard = {
    Type: 'AWS::Lambda::Function',
    Properties: { Runtime: 'nodejs22.x', Handler: 'index.handler', Code: { ZipFile: GUARD } },
  };
  resources.Users.Properties.LambdaConfig = {
    PreAuthentication: arn,
    PreTokenGenerationConfig: { LambdaArn: arn, LambdaVersion: 'V2_0' },
  };
};

let door: TestPreview;
let browser: Browser;
beforeAll(async () => {
  door = await preview(withGuard, { users: [VIEWER, STRANGER, OUTSIDER] });
});
afterAll(() => door.stop());
beforeEach(() => {
  browser = new Browser();
});
afterEach(() => browser.close());

test('somebody whom all triggers let through comes in, with what they put into the token', async () => {
  const page = await browser.signIn(door.url, VIEWER);
  const token = decodeJwt(JSON.parse(page.text).headers['x-amzn-oidc-accesstoken']);
  expect(token).toMatchObject({ 'cognito:groups': ['viewers', 'added'], team: 'blue' });
  expect(token.username).toBeUndefined();
  expect(door.lines.join('\n')).toContain('{"source":"PreAuthentication_Authentication","version":"1"}');
  expect(door.lines.join('\n')).toContain('{"source":"TokenGeneration_HostedAuth","version":"2"}');
});

test('somebody whom the trigger before sign-in turns away reads its sentence on the page', async () => {
  const page = await browser.signIn(door.url, OUTSIDER);
  expect(page.status).toBe(401);
  expect(page.text).toContain('PreAuthentication failed with error Your company is not on the list.');
});

test('somebody who gets no token is sent back to the callback, where the load balancer says 561', async () => {
  const page = await browser.signIn(door.url, STRANGER);
  expect(page.status).toBe(561);
  expect(new URL(page.url).searchParams.get('error_description')).toBe(
    'PreTokenGeneration failed with error This app is not open to you.',
  );
});

test('a rule that names the callback with an error answers in place of the load balancer', async () => {
  const kind = await preview(
    (resources) => {
      withGuard(resources);
      resources.TurnedAway = {
        Type: 'AWS::ElasticLoadBalancingV2::ListenerRule',
        Properties: {
          ListenerArn: { Ref: 'Https' },
          Priority: 2,
          Conditions: [
            { Field: 'path-pattern', PathPatternConfig: { Values: ['/oauth2/idpresponse'] } },
            { Field: 'query-string', QueryStringConfig: { Values: [{ Key: 'error', Value: '*' }] } },
          ],
          Actions: [
            {
              Type: 'fixed-response',
              FixedResponseConfig: { StatusCode: '403', ContentType: 'text/plain', MessageBody: 'Not for you' },
            },
          ],
        },
      };
    },
    { users: [VIEWER, STRANGER] },
  );
  const refused = await browser.signIn(kind.url, STRANGER);
  expect([refused.status, refused.text]).toEqual([403, 'Not for you']);
  const out = await browser.open(`${kind.url}/logout`);
  expect(out.text).toContain('Signed out');
  const welcome = await browser.signIn(kind.url, VIEWER);
  expect(welcome.status).toBe(200);
  await kind.stop();
});
