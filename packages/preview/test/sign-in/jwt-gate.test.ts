import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import type { Exchange } from '../../src/front-door/exchange';
import { readRequest } from '../../src/front-door/read-request';
import type { JwtValidation } from '../../src/model/jwt-validation';
import { JwtGate } from '../../src/sign-in/jwt-gate';
import { fakeRequest, ORIGINS } from '../helpers/exchange';

const ISSUER = 'https://id.example.com';
const VALIDATION: JwtValidation = {
  issuer: ISSUER,
  jwksEndpoint: `${ISSUER}/keys`,
  claims: [
    { name: 'token_use', format: 'single-string', values: ['access'] },
    { name: 'scope', format: 'space-separated-values', values: ['viz/call', 'viz/read'] },
    { name: 'groups', format: 'string-array', values: ['jobs'] },
  ],
};
const CLAIMS = { token_use: 'access', scope: 'other viz/call', groups: ['a', 'jobs'] };
const inSeconds = (seconds: number) => Math.floor(Date.now() / 1000) + seconds;

let server: Server;
let served: number;
let pair: Awaited<ReturnType<typeof generateKeyPair>>;
let gate: JwtGate;
const local = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;

beforeAll(async () => {
  pair = await generateKeyPair('RS256');
  const keys = JSON.stringify({ keys: [{ ...(await exportJWK(pair.publicKey)), kid: 'one', alg: 'RS256' }] });
  server = createServer((_request, response) => {
    served++;
    response.setHeader('content-type', 'application/json');
    response.end(keys);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(() => new Promise((resolve) => server.close(resolve)));
beforeEach(() => {
  served = 0;
  gate = new JwtGate((endpoint) => (endpoint === VALIDATION.jwksEndpoint ? local() : undefined));
});

function token(claims: JWTPayload = {}, header: { alg: string; kid?: string } = { alg: 'RS256', kid: 'one' }) {
  const all = { iss: ISSUER, exp: inSeconds(60), ...CLAIMS, ...claims };
  return new SignJWT(all).setProtectedHeader(header).sign(pair.privateKey);
}

async function check(lines: string[], validation = VALIDATION) {
  const headers = lines.map((line) => ['Authorization', line] as const);
  const { request, response } = fakeRequest({ headers });
  const passed = await gate.check(readRequest(request, response, ORIGINS) as Exchange, validation);
  return { passed, status: response.statusCode, asked: response.getHeader('www-authenticate') };
}
const PASSED = { passed: true, status: 200, asked: undefined };
const NOT_VALID = { passed: false, status: 401, asked: 'Bearer error="invalid_token"' };
const NO_TOKEN = { passed: false, status: 401, asked: 'Bearer' };

test.each(['Bearer ', 'bearer ', 'BEARER   '])('a token that holds lets a program in, after %j', async (scheme) => {
  expect(await check([scheme + (await token())])).toEqual(PASSED);
});

test('keys are fetched once', async () => {
  await check([`Bearer ${await token()}`]);
  await check([`Bearer ${await token()}`]);
  expect(served).toBe(1);
});

test.each<[string, JWTPayload]>([
  ['another issuer', { iss: `${ISSUER}x` }],
  ['no issuer', { iss: undefined }],
  ['no end', { exp: undefined }],
  ['an end that is over', { exp: inSeconds(-1) }],
  ['a beginning to come', { nbf: inSeconds(60) }],
  ['another use', { token_use: 'id' }],
  ['no use', { token_use: undefined }],
  ['a use among others', { token_use: 'access id' }],
  ['uses in a list', { token_use: ['access'] }],
  ['another scope', { scope: 'viz/caller' }],
  ['no scope', { scope: undefined }],
  ['scopes in a list', { scope: ['viz/call'] }],
  ['another group', { groups: ['job'] }],
  ['a group that is a text', { groups: 'jobs' }],
  ['no groups', { groups: [] }],
])('a token with %s is not valid', async (_name, claims) => {
  expect(await check([`Bearer ${await token(claims)}`])).toEqual(NOT_VALID);
});

test('one of several values is enough', async () => {
  expect(await check([`Bearer ${await token({ scope: 'viz/read' })}`])).toEqual(PASSED);
});

test('without further claims those that every token has are enough', async () => {
  const { scope, ...others } = CLAIMS;
  const bare = await token({ ...others, scope: undefined });
  expect(scope).toBeTruthy();
  expect(await check([`Bearer ${bare}`], { ...VALIDATION, claims: [] })).toEqual(PASSED);
});

test('another key, another algorithm and a changed token are not valid', async () => {
  const stranger = await generateKeyPair('RS256');
  const foreign = new SignJWT({ iss: ISSUER, exp: inSeconds(60), ...CLAIMS });
  const [header, , signature] = (await token()).split('.');
  const claims = Buffer.from(JSON.stringify({ iss: ISSUER, exp: inSeconds(60), ...CLAIMS, sub: 'me' }));
  for (const given of [
    await foreign.setProtectedHeader({ alg: 'RS256', kid: 'one' }).sign(stranger.privateKey),
    await token({}, { alg: 'RS256', kid: 'two' }),
    await token({}, { alg: 'RS256', kid: 'one' }).then((text) => `${text.slice(0, -8)}AAAAAAAA`),
    `${header}.${claims.toString('base64url')}.${signature}`,
    'a.b.c',
  ]) {
    expect(await check([`Bearer ${given}`])).toEqual(NOT_VALID);
  }
});

test('where the keys are those of a provider that is not here, no token is valid', async () => {
  const elsewhere = { ...VALIDATION, jwksEndpoint: 'https://elsewhere.example/keys' };
  expect(await check([`Bearer ${await token()}`], elsewhere)).toEqual(NOT_VALID);
  expect(served).toBe(0);
});

test.each([[[]], [['']], [['Basic YTpi']], [['Bearer']], [['Bearer a.b']], [['Bearer a.b.c.d']], [['xBearer a.b.c']]])(
  'without a token there is nothing to hold against keys: %j',
  async (lines) => {
    expect(await check(lines)).toEqual(NO_TOKEN);
    expect(served).toBe(0);
  },
);

test('of two headers none counts', async () => {
  const valid = `Bearer ${await token()}`;
  expect(await check([valid, valid])).toEqual(NO_TOKEN);
  expect(await check([valid, ''])).toEqual(NO_TOKEN);
});

test('keys that cannot be fetched are an error of their own, not a wrong token', async () => {
  gate = new JwtGate(() => 'http://127.0.0.1:1/');
  await expect(token().then((text) => check([`Bearer ${text}`]))).rejects.toThrow();
});
