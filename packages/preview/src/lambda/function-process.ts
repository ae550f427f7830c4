import type { FunctionDefinition } from './function-definition';
import { HostProcess } from './host-process';
import type { Outcome } from './messages';

/** The function threw, ran out of time, or its process died. */
export class FunctionFailed extends Error {}

/** Runs one Lambda function in a process of its own, with the environment of the template and nothing of the caller's. */
export class FunctionProcess {
  private host: HostProcess | undefined;
  private lastId = 0;

  constructor(
    private readonly definition: FunctionDefinition,
    /** Takes what the function logs. */
    private readonly log: (line: string) => void,
  ) {}

  /** The result of the handler. */
  public async invoke(event: unknown): Promise<unknown> {
    const { timeoutSeconds, arn, name } = this.definition;
    const host = this.running();
    const id = ++this.lastId;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<Outcome>((resolve) => {
      timer = setTimeout(() => {
        resolve({ id, error: `no answer in its ${timeoutSeconds} s` });
        // As in AWS, a function that timed out starts anew.
        host.kill();
      }, timeoutSeconds * 1000);
    });
    const outcome = await Promise.race([host.invoke({ id, event, timeoutSeconds, arn }), late]);
    clearTimeout(timer);
    if ('error' in outcome) {
      throw new FunctionFailed(`${name}: ${outcome.error}`);
    }
    return outcome.result;
  }

  /** Ends the process and waits for its end. */
  public async close(): Promise<void> {
    await this.host?.kill();
  }

  private running(): HostProcess {
    if (!this.host?.usable) {
      this.host = new HostProcess(this.definition, this.log);
    }
    return this.host;
  }
}
