import { execFile, execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** What `.ci/engine start` starts. */
const OWN_SOCKET = `${process.env.PAEBBL_ENGINE_HOME ?? '/var/tmp/paebbl-engine'}/docker.sock`;

export const registry = `127.0.0.1:${process.env.PAEBBL_REGISTRY_PORT ?? '5055'}`;

/** A client, and the engine that answers it. */
export interface Engine {
  readonly client: string;
  readonly env: NodeJS.ProcessEnv;
}

export interface Output {
  readonly stdout: string;
  readonly stderr: string;
}

/** The engine of `.ci/engine`, or the machine's own. */
export function findEngine(): Engine | undefined {
  const hosts = [process.env.DOCKER_HOST, existsSync(OWN_SOCKET) ? `unix://${OWN_SOCKET}` : undefined, ''];
  for (const host of hosts.filter((candidate) => candidate !== undefined)) {
    const env = { ...process.env, DOCKER_BUILDKIT: '1', ...(host ? { DOCKER_HOST: host } : {}) };
    // A client newer than the engine may ask for a plugin to build with; Debian's own needs none.
    const client = ['docker', '/usr/bin/docker'].find((name) => answers(name, env) && canBuild(name, env));
    if (client) {
      return { client, env };
    }
  }
  return undefined;
}

/** Runs the client to its end. */
export async function docker(engine: Engine, ...args: string[]): Promise<Output> {
  return run(engine.client, args, { env: engine.env, maxBuffer: 64 * 1024 * 1024 });
}

/**
 * `describe` for tests that need an engine. Without one they are skipped with a sentence that says how to get it; where CI is
 * set, that is a failure instead.
 */
export function describeWithEngine(name: string, tests: (engine: Engine) => void) {
  const engine = findEngine();
  if (engine) {
    describe(name, () => tests(engine));
    return;
  }
  const sentence = 'No Docker engine answers: start it, or on Debian run ".ci/packages" and ".ci/engine start".';
  if (process.env.CI) {
    test(name, () => {
      throw new Error(sentence);
    });
    return;
  }
  console.warn(`Skipped: ${name}. ${sentence}`);
  describe.skip(name, () => test('needs a Docker engine', () => undefined));
}

function answers(client: string, env: NodeJS.ProcessEnv): boolean {
  return succeeds(client, ['info'], env);
}

/** Since 23, a client without the buildx plugin builds without BuildKit, or not at all. */
function canBuild(client: string, env: NodeJS.ProcessEnv): boolean {
  return (
    succeeds(client, ['buildx', 'version'], env) ||
    succeeds(client, ['version', '--format', '{{.Client.Version}}'], env, /^(1\d|2[0-2])\./)
  );
}

function succeeds(client: string, args: string[], env: NodeJS.ProcessEnv, output = /^/): boolean {
  try {
    return output.test(execFileSync(client, args, { env, stdio: ['ignore', 'pipe', 'ignore'] }).toString());
  } catch {
    return false;
  }
}
