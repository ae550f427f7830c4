import { setTimeout as sleep } from 'node:timers/promises';
import { docker, type Engine } from './engine';

/** A container that runs as ECS would run it. */
export interface Task {
  readonly id: string;
  /** Where the app answers, on this machine. */
  readonly url: string;
  /** Waits until the health check's path answers. */
  healthy(): Promise<void>;
  /** Sends SIGTERM, and SIGKILL when the grace period of the task definition is over. Resolves with the exit code. */
  stop(): Promise<number>;
  logs(): Promise<string>;
  remove(): Promise<void>;
}

export interface TaskOptions {
  readonly volumes?: string[];
  readonly environment?: Record<string, string>;
  /** Path that answers 200 while the app is alive: that of the dashboard unless another one is named. */
  readonly healthCheckPath?: string;
}

/**
 * Starts an image with what the task definition says: read-only root file system, scratch space in /tmp, 512 MiB, an init
 * process, and no rights beyond those of any program.
 */
export async function startTask(engine: Engine, image: string, options: TaskOptions = {}): Promise<Task> {
  const { stdout } = await docker(
    engine,
    'run',
    '--detach',
    '--read-only',
    '--init',
    '--volume=/tmp',
    '--memory=512m',
    '--memory-swap=512m',
    '--cpu-shares=256',
    '--cap-drop=ALL',
    '--security-opt=no-new-privileges',
    '--publish=127.0.0.1::5000',
    ...(options.volumes ?? []).map((volume) => `--volume=${volume}`),
    ...Object.entries(options.environment ?? {}).map(([name, value]) => `--env=${name}=${value}`),
    image,
  );
  const id = stdout.trim();
  const address = (await docker(engine, 'port', id, '5000')).stdout.trim().split('\n')[0];
  const url = `http://${address}`;
  return {
    id,
    url,
    healthy: () => untilHealthy(engine, id, `${url}${options.healthCheckPath ?? '/healthz'}`),
    logs: async () => {
      const { stdout: out, stderr } = await docker(engine, 'logs', id);
      return out + stderr;
    },
    stop: async () => {
      await docker(engine, 'stop', '--time=30', id);
      return Number((await inspect(engine, id, '{{.State.ExitCode}}')).trim());
    },
    remove: async () => {
      await docker(engine, 'rm', '--force', '--volumes', id);
    },
  };
}

/** One detail of an image or container. */
export async function inspect(engine: Engine, name: string, format: string): Promise<string> {
  return (await docker(engine, 'inspect', '--format', format, name)).stdout.trim();
}

async function untilHealthy(engine: Engine, id: string, check: string): Promise<void> {
  const deadline = Date.now() + 120_000;
  while (Date.now() < deadline) {
    // The engine's proxy accepts before the app listens, and such a connection is never answered.
    const answer = await fetch(check, { signal: AbortSignal.timeout(2_000) }).catch(() => undefined);
    if (answer?.ok) {
      return;
    }
    if ((await inspect(engine, id, '{{.State.Running}}')) !== 'true') {
      throw new Error(`The container stopped: ${(await docker(engine, 'logs', id)).stderr}`);
    }
    await sleep(100);
  }
  throw new Error(`The container does not get healthy: ${(await docker(engine, 'logs', id)).stderr}`);
}
