import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { AppServer } from '../src';
import { generate, lock } from './sample';

const dockerfile = (...args: Parameters<typeof generate>) => generate(...args).read('Dockerfile');
/** Lines of the last stage, which becomes the image. */
const image = (...args: Parameters<typeof generate>) =>
  dockerfile(...args)
    .split(/^(?=FROM )/m)
    .at(-1) ?? '';

test('packages are installed before the code is copied, each with its hash', () => {
  const text = dockerfile();
  expect(text.indexOf('--require-hashes')).toBeLessThan(text.indexOf('COPY app.py'));
  expect(text).toContain('COPY requirements.lock');
});

test('the image is made from the base alone, without what was needed to build it', () => {
  const text = image({ buildPackages: ['libpq-dev', 'build-essential'], runtimePackages: ['libpq5'] });
  expect(text).toMatch(/^FROM python:3\.13-slim\n/);
  expect(text).toContain('--no-install-recommends libpq5');
  expect(text).not.toMatch(/build-essential|libpq-dev|pip /);
});

test('the app runs as a user without a name, and is told itself when to stop', () => {
  expect(image()).toMatch(/^USER 10001:10001$/m);
  expect(image()).toMatch(/^CMD \["gunicorn", "--bind", "0\.0\.0\.0:5000", "app:app"\]$/m);
});

test('nothing gets into the image but the lock file and the sources that are named', () => {
  const { read } = generate(
    { sources: ['data', 'app.py'] },
    { 'requirements.lock': lock, 'app.py': '', 'data/a.csv': 'a\n', '.env': 'SECRET=1' },
  );
  const lines = read('.dockerignore').trim().split('\n').slice(1);
  expect(lines).toEqual([
    '*',
    '!requirements.lock',
    '!data',
    '!app.py',
    '**/__pycache__',
    '**/*.py[co]',
    '**/.env*',
    '**/.DS_Store',
  ]);
});

test('what changes least becomes the first layer of the code', () => {
  const text = image({ sources: ['data', 'app.py'] }, { 'requirements.lock': lock, 'app.py': '', 'data/a.csv': 'a\n' });
  expect(text.match(/^COPY .*$/gm)).toEqual([
    'COPY --from=dependencies /layers/large /',
    'COPY --from=dependencies /layers/rest /',
    'COPY --from=code /layers/1 /',
    'COPY --from=code /layers/2 /',
  ]);
});

test('packages leave their own tests behind before they are compiled, and large ones get a layer of their own', () => {
  const text = dockerfile();
  const steps = [
    "find /opt/venv -path '*/tests/*' -name 'test_*.py' -delete",
    'compileall -q -j 0',
    'mv "$package" "/layers/large$site/"',
    'mv /opt/venv /layers/rest/opt/',
  ];
  const at = steps.map((step) => text.indexOf(step));
  expect(at).not.toContain(-1);
  expect(at).toEqual([...at].sort((a, b) => a - b));
});

test('the base image can be another one, and be held by its digest', () => {
  const digest = `sha256:${'0'.repeat(64)}`;
  const text = dockerfile({ baseImage: 'registry.example.com/team/python:3.12-slim', baseImageDigest: digest });
  expect(text.match(/^FROM .*$/gm)?.map((line) => line.split(' ')[1])).toEqual(
    Array(3).fill(`registry.example.com/team/python:3.12-slim@${digest}`),
  );
});

test.each<[string, AppServer, string[]]>([
  ['Flask', AppServer.wsgi('app:app'), ['gunicorn', '--bind', '0.0.0.0:5000', 'app:app']],
  ['Dash', AppServer.wsgi('app:server'), ['gunicorn', '--bind', '0.0.0.0:5000', 'app:server']],
  ['a factory', AppServer.wsgi('app:create_app()'), ['gunicorn', '--bind', '0.0.0.0:5000', 'app:create_app()']],
  [
    'FastAPI',
    AppServer.asgi('app:app'),
    [
      ...['uvicorn', '--host', '0.0.0.0', '--port', '5000', '--timeout-keep-alive', '75'],
      ...['--timeout-graceful-shutdown', '25', '--forwarded-allow-ips', '*', 'app:app'],
    ],
  ],
  [
    'Streamlit',
    AppServer.streamlit('app.py'),
    [
      'streamlit',
      'run',
      'app.py',
      '--server.address=0.0.0.0',
      '--server.port=5000',
      '--server.headless=true',
      '--browser.gatherUsageStats=false',
    ],
  ],
  ['anything else', AppServer.command('app.py', ['python', 'app.py']), ['python', 'app.py']],
])('%s is served on every address of the port', (_name, server, command) => {
  const cmd = /^CMD (.*)$/m.exec(image({ server }))?.[1];
  expect(JSON.parse(cmd ?? '')).toEqual(command);
});

test.each<[string, () => unknown, string]>([
  [
    'an unsupported Python',
    () => generate({ pythonVersion: '3.8' }),
    "'pythonVersion' must be one of 3.11, 3.12, 3.13, 3.14, got: 3.8",
  ],
  ['a base image without a tag', () => generate({ baseImage: 'python' }), "'baseImage' must name an image with a tag"],
  ['the tag latest', () => generate({ baseImage: 'python:latest' }), "'baseImage' must name an image with a tag other"],
  ['half a digest', () => generate({ baseImageDigest: 'sha256:abc' }), "'baseImageDigest' must be sha256:"],
  ['a privileged port', () => generate({ port: 80 }), "'port' must be from 1024 to 65535, got: 80"],
  ['a path outside of the app', () => generate({ sources: ['../other'] }), "'sources' must hold paths of files"],
  [
    'a package with a shell command',
    () => generate({ runtimePackages: ['curl; id'] }),
    "'runtimePackages' must hold names",
  ],
  [
    'a secret in the environment',
    () => generate({ environment: { DB_PASSWORD: 'x' } }),
    "'environment' must hold no secrets",
  ],
  ['an app that is no module', () => AppServer.wsgi('app.py'), "'app' must name a module and a variable"],
  ['a script that is no Python file', () => AppServer.streamlit('app'), "'script' must be the path of a Python file"],
  ['a command line in one', () => AppServer.command('app.py', ['python app.py']), "'command' must have one argument"],
  ['no lock file', () => generate({}, { 'app.py': '' }), "'lockFile' must exist: write it with 'uv pip compile"],
  [
    'a lock file without hashes',
    () => generate({}, { 'app.py': '', 'requirements.lock': 'flask==3.1.3\n' }),
    "'lockFile' must hold a hash",
  ],
  [
    'an empty lock file',
    () => generate({}, { 'app.py': '', 'requirements.lock': '' }),
    "'lockFile' must hold packages",
  ],
  [
    'a lock file without what serves the app',
    () => generate({}, { 'app.py': '', 'requirements.lock': `gunicorn-extras==1.0 --hash=sha256:${'a'.repeat(64)}\n` }),
    "'lockFile' must hold gunicorn, which serves the app: add it to the packages of the app, got: requirements.lock without",
  ],
  [
    'no entry point',
    () => generate({}, { 'requirements.lock': lock }),
    "'server' must start from a file that exists (app.py or app/__init__.py)",
  ],
  ['a source that is missing', () => generate({ sources: ['data', 'app.py'] }), "'sources' must exist, got: data"],
  [
    'sources without what is started',
    () => generate({ sources: ['data'] }, { 'requirements.lock': lock, 'app.py': '', 'data/a.csv': '' }),
    "'sources' must hold what the server starts (app.py)",
  ],
])('%s is refused at synth', (_name, make, message) => {
  expect(make).toThrow(message);
});

test('what a command starts need not be a package', () => {
  const own = `flask==3.1.3 --hash=sha256:${'a'.repeat(64)}\n`;
  const files = { 'requirements.lock': own, 'serve.py': '' };
  const { outdir } = generate({ server: AppServer.command('serve.py', ['python', 'serve.py']) }, files);
  expect(existsSync(join(outdir, 'Dockerfile'))).toBe(true);
});

test('a package folder can be the app', () => {
  const files = { 'requirements.lock': lock, 'team/__init__.py': '', 'team/web.py': 'app = None\n' };
  const { outdir, read } = generate({ server: AppServer.wsgi('team.web:app') }, files);
  expect(existsSync(join(outdir, 'Dockerfile'))).toBe(true);
  expect(read('.dockerignore')).toContain('!team\n');
});
