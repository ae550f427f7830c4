import { type Change, everySignIn, type Json, withOtherPool } from '../helpers/assembly';
import { Browser } from '../helpers/browser';
import { preview, USER } from '../helpers/preview';

/** What names the pool must name the other one, and the app be told of none. */
const withOtherPoolAlone: Change = (resources, template) => {
  withOtherPool('company')(resources, template);
  resources.MachineRule.Properties.Actions[0].JwtValidationConfig.Issuer =
    'https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_Abc123';
  resources.Task.Properties.ContainerDefinitions[0].Environment = [];
};

test('a user pool of another stack signs people in', async () => {
  const door = await preview(withOtherPoolAlone);
  const browser = new Browser();
  const page = await browser.signIn(`${door.url}/x`, USER);
  expect(page.url).toBe(`${door.url}/x`);
  await browser.close();
  await door.stop();
});

describe('authenticate-oidc', () => {
  const withOidc = (resources: Json) => {
    everySignIn(resources, (action) => {
      delete action.AuthenticateCognitoConfig;
      action.Type = 'authenticate-oidc';
      action.AuthenticateOidcConfig = {
        Issuer: 'https://login.example.com',
        AuthorizationEndpoint: 'https://login.example.com/authorize',
        TokenEndpoint: 'https://login.example.com/token',
        UserInfoEndpoint: 'https://login.example.com/userinfo',
        ClientId: 'viz',
        ClientSecret: '{{resolve:secretsmanager:viz:SecretString:secret}}',
        Scope: 'openid email',
        SessionCookieName: 'Sitzung',
      };
    });
    resources.SignOut.Properties.Environment = {};
  };

  test('is played by the local provider, under the issuer of the template', async () => {
    const door = await preview(withOidc);
    const browser = new Browser();
    const page = await browser.signIn(`${door.url}/x`, USER);
    const { headers } = JSON.parse(page.text);
    const [header, payload] = headers['x-amzn-oidc-data']
      .split('.')
      .slice(0, 2)
      .map((part: string) => JSON.parse(Buffer.from(part, 'base64url').toString()));
    expect(header).toMatchObject({ iss: 'https://login.example.com', client: 'viz' });
    expect(payload).toMatchObject({ email: USER.email });
    expect(await browser.cookie(door.url, 'Sitzung-0')).toBeDefined();
    await browser.close();
    await door.stop();
  });
});

test('with the option to allow, everyone passes and only who signed in has an identity', async () => {
  const door = await preview(({ Https, ApiRule }) => {
    ApiRule.Properties.Actions[0].AuthenticateCognitoConfig.OnUnauthenticatedRequest = 'allow';
    Https.Properties.ListenerAttributes = [];
  });
  const browser = new Browser();
  const before = JSON.parse((await browser.open(`${door.url}/api/x`)).text);
  expect(before.headers['x-amzn-oidc-identity']).toBeUndefined();
  await browser.signIn(door.url, USER);
  const after = JSON.parse((await browser.open(`${door.url}/api/x`)).text);
  expect(after.headers['x-amzn-oidc-identity']).toBe(USER.sub);
  await browser.close();
  await door.stop();
});

test('a target group without weight gets nothing', async () => {
  const door = await preview(({ PublicRule }) => {
    PublicRule.Properties.Actions = [
      {
        Type: 'forward',
        ForwardConfig: {
          TargetGroups: [
            { TargetGroupArn: { Ref: 'AppTargets' }, Weight: 0 },
            { TargetGroupArn: { Ref: 'SignOutTargets' }, Weight: 100 },
          ],
        },
      },
    ];
  });
  for (let index = 0; index < 20; index++) {
    expect(await (await fetch(`${door.url}/public/x`)).text()).toContain('Signed out');
  }
  await door.stop();
});

test('headers that are still not complete after the idle timeout end the connection', async () => {
  const door = await preview(({ LoadBalancer }) => {
    LoadBalancer.Properties.LoadBalancerAttributes.push({ Key: 'idle_timeout.timeout_seconds', Value: '1' });
  });
  const { connect } = await import('node:net');
  const socket = connect(Number(new URL(door.url).port), '127.0.0.1');
  const drip = setInterval(() => socket.writable && socket.write('X-Slow: 1\r\n'), 200);
  socket.write('GET / HTTP/1.1\r\nHost: viz.example.com\r\n');
  socket.on('error', () => undefined);
  await new Promise((resolve) => socket.once('close', resolve).resume());
  clearInterval(drip);
  expect((await fetch(`${door.url}/public/x`)).status).toBe(200);
  await door.stop();
});
