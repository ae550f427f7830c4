import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { SQSBatchResponse, SQSRecord } from 'aws-lambda';
import type { Lambda } from './lambda';

const ASSETS = join(__dirname, '..', '..', '..', 'assets');
export const POST_BUNDLE = join(ASSETS, 'post-event', 'index.js');
export const APPROVAL_BUNDLE = join(ASSETS, 'answer-approval', 'index.js');

/** The bundled function in a process of its own, with nothing of ours in its environment. */
export class LambdaProcess implements Lambda {
  public static async start(
    bundle: string,
    variables: Record<string, string>,
    origins: Record<string, string>,
  ): Promise<LambdaProcess> {
    const child = fork(join(__dirname, 'child.js'), {
      silent: true,
      execArgv: [],
      env: {
        PATH: process.env.PATH,
        AWS_REGION: 'us-east-1',
        AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
        AWS_SECRET_ACCESS_KEY: 'not-a-real-key',
        AWS_SESSION_TOKEN: 'not-a-real-token',
        ...variables,
        TEST_ORIGINS: JSON.stringify(origins),
        TEST_BUNDLE: bundle,
      },
    });
    const started = new LambdaProcess(child);
    await once(child, 'message');
    return started;
  }

  /** Everything that it wrote. */
  public output = '';

  private constructor(private readonly child: ChildProcess) {
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (chunk) => {
        this.output += chunk;
      });
    }
  }

  public invoke(records: SQSRecord[], milliseconds = 60_000): Promise<SQSBatchResponse> {
    return this.call({ Records: records }, milliseconds);
  }

  public async call<T>(event: object, milliseconds = 60_000): Promise<T> {
    this.child.send({ event, milliseconds });
    const settled = new AbortController();
    const { signal } = settled;
    const ended = once(this.child, 'exit', { signal }).then(() => [{ error: 'the process ended' }]);
    const [answer] = await Promise.race([once(this.child, 'message', { signal }), ended]);
    ended.catch(() => 'it goes on');
    settled.abort();
    if (answer.error) {
      throw new Error(answer.error);
    }
    return answer.result;
  }

  public redirect(origins: Record<string, string>): void {
    this.child.send({ redirect: origins });
  }

  public async kill(): Promise<void> {
    if (this.child.exitCode === null && this.child.signalCode === null) {
      this.child.kill('SIGKILL');
      await once(this.child, 'exit');
    }
  }
}
