import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { versions } from '../../../projenrc/versions';
import { Architecture, Framework, VizApp } from '../src';
import { VERSIONS } from '../src/versions';
import { generateVizApp, lock } from './sample';

const root = join(__dirname, '..');
const read = (path: string) => JSON.parse(readFileSync(path, 'utf8'));

test.each(Object.values(Framework))(
  'a new repository has a %s app with its container, stacks and workflows',
  (framework) => {
    const { outdir } = generateVizApp({ framework });
    const files = [
      ...['README.md', 'package.json', 'cdk.json', 'scripts/run.mjs', '.gitignore'],
      ...['Dockerfile', '.dockerignore', 'pyproject.toml', 'requirements.lock', 'requirements-dev.lock'].map(
        (f) => `app/${f}`,
      ),
      ...['app/dashboard/app.py', 'app/data/measurements.csv', 'app/tests/test_app.py'],
      ...['main', 'app', 'config', 'pipeline-stack', 'app-stack', 'test/sign-in.test'].map((f) => `infra/${f}.ts`),
      ...['.github/workflows/deploy.yml', '.github/workflows/pull-request.yml'],
    ];

    expect(files.filter((file) => !existsSync(join(outdir, file)))).toEqual([]);
  },
);

test('what the repository is made of depends on its options alone', () => {
  const [one, other] = [generateVizApp(), generateVizApp()];
  const list = ({ outdir }: { outdir: string }) =>
    execFileSync('find', ['.', '-type', 'f', '-exec', 'sha256sum', '{}', '+'], { cwd: outdir, encoding: 'utf8' })
      .split('\n')
      .sort();

  expect(list(one)).toEqual(list(other));
});

test('the packages of this repository have the own version, so that they are those that were tested together', () => {
  const { version } = read(join(root, 'package.json'));
  const { dependencies, devDependencies } = read(join(generateVizApp().outdir, 'package.json'));
  const own = Object.entries({ ...dependencies, ...devDependencies }).filter(([name]) => name.startsWith('@paebbl/'));

  expect(Object.fromEntries(own)).toEqual({
    '@paebbl/cognito-alb-auth': version,
    '@paebbl/ecr-pipeline': version,
    '@paebbl/ecs-ec2-service': version,
    '@paebbl/preview': version,
    '@paebbl/projen-viz-app': version,
    '@paebbl/slack-notify': version,
  });
});

test('a new repository starts with the versions that this one is tested with', () => {
  const { minNode, projen, cdkLib, constructs, cdkCli, typescript } = versions;
  expect(VERSIONS).toEqual({ minNode, projen, cdkLib, constructs, cdkCli, typescript });
  const { context } = read(join(root, '..', '..', 'apps', 'paebbl-viz', 'infra', 'cdk.json'));
  expect(read(join(root, 'sample', 'cdk-context.json'))).toEqual(context);
});

test('no account and no region is written down', () => {
  const { read: text } = generateVizApp();
  const all = ['README.md', 'infra/config.ts', 'infra/app.ts', 'infra/app-stack.ts', 'cdk.json', 'package.json']
    .map(text)
    .join('\n');

  expect(all).not.toMatch(/\b\d{12}\b|\b(us|eu|ap)-[a-z]+-\d\b/);
});

test('where and for whom it is deployed stands in the options', () => {
  const { read: text } = generateVizApp({
    domainName: 'viz.acme.com',
    emailDomains: ['acme.com', 'acme.org'],
    repository: 'acme/harvest-viz',
    repositoryIds: '12/34',
    environment: "lab's",
  });
  const config = text('infra/config.ts');

  expect(config).toContain("emailDomains: ['acme.com', 'acme.org']");
  expect(config).toContain("owner: 'acme',\n    repository: 'harvest-viz'");
  expect(config).toContain("ownerId: '12',\n    repositoryId: '34'");
  expect(config).toContain("hostedZoneName: 'acme.com'");
  expect(config).toContain("environment: 'lab\\'s'");
  expect(JSON.parse(text('package.json')).vizApp.email).toBe('colleague@acme.com');
});

test("a file of the team's own is never written again, and what is generated always is", () => {
  const { outdir, read: text } = generateVizApp();
  writeFileSync(join(outdir, 'infra', 'app-stack.ts'), '// ours\n');
  rmSync(join(outdir, 'app', 'dashboard', 'chart.py'));
  rmSync(join(outdir, 'app', 'Dockerfile'));
  const again = () => {
    process.env.PROJEN_DISABLE_POST = 'true';
    new VizApp({ name: 'harvest', outdir, port: 8000 }).synth();
  };
  again();

  expect(text('infra/app-stack.ts')).toBe('// ours\n');
  expect(existsSync(join(outdir, 'app', 'dashboard', 'chart.py'))).toBe(false);
  expect(text('app/Dockerfile')).toContain('EXPOSE 8000');
  expect(text('infra/config.ts')).toContain('port: 8000');
});

test('the workflow may deploy the stack only if that is asked for', () => {
  expect(generateVizApp().read('.github/workflows/deploy.yml')).not.toContain('cdk deploy');
  const { read: text } = generateVizApp({ deployInfrastructure: true });
  expect(text('.github/workflows/deploy.yml')).toContain('--require-approval never Harvest');
  expect(text('infra/config.ts')).toContain('deployInfrastructure: true');
});

test('the image, the machine that builds it and the hosts have one processor', () => {
  const places = (options = {}) => {
    const { read: text } = generateVizApp(options);
    const files = ['.github/workflows/deploy.yml', '.github/workflows/pull-request.yml', 'infra/config.ts'].map(text);
    return files.map((file) => file.match(/ubuntu-24\.04-arm|linux\/\w+|architecture: '\w+'/g));
  };

  expect(places()).toEqual([
    ['ubuntu-24.04-arm', 'linux/arm64'],
    ['ubuntu-24.04-arm', 'linux/arm64'],
    ["architecture: 'arm64'"],
  ]);
  expect(places({ architecture: Architecture.AMD64 })).toEqual([
    ['linux/amd64'],
    ['linux/amd64'],
    ["architecture: 'amd64'"],
  ]);
  expect(generateVizApp().read('infra/app-stack.ts')).toContain(
    "new InstanceType(config.architecture === 'arm64' ? 't4g.small' : 't3.small')",
  );
});

test('another base image brings its own Python, and the tests run on the one that is named', () => {
  const digest = `sha256:${'a'.repeat(64)}`;
  const { read: text } = generateVizApp({
    baseImage: 'registry.acme.com/python:3.12-internal',
    baseImageDigest: digest,
    pythonVersion: '3.12',
  });

  expect(text('app/Dockerfile').match(/^FROM \S+/gm)).toEqual(
    Array(3).fill(`FROM registry.acme.com/python:3.12-internal@${digest}`),
  );
  expect(text('.github/workflows/deploy.yml')).toContain('python-version: "3.12"');
});

test("the app's variables are in the image, and in the stack that npm start runs", () => {
  const { read: text } = generateVizApp({ containerEnvironment: { DASH_THEME: "team's" } });

  expect(text('app/Dockerfile')).toContain('DASH_THEME="team\'s"');
  expect(text('infra/config.ts')).toContain("environment: {\n      DASH_THEME: 'team\\'s',\n    },");
  expect(text('infra/app-stack.ts')).toContain('environment: config.container.environment,');
  expect(generateVizApp().read('infra/config.ts')).toContain('environment: {},');
});

test('what is live is tagged as the rules of the image repository expect it', () => {
  const { read: text } = generateVizApp({ releasedTagPrefix: 'live-' });

  expect(text('.github/workflows/deploy.yml')).toContain('tag=live-$GITHUB_SHA');
  expect(text('infra/config.ts')).toContain("releasedTagPrefix: 'live-'");
  expect(text('infra/pipeline-stack.ts')).toContain('releasedTagPrefix: config.releasedTagPrefix');
});

test('a private repository, for which GitHub attests nothing, deploys all the same', () => {
  expect(generateVizApp().read('.github/workflows/deploy.yml')).toContain('actions/attest@');
  expect(generateVizApp({ attestations: false }).read('.github/workflows/deploy.yml')).not.toMatch(
    /attest|sbom-action/,
  );
});

test.each<[string, Partial<ConstructorParameters<typeof VizApp>[0]>, string]>([
  ['a name that ECR refuses', { name: 'Harvest Viz' }, "'name' must have 2 to 40 lower-case letters and digits"],
  ['a name of one letter', { name: 'h' }, "'name' must have 2 to 40"],
  ['a name that Cognito refuses', { name: 'aws-viz' }, "'name' must hold none of the words aws, amazon and cognito"],
  [
    'a capital letter in the address',
    { domainName: 'Viz.acme.com' },
    "'domainName' must be a domain name in lower case",
  ],
  [
    'an address outside of the zone',
    { domainName: 'viz.acme.com', hostedZoneName: 'example.org' },
    "'domainName' must be below 'hostedZoneName', example.org",
  ],
  ['nobody who may sign in', { emailDomains: [] }, "'emailDomains' must hold at least one domain"],
  ['anybody who may sign in', { emailDomains: ['*'] }, "'emailDomains' must hold domains in lower case"],
  [
    'all repositories of an owner',
    { repository: 'acme/*' },
    "'repository' must name one GitHub repository as owner/name",
  ],
  ['any owner id', { repositoryIds: '*/1' }, "'repositoryIds' must be the numbers of one owner and one repository"],
  ['any branch', { branch: '*' }, "'branch' must be the name of one branch, without wildcards"],
  ['any environment', { environment: '*' }, "'environment' must be the name of one environment"],
  [
    'an unsupported Python',
    { pythonVersion: '3.9' },
    "'pythonVersion' must be one of 3.11, 3.12, 3.13, 3.14, got: 3.9",
  ],
  ['a base image that moves', { baseImage: 'python:latest' }, "'baseImage' must name an image with a tag"],
  ['a base of any content', { baseImageDigest: 'sha256:1' }, "'baseImageDigest' must be sha256: and 64 hex digits"],
  ['a secret in the image', { containerEnvironment: { API_KEY: 'x' } }, "'containerEnvironment' must hold no secrets"],
  ['a tag that ECR refuses', { releasedTagPrefix: '-live' }, "'releasedTagPrefix' must have 1 to 81 letters"],
  ['a privileged port', { port: 80 }, "'port' must be from 1024 to 65535, got: 80"],
])('%s is refused at synth, by the name of the option', (_name, options, message) => {
  expect(() => generateVizApp(options)).toThrow(message);
});

test.each([
  ['a lock file', 'requirements.lock', "'lockFile' must exist: write it with"],
  ['an entry point', 'dashboard', "'server' must start from a file that exists (dashboard/app.py"],
])('an app without %s is refused at synth', (_name, missing, message) => {
  const outdir = mkdtempSync(join(tmpdir(), 'viz-app-'));
  mkdirSync(join(outdir, 'app'));
  for (const [file, text] of Object.entries({
    'requirements.lock': lock,
    'dashboard/app.py': '',
    'data/a.csv': '',
    'gunicorn.conf.py': '',
  })) {
    if (!file.startsWith(missing)) {
      mkdirSync(join(outdir, 'app', file, '..'), { recursive: true });
      writeFileSync(join(outdir, 'app', file), text);
    }
  }

  expect(() => generateVizApp({ outdir })).toThrow(message);
  rmSync(outdir, { recursive: true, force: true });
});
