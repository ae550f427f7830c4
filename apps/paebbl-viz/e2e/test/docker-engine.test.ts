import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { CognitoAlbAuth } from '@paebbl/cognito-alb-auth';
import { EcsEc2Service } from '@paebbl/ecs-ec2-service';
import { ContainerImage } from 'aws-cdk-lib/aws-ecs';
import { HostedZone } from 'aws-cdk-lib/aws-route53';
import { App, Stack } from 'aws-cdk-lib/core';
import { Browser } from '../../../../packages/preview/test/helpers/browser';
import { type Dashboard, startDashboard, VIZ_PREVIEW } from '../src/dashboard';
import { describeWithEngine, docker, type Engine } from '../src/engine';
import { container } from '../src/engine-image';

jest.setTimeout(300_000);

const person = { email: 'ada@example.com', password: 'reader-of-sales' };

/** Says where it runs: as whom, and what it may write. */
const SERVER = `
import http.server, json, os
def writable(path):
    try:
        open(os.path.join(path, 'probe'), 'w').close()
        return True
    except OSError:
        return False
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        body = json.dumps({'root': writable('/'), 'tmp': writable('/tmp'), 'greeting': os.environ.get('GREETING')})
        self.send_response(200)
        self.end_headers()
        self.wfile.write(body.encode())
http.server.ThreadingHTTPServer(('0.0.0.0', 5000), Handler).serve_forever()
`;

describeWithEngine('an app that viz-preview builds and runs with Docker', (engine) => {
  const folder = mkdtempSync(join(tmpdir(), 'docker-engine-'));
  const browser = new Browser();
  let app: Dashboard;

  beforeAll(async () => {
    process.env.CDK_VALIDATION = 'false';
    const [cloudAssembly, context] = [join(folder, 'cdk.out'), join(folder, 'app')];
    synthesize(cloudAssembly);
    writeApp(context);
    const users = join(folder, 'people.json');
    writeFileSync(users, JSON.stringify([person]));
    app = await startDashboard(
      ['--app', cloudAssembly, '--stack', 'Viz', '--context', context, '--users', users, '--engine', 'docker'],
      environmentOf(engine, folder),
      VIZ_PREVIEW,
    );
  });
  afterAll(async () => {
    await app?.interrupt();
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test('nobody reaches it without signing in, and then it runs as the task definition says', async () => {
    expect((await browser.open(`${app.url}/`, { follow: false })).status).toBe(302);

    const page = await browser.signIn(`${app.url}/`, person);

    expect(JSON.parse(page.text)).toEqual({ root: false, tmp: true, greeting: 'hello' });
  });

  test('Ctrl-C leaves no container behind', async () => {
    const running = async () => (await docker(engine, 'ps', '--all', '--format', '{{.Names}}')).stdout;
    expect(await running()).toMatch(/^viz-preview-/m);

    await app.interrupt();

    expect(await running()).not.toMatch(/^viz-preview-/m);
  });
});

function synthesize(outdir: string): void {
  const app = new App({ outdir });
  const stack = new Stack(app, 'Viz', { env: { account: '111122223333', region: 'eu-west-1' } });
  const { service, vpc, containerPort } = new EcsEc2Service(stack, 'App', {
    image: ContainerImage.fromRegistry('example/viz:1'),
    command: ['python3', 'server.py'],
    environment: { GREETING: 'hello' },
  });
  new CognitoAlbAuth(stack, 'FrontDoor', {
    vpc,
    target: service,
    targetPort: containerPort,
    domainName: 'viz.example.com',
    hostedZone: HostedZone.fromHostedZoneAttributes(stack, 'Zone', { hostedZoneId: 'Z1', zoneName: 'example.com' }),
  });
  app.synth();
}

/** On the base image of the dashboard, which the engine has, so that nothing is fetched. */
function writeApp(context: string): void {
  const [, base] = /^FROM (\S+)/m.exec(readFileSync(join(container, 'Dockerfile'), 'utf8')) ?? [];
  mkdirSync(context);
  writeFileSync(join(context, 'server.py'), SERVER);
  // A cache mount is what needs BuildKit.
  const lines = [`FROM ${base}`, 'RUN --mount=type=cache,target=/cache true', 'WORKDIR /app', 'COPY server.py .'];
  writeFileSync(join(context, 'Dockerfile'), `${lines.join('\n')}\n`);
}

/** The client that builds, under the name that people type. */
function environmentOf({ client, env }: Engine, folder: string): NodeJS.ProcessEnv {
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  symlinkSync(execFileSync('which', [client], { encoding: 'utf8' }).trim(), join(bin, 'docker'));
  return {
    PATH: `${bin}${delimiter}${process.env.PATH}`,
    ...(env.DOCKER_HOST ? { DOCKER_HOST: env.DOCKER_HOST } : {}),
  };
}
