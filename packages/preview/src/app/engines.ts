import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { basename, delimiter, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { PreviewError } from '../errors';
import type { AppContainer } from '../model/app-container';
import { freePort, localCommand } from './local-command';
import type { StartApp } from './messages';

const run = promisify(execFile);

export interface AppOptions {
  readonly container: AppContainer;
  /** Folder with the Dockerfile, in which a process also runs. */
  readonly context: string;
  readonly venv: string | undefined;
  /** Files of this machine that the app may read, by the environment variable that gets their path. */
  readonly files: ReadonlyMap<string, string>;
  readonly log: (line: string) => void;
  readonly signal: AbortSignal;
}

/** How to start the app, and where it will then listen on the loopback interface. */
export interface AppLaunch {
  readonly start: StartApp;
  readonly port: number;
  /** What the engine does not enforce although the template says it. */
  readonly notes: readonly string[];
}

/** Why Docker cannot build and run the app, with the next step; nothing when it can. */
export async function dockerProblem(): Promise<string | undefined> {
  try {
    await run('docker', ['version', '--format', '{{.Server.Version}}'], { env: process.env, timeout: 10_000 });
  } catch {
    return 'Docker does not answer. Start it, or use --engine process.';
  }
  // Since 23 a client has BuildKit, which mounts caches into a build, from the plugin buildx only.
  const hasPlugin = await run('docker', ['buildx', 'version'], { env: process.env }).then(
    () => true,
    () => false,
  );
  return hasPlugin || (await isBefore23())
    ? undefined
    : 'Docker lacks BuildKit. Install its plugin buildx (docker-buildx-plugin, or docker-buildx), or use --engine process.';
}

async function isBefore23(): Promise<boolean> {
  const { stdout } = await run('docker', ['version', '--format', '{{.Client.Version}}'], { env: process.env });
  return Number.parseInt(stdout, 10) < 23;
}

/** The container's command as a process. */
export async function processLaunch({ container, context, venv, files }: AppOptions): Promise<AppLaunch> {
  const [command, ...args] = [...container.entryPoint, ...container.command];
  if (command === undefined) {
    throw new PreviewError(
      'template',
      `The container ${container.name} has no Command in the template, so only Docker knows how to start it. Use --engine docker.`,
    );
  }
  if (venv !== undefined && !existsSync(join(venv, 'bin'))) {
    throw new PreviewError('usage', `'--venv' must be a Python virtual environment, got: ${venv}`);
  }
  const port = await freePort();
  const passed = ['HOME', 'LANG', 'LC_ALL', 'LD_LIBRARY_PATH', 'SSL_CERT_FILE', 'TMPDIR', 'TZ'];
  const inherited = passed.flatMap((name) =>
    process.env[name] === undefined ? [] : [[name, process.env[name]] as const],
  );
  const path = [...(venv === undefined ? [] : [resolve(venv, 'bin')]), process.env.PATH ?? ''].join(delimiter);
  const notes = [
    container.readonlyRootFilesystem && 'a read-only file system',
    container.memoryMiB !== undefined && `the memory limit of ${container.memoryMiB} MiB`,
    container.user !== undefined && `the user ${container.user}`,
  ].filter((note) => note !== false);
  return {
    port,
    notes:
      notes.length > 0
        ? [
            `The app runs as a process, without ${new Intl.ListFormat('en').format(notes)}: use --engine docker for those.`,
          ]
        : [],
    start: {
      command: resolveCommand(command, path, context),
      args: localCommand(args, container.port, port),
      cwd: context,
      env: {
        ...Object.fromEntries(inherited),
        PATH: path,
        ...(venv === undefined ? {} : { VIRTUAL_ENV: resolve(venv) }),
        ...Object.fromEntries(container.environment),
        ...Object.fromEntries([...files].map(([name, file]) => [name, resolve(file)])),
        PORT: String(port),
      },
    },
  };
}

/** The program on the app's PATH; spawn would look on ours. */
function resolveCommand(command: string, path: string, context: string): string {
  if (command.includes('/')) {
    return resolve(context, command);
  }
  return (
    path
      .split(delimiter)
      .map((folder) => join(folder, command))
      .find(existsSync) ?? command
  );
}

/** The tail of what Docker said is enough to find the step that failed. */
const BUILD_LINES = 20;

async function buildImage(image: string, context: string, signal: AbortSignal): Promise<void> {
  // Clients before 23 build without BuildKit unless asked; later ones know best whether they have it.
  const buildKit = (await isBefore23()) ? { DOCKER_BUILDKIT: '1' } : {};
  try {
    const env = { ...buildKit, ...process.env };
    await run('docker', ['build', '--tag', image, context], { maxBuffer: 64 * 1024 * 1024, signal, env });
  } catch (cause) {
    const output = String((cause as { stderr?: string }).stderr || cause)
      .trimEnd()
      .split('\n');
    const tail = output.slice(-BUILD_LINES).join('\n');
    throw new PreviewError('docker', `Docker could not build ${context}:\n${tail}`, { cause });
  }
}

/** Builds the image and gives the command that runs it as the task definition says. */
export async function dockerLaunch({ container, context, files, log, signal }: AppOptions): Promise<AppLaunch> {
  const id = randomBytes(4).toString('hex');
  const image = 'viz-preview-app';
  log(`Building ${context} with Docker.`);
  await buildImage(image, context, signal);
  const port = await freePort();
  const name = `viz-preview-${id}`;
  const inside = new Map(
    [...files].map(([variable, file]) => [
      variable,
      { from: resolve(file), to: `/run/viz-preview/${variable}/${basename(file)}` },
    ]),
  );
  const environment = new Map([
    ...container.environment,
    ...[...inside].map(([variable, { to }]) => [variable, to] as const),
  ]);
  const args = [
    'run',
    '--rm',
    ...['--name', name],
    ...['--publish', `127.0.0.1:${port}:${container.port}`],
    ...(container.readonlyRootFilesystem ? ['--read-only'] : []),
    ...(container.initProcess ? ['--init'] : []),
    ...(container.memoryMiB === undefined ? [] : ['--memory', `${container.memoryMiB}m`]),
    ...(container.user === undefined ? [] : ['--user', container.user]),
    ...(container.workingDirectory === undefined ? [] : ['--workdir', container.workingDirectory]),
    ...container.writableFolders.flatMap((folder) => ['--volume', folder]),
    ...[...inside.values()].flatMap(({ from, to }) => ['--mount', `type=bind,source=${from},target=${to},readonly`]),
    // Only the names: values on a command line can be read by everyone on the machine.
    ...[...environment.keys()].flatMap((variable) => ['--env', variable]),
    ...entryPoint(container),
    image,
    ...container.entryPoint.slice(1),
    ...container.command,
  ];
  const own = Object.fromEntries(
    Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
  return {
    port,
    notes: [],
    start: {
      command: 'docker',
      args,
      cwd: context,
      env: { ...dockerClientEnvironment(own), ...Object.fromEntries(environment) },
      cleanup: { command: 'docker', args: ['rm', '--force', name] },
    },
  };
}

function entryPoint({ entryPoint: [first] }: AppContainer): string[] {
  return first === undefined ? [] : ['--entrypoint', first];
}

function dockerClientEnvironment(own: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(own).filter(([name]) => name === 'PATH' || name === 'HOME' || name.startsWith('DOCKER_')),
  );
}
