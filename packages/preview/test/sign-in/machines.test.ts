import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import type { Json } from '../helpers/assembly';
import { Browser } from '../helpers/browser';
import { preview, type TestPreview, USER } from '../helpers/preview';
import { get, raw, status } from '../helpers/raw-socket';

const withMachine = (resources: Json) => {
  resources.Server = {
    Type: 'AWS::Cognito::UserPoolResourceServer',
    Properties: { Identifier: 'viz', Name: 'viz', Scopes: [{ ScopeName: 'call' }], UserPoolId: { Ref: 'Users' } },
  };
  resources.Nightly = {
    Type: 'AWS::Cognito::UserPoolClient',
    Properties: {
      AllowedOAuthFlows: ['client_credentials'],
      AllowedOAuthFlowsUserPoolClient: true,
      AllowedOAuthScopes: [{ 'Fn::Join': ['', [{ Ref: 'Server' }, '/call']] }],
      GenerateSecret: true,
      AccessTokenValidity: 15,
      TokenValidityUnits: { AccessToken: 'minutes' },
      UserPoolId: { Ref: 'Users' },
    },
  };
  resources.MachineRule.Properties.Actions[0].JwtValidationConfig.AdditionalClaims = [
    { Name: 'token_use', Format: 'single-string', Values: ['access'] },
    { Name: 'scope', Format: 'space-separated-values', Values: ['viz/call'] },
  ];
};

let door: TestPreview;
beforeAll(async () => {
  door = await preview(withMachine);
});
afterAll(() => door.stop());

const call = (headers: Record<string, string>) => fetch(`${door.url}/machine/rows`, { headers, redirect: 'manual' });

async function token(scope = 'viz/call', secret = door.machines[0].secret): Promise<Response> {
  const { clientId } = door.machines[0];
  return fetch(door.tokenUrl, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${clientId}:${secret}`).toString('base64')}` },
    body: new URLSearchParams({ grant_type: 'client_credentials', scope }),
  });
}

test('a program with a token of its own is let through, with the token as it is', async () => {
  const { access_token, expires_in } = (await (await token()).json()) as { access_token: string; expires_in: number };
  expect(expires_in).toBe(900);
  const answer = await call({ authorization: `Bearer ${access_token}` });
  expect(answer.status).toBe(200);
  const { headers } = (await answer.json()) as { headers: Record<string, string> };
  expect(headers.authorization).toBe(`Bearer ${access_token}`);
  expect(headers['x-amzn-oidc-identity']).toBeUndefined();
});

test('two headers with a token are one too many, whichever of them is valid', async () => {
  const { access_token } = (await (await token()).json()) as { access_token: string };
  const valid = `Authorization: Bearer ${access_token}`;
  for (const lines of [
    [valid, 'Authorization: Bearer a.b.c'],
    ['Authorization: Bearer a.b.c', valid],
    [valid, valid],
  ]) {
    expect(status(await raw(door.url, get('/machine/rows', lines)))).toBe(401);
  }
  expect(status(await raw(door.url, get('/machine/rows', [valid])))).toBe(200);
});

test('a wrong secret or a foreign scope gets no token', async () => {
  expect((await token('viz/call', 'wrong')).status).toBe(401);
  expect((await token('viz/other')).status).toBe(400);
});

test('without a token there is a 401 that says what is missing', async () => {
  const answer = await call({});
  expect(answer.status).toBe(401);
  expect(answer.headers.get('www-authenticate')).toBe('Bearer');
});

test('a token of a person does not count as one of a program', async () => {
  const browser = new Browser();
  const page = await browser.signIn(door.url, USER);
  const accessToken = JSON.parse(page.text).headers['x-amzn-oidc-accesstoken'];
  expect((await call({ authorization: `Bearer ${accessToken}` })).status).toBe(401);
  await browser.close();
});

test('tokens that somebody else signed, that are over or not signed at all are refused', async () => {
  const { access_token } = (await (await token()).json()) as { access_token: string };
  const [header, payload, signature] = access_token.split('.');
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString());
  const { kid } = JSON.parse(Buffer.from(header, 'base64url').toString());
  const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true });
  const foreign = new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid });
  const none = Buffer.from(JSON.stringify({ alg: 'none', kid })).toString('base64url');
  // The public key as a shared secret: what a verifier does that takes the algorithm from the token.
  const confused = await new SignJWT(claims)
    .setProtectedHeader({ alg: 'HS256', kid })
    .sign(Buffer.from(JSON.stringify(await exportJWK(publicKey))));
  const changed = Buffer.from(JSON.stringify({ ...claims, scope: 'viz/call viz/admin' })).toString('base64url');
  for (const forged of [
    await foreign.sign(privateKey),
    `${none}.${payload}.`,
    `${none}.${payload}.${signature}`,
    `${header}.${changed}.${signature}`,
    confused,
    'a.b.c',
  ]) {
    const answer = await call({ authorization: `Bearer ${forged}` });
    expect(answer.status).toBe(401);
  }
});
