import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { dockerLaunch, dockerProblem } from '../../src/app/engines';
import { PreviewError } from '../../src/errors';
import { APP, changedModel, type Json } from '../helpers/assembly';

/** A client that writes down what it is asked, because the arguments are what is looked at here. */
const CLIENT = `#!/bin/sh
echo "$DOCKER_BUILDKIT $*" >> "$CLIENT_LOG"
case "$1" in
  version) [ -z "$CLIENT_SILENT" ] || exit 1; echo "$CLIENT_VERSION" ;;
  buildx) [ -z "$CLIENT_LACKS_BUILDX" ] || exit 1 ;;
  build) [ -z "$CLIENT_FAILS" ] || { echo 'step 3: no such package' >&2; exit 1; } ;;
esac
`;

const directory = mkdtempSync(join(tmpdir(), 'viz-preview-docker-'));
const log = join(directory, 'log');
const environment = { ...process.env };

beforeEach(() => {
  writeFileSync(join(directory, 'docker'), CLIENT);
  chmodSync(join(directory, 'docker'), 0o755);
  writeFileSync(log, '');
  Object.assign(process.env, {
    PATH: directory + delimiter + environment.PATH,
    CLIENT_LOG: log,
    CLIENT_VERSION: '27.1.0',
  });
});
afterEach(() => {
  process.env = { ...environment };
});
afterAll(() => rmSync(directory, { recursive: true }));

function launch(change?: (container: Json) => void) {
  const { container } = changedModel(({ Task }) => change?.(Task.Properties.ContainerDefinitions[0]));
  return dockerLaunch({
    container,
    context: APP,
    venv: undefined,
    files: new Map([['DATA_FILE', join(APP, 'server.mjs')]]),
    log: () => undefined,
    signal: new AbortController().signal,
  });
}

test('the container runs as the task definition says, for this machine only', async () => {
  const { start, port, notes } = await launch((container) => {
    container.User = '1000';
    container.LinuxParameters = { InitProcessEnabled: true, Tmpfs: [{ ContainerPath: '/scratch', Size: 64 }] };
    container.MountPoints = [{ ContainerPath: '/tmp', SourceVolume: 'tmp' }];
  });
  const line = start.args.join(' ');
  expect(start.command).toBe('docker');
  expect(line).toContain(`--publish 127.0.0.1:${port}:5000`);
  expect(line).toContain('--read-only --init --memory 512m --user 1000 --volume /tmp --volume /scratch');
  expect(line).toContain(
    `--mount type=bind,source=${join(APP, 'server.mjs')},target=/run/viz-preview/DATA_FILE/server.mjs,readonly`,
  );
  expect(line).toMatch(/ viz-preview-app node server\.mjs --bind 0\.0\.0\.0:5000$/);
  expect(notes).toEqual([]);
});

test('values of variables stay off the command line, where everyone on the machine could read them', async () => {
  const { start } = await launch((container) => container.Environment.push({ Name: 'TOKEN', Value: 'hunter2' }));
  expect(start.args.join(' ')).toContain('--env TOKEN ');
  expect(start.args.join(' ')).not.toContain('hunter2');
  expect(start.env.TOKEN).toBe('hunter2');
  expect(start.env.DATA_FILE).toBe('/run/viz-preview/DATA_FILE/server.mjs');
});

test('the container is removed by name, however the preview ends', async () => {
  const { start } = await launch();
  const name = start.args[start.args.indexOf('--name') + 1];
  expect(start.cleanup).toEqual({ command: 'docker', args: ['rm', '--force', name] });
});

test.each([
  ['20.10.24', '1 build'],
  ['27.1.0', ' build'],
])('a client of version %s is asked for BuildKit only if it needs that: "%s"', async (version, line) => {
  process.env.CLIENT_VERSION = version;
  delete process.env.DOCKER_BUILDKIT;
  await launch();
  expect(
    readFileSync(log, 'utf8')
      .split('\n')
      .some((one) => one.startsWith(line)),
  ).toBe(true);
});

test('a build that fails is told with what Docker said', async () => {
  process.env.CLIENT_FAILS = '1';
  const error = await launch().catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(PreviewError);
  expect((error as PreviewError).code).toBe('docker');
  expect((error as Error).message).toContain('step 3: no such package');
});

test.each([
  ['with the plugin', {}, undefined],
  ['that is old enough to build without it', { CLIENT_LACKS_BUILDX: '1', CLIENT_VERSION: '20.10.24' }, undefined],
  ['without the plugin', { CLIENT_LACKS_BUILDX: '1' }, /^Docker lacks BuildKit\. Install its plugin buildx/],
  ['that no engine answers', { CLIENT_SILENT: '1' }, /^Docker does not answer\. Start it/],
])('what a client %s says', async (_which, changes, problem) => {
  Object.assign(process.env, changes);
  const said = await dockerProblem();
  if (problem) {
    expect(said).toMatch(problem);
  } else {
    expect(said).toBeUndefined();
  }
});
