import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { IdentityError, type IdentityRequest, IdentityVerifier, identify, requireGroup } from '../src';
import { ARN, Authority, CLIENT, ISSUER } from './authority';

let authority: Authority;
let app: Server;
const reported: IdentityError[] = [];

beforeAll(async () => {
  authority = await Authority.start();
  const verifier = new IdentityVerifier(
    {
      loadBalancerArn: ARN,
      clientId: CLIENT,
      issuer: ISSUER,
      keyEndpoint: authority.url,
      jwksUri: `${authority.url}/jwks.json`,
    },
    { groups: true },
  );
  const signedIn = identify(verifier, (error) => reported.push(error));
  const finance = requireGroup('finance', 'board');
  app = createServer((message, response) => {
    const request = message as IdentityRequest & typeof message;
    const greet = () => response.end(`Hello ${request.reader?.email}`);
    signedIn(request, response, () => (request.url === '/costs' ? finance(request, response, greet) : greet()));
  });
  await new Promise<void>((resolve) => app.listen(0, '127.0.0.1', resolve));
});

afterAll(async () => {
  app.closeAllConnections();
  await new Promise((resolve) => app.close(resolve));
  await authority.stop();
});

async function get(path: string, headers: Record<string, string> = {}) {
  const response = await fetch(`http://127.0.0.1:${(app.address() as AddressInfo).port}${path}`, { headers });
  return { status: response.status, text: await response.text() };
}

function signedIn(...groups: string[]) {
  return {
    'X-Amzn-Oidc-Data': authority.data(),
    'X-Amzn-Oidc-Accesstoken': authority.accessToken({ 'cognito:groups': groups }),
  };
}

test('a page greets its reader', async () => {
  expect(await get('/', signedIn())).toEqual({ status: 200, text: 'Hello ada@example.com' });
});

test('a page for a group opens to its members and to nobody else', async () => {
  expect((await get('/costs', signedIn('board', 'viz'))).status).toBe(200);
  expect(await get('/costs', signedIn('viz'))).toEqual({ status: 403, text: 'This page is not open to you.' });
});

test('a page for a group is closed where nobody was identified', async () => {
  const response = { statusCode: 200, end: jest.fn() };
  const next = jest.fn();

  await requireGroup('board')({ headers: {} }, response, next);

  expect(response.statusCode).toBe(403);
  expect(next).not.toHaveBeenCalled();
});

test('an error that is not about the reader goes to the next handler', async () => {
  const error = new Error('out of memory');
  const next = jest.fn();
  const verifier = { verify: () => Promise.reject(error) } as unknown as IdentityVerifier;

  await identify(verifier)({ headers: {} }, { statusCode: 200, end: jest.fn() }, next);

  expect(next.mock.calls).toEqual([[error]]);
});

test('nobody needs to be told of those who did not sign in', async () => {
  const verifier = { verify: () => Promise.reject(new IdentityError('missing', 'nobody')) };
  const response = { statusCode: 200, end: jest.fn() };

  await identify(verifier as unknown as IdentityVerifier)({ headers: {} }, response, jest.fn());

  expect(response.statusCode).toBe(401);
});

test('without the load balancer every page is closed, and the reason is reported', async () => {
  expect(await get('/')).toEqual({ status: 401, text: 'Nobody is signed in.' });
  expect((await get('/costs', { ...signedIn('board'), 'X-Amzn-Oidc-Data': 'forged' })).status).toBe(401);
  expect(reported.map(({ code }) => code)).toEqual(['missing', 'not-verified']);
});

test('a page for no group at all is a mistake', () => {
  expect(() => requireGroup()).toThrow("'groups' must have at least one group");
});
