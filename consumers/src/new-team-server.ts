import { type ChildProcess, spawn } from 'node:child_process';

type Ending = number | NodeJS.Signals | null;

/** `npm start` of a repository, once it is ready. */
export interface RunningApp {
  readonly url: string;
  readonly email: string;
  readonly password: string;
  /** Sends what Ctrl-C sends, and resolves to how it ended: the exit code, or the signal, which npm hands on. */
  stop(): Promise<Ending>;
}

/**
 * Runs `npm start` until it says that it is ready.
 *
 * @throws Error with what it said, when it ends before that
 */
export async function npmStart(cwd: string, env: NodeJS.ProcessEnv): Promise<RunningApp> {
  // A group of its own, so that the signal reaches everything in it, as from a terminal.
  const child = spawn('npm', ['start', '--', '--port', '0', '--engine', 'process'], {
    cwd,
    env,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<Ending>((resolve) => child.on('exit', (code, signal) => resolve(code ?? signal)));
  let said = '';
  const ready = new Promise<RegExpExecArray>((resolve, reject) => {
    const read = (text: string) => {
      said += text;
      const lines = /^Sign in: (\S+) \/ (\S+)$[\s\S]*^Ready: (\S+)$/m.exec(said);
      if (lines) {
        resolve(lines);
      }
    };
    child.stdout.setEncoding('utf8').on('data', read);
    child.stderr.setEncoding('utf8').on('data', read);
    child.on('error', reject);
    child.on('exit', (code) => reject(new Error(`'npm start' must become ready, got: status ${code}\n${said}`)));
  });
  const [, email, password, url] = await ready;
  return { url, email, password, stop: () => interrupt(child, ended) };
}

async function interrupt(child: ChildProcess, ended: Promise<Ending>): Promise<Ending> {
  if (child.exitCode === null && child.signalCode === null && child.pid !== undefined) {
    process.kill(-child.pid, 'SIGINT');
  }
  return ended;
}
