import { createPublicKey, verify } from 'node:crypto';
import type { Session } from '../../src/session/session';
import { IdentityHeaders } from '../../src/sign-in/identity-headers';
import { SigningKey } from '../../src/sign-in/signing-key';

const START = 1_800_000_000;
const ARN = 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/door/1';
const SESSION: Session = {
  issuer: 'https://id.example.com',
  clientId: 'viz',
  claims: { sub: 'ada', email: 'ada@example.com', iss: 'somebody else', exp: 1 },
  accessToken: 'token',
  accessTokenExpiresAt: START + 60,
  expiresAt: START + 60,
};

let now: jest.SpyInstance;
beforeEach(() => {
  now = jest.spyOn(Date, 'now').mockReturnValue(START * 1000);
});
afterEach(() => now.mockRestore());

const key = new SigningKey();
const of = (headers: IdentityHeaders, session = SESSION) => Object.fromEntries(headers.for(session));
const part = (token: string, index: number) => JSON.parse(Buffer.from(token.split('.')[index], 'base64').toString());

test('three headers say who is asking, by the claims of the session', () => {
  const headers = of(new IdentityHeaders(key, ARN));

  expect(Object.keys(headers)).toEqual(['x-amzn-oidc-accesstoken', 'x-amzn-oidc-identity', 'x-amzn-oidc-data']);
  expect(headers).toMatchObject({ 'x-amzn-oidc-accesstoken': 'token', 'x-amzn-oidc-identity': 'ada' });
  expect(part(headers['x-amzn-oidc-data'], 0)).toEqual({
    typ: 'JWT',
    kid: key.id,
    alg: 'ES256',
    iss: 'https://id.example.com',
    client: 'viz',
    signer: ARN,
    exp: START + 120,
  });
  expect(part(headers['x-amzn-oidc-data'], 1)).toEqual({
    sub: 'ada',
    email: 'ada@example.com',
    iss: 'https://id.example.com',
    exp: START + 120,
  });
});

test('they are signed by the key of this start', () => {
  const [header, claims, signature] = of(new IdentityHeaders(key, ARN))['x-amzn-oidc-data'].split('.');

  const signed = (input: string) =>
    verify(
      'sha256',
      Buffer.from(input),
      { key: createPublicKey(key.publicPem), dsaEncoding: 'ieee-p1363' },
      Buffer.from(signature, 'base64url'),
    );
  expect(signed(`${header}.${claims}`)).toBe(true);
  expect(signed(`${header}.${claims}x`)).toBe(false);
  expect(new SigningKey().publicPem).not.toBe(key.publicPem);
});

test.each([0, 1, 2, 3])('base64url is padded, as the load balancer pads it: %i more characters', (more) => {
  const session = { ...SESSION, claims: { sub: 'ada', name: '\u00ff\u00fe?>'.repeat(9) + 'x'.repeat(more) } };
  for (const text of of(new IdentityHeaders(key, ARN), session)['x-amzn-oidc-data'].split('.')) {
    expect(text).toMatch(/^[\w-]+={0,2}$/);
    expect(text.length % 4).toBe(0);
  }
});

test('a signature is used again for half a minute', () => {
  const headers = new IdentityHeaders(key, ARN);
  const first = of(headers)['x-amzn-oidc-data'];

  now.mockReturnValue((START + 29) * 1000);
  expect(of(headers)['x-amzn-oidc-data']).toBe(first);
  expect(of(headers, { ...SESSION })['x-amzn-oidc-data']).not.toBe(first);
  now.mockReturnValue((START + 30) * 1000);
  expect(part(of(headers)['x-amzn-oidc-data'], 0).exp).toBe(START + 150);
});
