import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import type { FunctionDefinition } from './function-definition';
import type { Invocation, Outcome } from './messages';

/** Bundled beside the command itself; from the sources as well as from the bundle it is two folders up. */
const HOST = join(__dirname, '..', '..', 'assets', 'lambda-host', 'index.js');

/** One process of a Lambda function, from its start to its end. */
export class HostProcess {
  private readonly child: ChildProcess;
  private readonly exited: Promise<void>;
  private readonly waiting = new Map<number, (outcome: Outcome) => void>();

  /** @param log takes what the function logs */
  constructor(
    { name, region, directory, handler, environment, memoryMiB }: FunctionDefinition,
    log: (line: string) => void,
  ) {
    this.child = fork(HOST, [handler], {
      cwd: directory,
      execArgv: ['--enable-source-maps'],
      env: {
        PATH: process.env.PATH,
        AWS_REGION: region,
        AWS_LAMBDA_FUNCTION_NAME: name,
        AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memoryMiB),
        // An SDK without credentials must fail at once instead of looking for an instance role.
        AWS_EC2_METADATA_DISABLED: 'true',
        LAMBDA_TASK_ROOT: directory,
        ...Object.fromEntries(environment),
      },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => log(`[${name}] ${text.trimEnd()}`));
    }
    this.child.on('message', (outcome: Outcome) => this.waiting.get(outcome.id)?.(outcome));
    this.exited = new Promise((resolve) => this.child.once('exit', () => resolve()));
    this.exited.then(() => {
      for (const [id, settle] of this.waiting) {
        settle({ id, error: 'its process ended' });
      }
    });
  }

  /** Whether it can take another invocation. */
  public get usable(): boolean {
    return this.child.connected && !this.child.killed;
  }

  /** What the handler answers; an error if the process ends before. */
  public invoke(invocation: Invocation): Promise<Outcome> {
    const { id } = invocation;
    return new Promise<Outcome>((resolve) => {
      this.waiting.set(id, resolve);
      this.child.send(invocation, (error) => error && resolve({ id, error: 'its process ended' }));
    }).finally(() => this.waiting.delete(id));
  }

  /** Ends the process and waits for its end. */
  public async kill(): Promise<void> {
    this.child.kill('SIGKILL');
    await this.exited;
  }
}
