import { spawn } from 'node:child_process';

export interface Output {
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly cwd: string;
  /** @default - the environment of this process */
  readonly env?: NodeJS.ProcessEnv;
}

/** A command that ended with another status than 0. The end of what it said is in the message. */
export class CommandError extends Error {
  constructor(
    command: string,
    public readonly status: number | null,
    public readonly output: string,
  ) {
    super(`'${command}' must succeed, got: status ${status}\n${output.slice(-4000)}`);
    this.name = 'CommandError';
  }
}

/**
 * Runs a program to its end.
 *
 * @throws CommandError when its status is not 0
 */
export async function run(program: string, args: readonly string[], options: RunOptions): Promise<Output> {
  // nx asks for colours. What is read by a test has none, as in a pipe.
  const { FORCE_COLOR: _, ...env } = options.env ?? process.env;
  const child = spawn(program, args, { cwd: options.cwd, env, stdio: 'pipe' });
  child.stdin.end();
  const said = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said.stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said.stderr += text));
  const status = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  if (status !== 0) {
    throw new CommandError([program, ...args].join(' '), status, said.stdout + said.stderr);
  }
  return said;
}
