import { type ChildProcess, spawn } from 'node:child_process';
import { join, resolve } from 'node:path';

export const repository = resolve(__dirname, '../../../..');

/** A running `npm start`, as a colleague would have it in a terminal. */
export interface Dashboard {
  readonly url: string;
  readonly email: string;
  readonly password: string;
  /** Everything printed so far. */
  readonly output: () => string;
  /** Leader of the process group that everything started by it belongs to. */
  readonly pid: number;
  /** Sends the signal that a terminal sends on Ctrl-C and resolves to the exit code. */
  readonly interrupt: () => Promise<number | null>;
}

/** How `npm start` ended when it did not get to its Ready line. */
export interface Refusal {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The environment of somebody who types the command: nx must not take it for a task of its own run. */
function terminalEnvironment(extra: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(([name]) => !name.startsWith('NX_') && !name.startsWith('npm_'));
  return { ...Object.fromEntries(own), ...extra };
}

/** What `npm start` runs. */
const START = join(repository, 'scripts', 'start.mjs');

/** What that opens the front door with. */
export const VIZ_PREVIEW = join(repository, 'packages', 'preview', 'assets', 'bin', 'viz-preview.js');

function spawnStart(args: string[], env: NodeJS.ProcessEnv = {}, script = START): ChildProcess {
  return spawn(process.execPath, [script, ...args], {
    cwd: repository,
    env: terminalEnvironment(env),
    // A group of its own, so that the signal reaches everything in it, as from a terminal.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** Starts the dashboard and waits for its Ready line. */
export async function startDashboard(
  args: string[] = [],
  env?: NodeJS.ProcessEnv,
  script?: string,
): Promise<Dashboard> {
  const child = spawnStart(['--port', '0', ...args], env, script);
  let output = '';
  const ended = new Promise<number | null>((done) => child.once('close', done));
  const ready = new Promise<void>((done) => {
    const read = (chunk: Buffer) => {
      output += chunk;
      if (/^Ready: /m.test(output) && /^Sign in: .*\n/m.test(output)) {
        done();
      }
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
  });
  const failed = ended.then((code) =>
    Promise.reject(new Error(`npm start ended with ${code} before Ready:\n${output}`)),
  );
  await Promise.race([ready, failed]);
  // From here on an end is no failure by itself.
  failed.catch(() => {});

  const [, url] = /^Ready: (\S+)$/m.exec(output) ?? [];
  const [, email, password] = /^Sign in: (\S+) \/ (\S+)$/m.exec(output) ?? [];
  const pid = child.pid;
  if (!url || !email || !password || !pid) {
    throw new Error(`npm start must print 'Ready: URL' and 'Sign in: EMAIL / PASSWORD', got:\n${output}`);
  }
  return {
    url,
    email,
    password,
    pid,
    output: () => output,
    interrupt: () => {
      if (child.exitCode === null) {
        process.kill(-pid, 'SIGINT');
      }
      return ended;
    },
  };
}

/** Runs `npm start` with input that it must refuse. */
export async function refusedStart(args: string[], env?: NodeJS.ProcessEnv): Promise<Refusal> {
  const child = spawnStart(args, env);
  let stdout = '';
  let stderr = '';
  child.stdout?.on('data', (chunk) => {
    stdout += chunk;
  });
  child.stderr?.on('data', (chunk) => {
    stderr += chunk;
  });
  const exitCode = await new Promise<number | null>((done) => child.once('close', done));
  return { exitCode, stdout, stderr };
}
