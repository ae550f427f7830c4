import { decodeJwt } from 'jose';
import type { Change } from '../helpers/assembly';
import { Browser } from '../helpers/browser';
import { claimsOf, preview, type TestPreview, user } from '../helpers/preview';

const ADA = user('ada@example.com', 'correct horse', {
  groups: ['viewers', 'editors'],
  attributes: { name: 'Ada Lovelace' },
});

const withEntra: Change = (resources) => {
  resources.Entra = {
    Type: 'AWS::Cognito::UserPoolIdentityProvider',
    Properties: {
      ProviderName: 'EntraID',
      ProviderType: 'OIDC',
      ProviderDetails: { client_secret: '{{resolve:secretsmanager:x:SecretString:::}}' },
      AttributeMapping: { email: 'email', name: 'name', 'custom:groups': 'groups' },
      UserPoolId: { Ref: 'Users' },
    },
  };
  resources.Client.Properties.SupportedIdentityProviders = ['COGNITO', { Ref: 'Entra' }];
};

let browser: Browser;
beforeEach(() => {
  browser = new Browser();
});
afterEach(() => browser.close());

describe('a pool that trusts a company', () => {
  let door: TestPreview;
  beforeAll(async () => {
    door = await preview(withEntra, { users: [ADA] });
  });
  afterAll(() => door.stop());

  const goToCompany = async (one: Browser, target: string) => {
    const page = await one.open(door.url + target);
    expect(page.text).toContain('Continue with EntraID');
    const href = /href="(\/login\/[^"]+\/at\/EntraID)"/.exec(page.text)?.[1] as string;
    return one.open(new URL(href, page.url).href);
  };

  test('shows both ways, and the company has a page and an address of its own', async () => {
    const pool = await browser.open(door.url);
    const company = await goToCompany(browser, '/');
    expect(new URL(company.url).origin).not.toBe(new URL(pool.url).origin);
    expect(company.text).toContain('Sign in to EntraID');
  });

  test('lets somebody in for whom the company vouches, with only the attributes that are mapped', async () => {
    const company = await goToCompany(browser, '/deep?x=1');
    const app = await browser.submit(company.url, { email: ADA.email, password: ADA.password });
    expect(app.url).toBe(`${door.url}/deep?x=1`);
    const { headers } = JSON.parse(app.text);
    const claims = claimsOf(app.text);
    expect(claims).toMatchObject({ email: ADA.email, name: 'Ada Lovelace', 'custom:groups': '[viewers, editors]' });
    expect(claims.username).toMatch(/^EntraID_/);
    expect(claims.email_verified).toBe('false');
    expect(claims).not.toHaveProperty('cognito:groups');
    const token = decodeJwt(headers['x-amzn-oidc-accesstoken']) as { 'cognito:groups': string[] };
    expect(token['cognito:groups']).toEqual([expect.stringMatching(/_EntraID$/)]);
  });

  test('takes a wrong password at the company for what it is', async () => {
    const company = await goToCompany(browser, '/');
    const wrong = await browser.submit(company.url, { email: ADA.email, password: 'wrong' });
    expect(wrong.status).toBe(401);
    expect(wrong.text).toContain('E-mail or password is wrong.');
  });

  test('does not let a callback of the company in twice, nor in another browser', async () => {
    const company = await goToCompany(browser, '/');
    const app = await browser.submit(company.url, { email: ADA.email, password: ADA.password });
    const callback = app.hops.find((hop) => hop.includes('/oauth2/idpresponse') && !hop.startsWith(door.url)) as string;
    const stranger = new Browser();
    expect((await stranger.open(callback)).status).toBe(400);
    expect((await browser.open(callback)).status).toBe(400);
    await stranger.close();
  });

  test('forgets a made-up company', async () => {
    const page = await browser.open(door.url);
    const answer = await browser.open(`${page.url}/at/Evil`);
    expect(answer.status).toBe(401);
    expect(answer.text).toContain('This way to sign in is not open.');
  });
});

test('a pool with one company and no passwords goes straight there', async () => {
  const door = await preview(
    (resources, template) => {
      withEntra(resources, template);
      resources.Client.Properties.SupportedIdentityProviders = [{ Ref: 'Entra' }];
    },
    { users: [ADA] },
  );
  const page = await browser.open(door.url);
  expect(page.text).toContain('Sign in to EntraID');
  await door.stop();
});

test('an address that the company calls verified is verified where that is mapped', async () => {
  const door = await preview(
    (resources, template) => {
      withEntra(resources, template);
      resources.Entra.Properties.AttributeMapping.email_verified = 'email_verified';
      resources.Client.Properties.SupportedIdentityProviders = [{ Ref: 'Entra' }];
    },
    { users: [ADA] },
  );
  const company = await browser.open(door.url);
  const app = await browser.submit(company.url, { email: ADA.email, password: ADA.password });
  expect(claimsOf(app.text).email_verified).toBe('true');
  await door.stop();
});

test('an app can ask for a company by name', async () => {
  const door = await preview(
    (resources, template) => {
      withEntra(resources, template);
      resources.Https.Properties.DefaultActions[0].AuthenticateCognitoConfig.AuthenticationRequestExtraParams = {
        identity_provider: 'EntraID',
      };
    },
    { users: [ADA] },
  );
  expect((await browser.open(door.url)).text).toContain('Sign in to EntraID');
  await door.stop();
});

test('triggers hear of somebody new before there is a user, and afterwards with an unverified address', async () => {
  const arn = { 'Fn::GetAtt': ['Guard', 'Arn'] };
  const door = await preview(
    (resources, template) => {
      withEntra(resources, template);
      resources.Guard = {
        Type: 'AWS::Lambda::Function',
        Properties: {
          Runtime: 'nodejs22.x',
          Handler: 'index.handler',
          Code: {
            ZipFile:
              'exports.handler = async (event) => { console.log(event.triggerSource + " " + JSON.stringify(event.request.userAttributes)); return event; };',
          },
        },
      };
      resources.Users.Properties.LambdaConfig = {
        PreSignUp: arn,
        PreAuthentication: arn,
        PreTokenGenerationConfig: { LambdaArn: arn, LambdaVersion: 'V2_0' },
      };
    },
    { users: [ADA] },
  );
  const enter = async (one: Browser) => {
    const page = await one.open(door.url);
    const company = await one.open(`${page.url}/at/EntraID`);
    await one.submit(company.url, { email: ADA.email, password: ADA.password });
  };
  const heard = (source: string) => {
    const line = door.lines.find((one) => one.includes(`${source} {`));
    return line && JSON.parse(line.slice(line.indexOf('{')));
  };
  await enter(browser);
  expect(heard('PreSignUp_ExternalProvider')).toEqual({
    email: ADA.email,
    email_verified: 'false',
    name: 'Ada Lovelace',
    'custom:groups': '[viewers, editors]',
    'cognito:email_alias': '',
    'cognito:phone_number_alias': '',
  });
  expect(heard('TokenGeneration_HostedAuth')).toMatchObject({
    'cognito:user_status': 'EXTERNAL_PROVIDER',
    email_verified: 'false',
  });
  expect(heard('PreAuthentication_Authentication')).toBeUndefined();
  const again = new Browser();
  await enter(again);
  expect(heard('PreAuthentication_Authentication')).toMatchObject({ email: ADA.email });
  await again.close();
  await door.stop();
});
