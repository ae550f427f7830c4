import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { IdentityVerifier, settingsFromEnvironment } from '@paebbl/alb-identity';
import { Browser, type Visit } from '../../../packages/preview/test/helpers/browser';
import { type Dashboard, repository, startDashboard, VIZ_PREVIEW } from '../../paebbl-viz/e2e/src/dashboard';
import { synthesizeTwoTeams } from '../src/two-teams';

jest.setTimeout(300_000);

const people = [
  { email: 'ada@example.com', password: 'reader-of-sales', groups: ['sales'] },
  { email: 'eve@elsewhere.com', password: 'not-of-the-company' },
];

describe('an app behind the front door of another stack, as both were synthesized', () => {
  const folder = mkdtempSync(join(tmpdir(), 'two-teams-'));
  let app: Dashboard;
  let browser: Browser;

  beforeAll(async () => {
    process.env.CDK_VALIDATION = 'false';
    synthesizeTwoTeams(join(folder, 'cdk.out'));
    const users = join(folder, 'people.json');
    writeFileSync(users, JSON.stringify(people));
    const context = join(repository, 'packages', 'preview', 'test', 'fixtures', 'app');
    const args = ['--app', join(folder, 'cdk.out'), '--stack', 'Sales', '--context', context, '--users', users];
    const keys = ['ALB_IDENTITY_KEY_ENDPOINT={publicKeysUrl}', 'ALB_IDENTITY_JWKS_URI={jwksUrl}'];
    const environment = keys.flatMap((variable) => ['--env', variable]);
    app = await startDashboard([...args, ...environment, '--engine', 'process'], {}, VIZ_PREVIEW);
  });
  beforeEach(() => {
    browser = new Browser();
  });
  afterEach(() => browser.close());
  afterAll(async () => {
    await app?.interrupt();
    rmSync(folder, { recursive: true, force: true });
  });

  const ask = (path: string, visit: Visit = {}) => browser.open(app.url + path, { follow: false, ...visit });

  test('a colleague signs in once and is at the page that was asked for, and the app knows who it is', async () => {
    const page = await browser.signIn(`${app.url}/deep/link?a=b`, people[0]);

    expect(page.url).toBe(`${app.url}/deep/link?a=b`);
    expect(JSON.parse(page.text).headers['x-amzn-oidc-identity']).toBeTruthy();
  });

  test('the app can verify who it is, with the library for Node and with the one for Python', async () => {
    const { headers, env } = JSON.parse((await browser.signIn(`${app.url}/`, people[0])).text);

    const reader = await new IdentityVerifier(settingsFromEnvironment(env), { groups: true }).verify(headers);
    expect(reader).toMatchObject({
      subject: headers['x-amzn-oidc-identity'],
      email: 'ada@example.com',
      groups: ['sales'],
    });
    expect(inPython(headers, env)).toEqual({ subject: reader.subject, email: reader.email, groups: reader.groups });

    const [header, , signature] = headers['x-amzn-oidc-data'].split('.');
    const claims = Buffer.from(JSON.stringify({ ...reader.claims, email: 'eve@example.com' })).toString('base64url');
    const forged = { ...headers, 'x-amzn-oidc-data': `${header}.${claims}.${signature}` };
    await expect(new IdentityVerifier(settingsFromEnvironment(env)).verify(forged)).rejects.toMatchObject({
      code: 'not-verified',
    });
    expect(inPython(forged, env)).toEqual({ code: 'bad-signature' });
  });

  test("somebody outside of the door's allow-list does not come in", async () => {
    const page = await browser.signIn(`${app.url}/`, people[1]);

    expect(page.text).not.toContain('x-amzn-oidc-identity');
    expect((await ask('/')).status).toBe(302);
  });

  test("signing out ends this app's session, by the door's function", async () => {
    await browser.signIn(`${app.url}/`, people[0]);
    expect((await ask('/')).status).toBe(200);

    const { hops, status, url } = await browser.open(`${app.url}/logout`);
    expect(hops[1]).toMatch(/\/logout\/[a-z0-9]+\/sales\.apps\.example\.com$/);
    expect([status, url]).toEqual([200, `${app.url}/signed-out`]);
    expect((await ask('/')).status).toBe(302);
  });

  test.each([
    ['a public path', '/about', {}, 200],
    ['a way out of a public folder', '/static/%252e%252e/secret', {}, 400],
    ['an API path', '/api/rows', {}, 401],
    ['a script of a page', '/', { 'sec-fetch-dest': 'empty', 'sec-fetch-mode': 'cors' }, 401],
    ['a forged identity', '/about', { 'x-amzn-oidc-data': 'me' }, 400],
    ['a program with a wrong token', '/jobs/run', { authorization: 'Bearer wrong' }, 401],
    ['anything else', '/secret', {}, 302],
  ])('without a session, %s is answered as the rules say', async (_what, path, headers, status) => {
    expect((await ask(path, { headers: headers as Record<string, string> })).status).toBe(status);
  });
});

const VERIFY = `
import json, sys
from paebbl_alb_identity import IdentityError, IdentityVerifier, Settings
try:
    reader = IdentityVerifier(Settings.from_environment(), groups=True).verify(json.load(sys.stdin))
    print(json.dumps({"subject": reader.subject, "email": reader.email, "groups": sorted(reader.groups)}))
except IdentityError as error:
    print(json.dumps({"code": error.code}))
`;

/** What the library for Python says of these headers, in the environment of the app. */
function inPython(headers: Record<string, string>, environment: Record<string, string>): unknown {
  const settings = Object.entries(environment).filter(([name]) => name.startsWith('ALB_IDENTITY_'));
  const python = join(repository, 'apps', 'paebbl-viz', 'container', '.venv', 'bin', 'python');
  return JSON.parse(
    execFileSync(python, ['-c', VERIFY], {
      encoding: 'utf8',
      input: JSON.stringify(headers),
      env: { PYTHONPATH: join(repository, 'packages', 'alb-identity-python'), ...Object.fromEntries(settings) },
    }),
  );
}
