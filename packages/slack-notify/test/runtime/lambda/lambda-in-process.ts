import { format } from 'node:util';
import type { SQSBatchResponse, SQSRecord } from 'aws-lambda';
import type { Lambda } from './lambda';

type Handler = (event: object, context: { getRemainingTimeInMillis(): number }) => Promise<unknown>;

/** Sources of the bundled functions, by the name of the bundle's folder. */
const SOURCES: Record<string, () => { handler: Handler }> = {
  'post-event': () => require('../../../runtime/post-event/index'),
  'answer-approval': () => require('../../../runtime/answer-approval/index'),
};

/** The function's sources in this process, each start with modules of its own. It cannot be killed in the middle of a call. */
export class LambdaInProcess implements Lambda {
  public static start(bundle: string, variables: Record<string, string>, origins: Record<string, string>): Lambda {
    const name = bundle.split('/').at(-2) ?? '';
    let handler: Handler | undefined;
    jest.isolateModules(() => {
      handler = SOURCES[name]?.().handler;
    });
    if (!handler) {
      throw new Error(`'bundle' must be one of ${Object.keys(SOURCES).join(', ')}, got: ${name}`);
    }
    return new LambdaInProcess(handler, variables, { ...origins });
  }

  public output = '';

  private constructor(
    private readonly handler: Handler,
    private readonly variables: Record<string, string>,
    private readonly origins: Record<string, string>,
  ) {}

  public invoke(records: SQSRecord[], milliseconds = 60_000): Promise<SQSBatchResponse> {
    return this.call({ Records: records }, milliseconds);
  }

  public async call<T>(event: object, milliseconds = 60_000): Promise<T> {
    const restore = [this.replaceEnvironment(), redirectFetch(this.origins), this.captureConsole(), hurry()];
    const deadline = Date.now() + milliseconds;
    try {
      return (await this.handler(event, { getRemainingTimeInMillis: () => deadline - Date.now() })) as T;
    } finally {
      for (const undo of restore) {
        undo();
      }
    }
  }

  public redirect(origins: Record<string, string>): void {
    Object.assign(this.origins, origins);
  }

  public async kill(): Promise<void> {
    // Nothing runs between two calls.
  }

  private replaceEnvironment(): () => void {
    const before = { ...process.env };
    Object.assign(process.env, {
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
      AWS_SECRET_ACCESS_KEY: 'not-a-real-key',
      AWS_SESSION_TOKEN: 'not-a-real-token',
      ...this.variables,
    });
    return () => {
      process.env = before;
    };
  }

  private captureConsole(): () => void {
    const levels = ['info', 'warn', 'error', 'log'] as const;
    const before = levels.map((level) => [level, console[level]] as const);
    for (const level of levels) {
      console[level] = (...words: unknown[]) => {
        this.output += `${format(...words)}\n`;
      };
    }
    return () => {
      for (const [level, write] of before) {
        console[level] = write;
      }
    };
  }
}

/** What would go to Slack and AWS goes to local servers, by origin. What is local already stays. */
export function redirectFetch(origins: Record<string, string>): () => void {
  const realFetch = globalThis.fetch;
  globalThis.fetch = (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input);
    if (url.hostname === '127.0.0.1') {
      return realFetch(input, init);
    }
    const fetchHere = (...request: Parameters<typeof fetch>) => realFetch(...request).catch(rethrow);
    const local = origins[/\.amazonaws\.com$/.test(url.host) ? 'aws' : url.origin];
    if (!local) {
      throw new Error('a request to a host that no test expects');
    }
    const target = local + url.pathname;
    return input instanceof Request ? fetchHere(new Request(target, input), init) : fetchHere(target, init);
  };
  return () => {
    globalThis.fetch = realFetch;
  };
}

/** How much faster time passes for what waits. */
export const HURRY = 20;

/** A time limit must still hold on a machine that does many things at once. */
const LIMITS_HURRY = 4;

/** Waits are a twentieth of what they are, and time limits a quarter: there are some thousand mutants to wait for. */
export function hurry(): () => void {
  const { setTimeout: realSetTimeout } = globalThis;
  const realTimeout = AbortSignal.timeout;
  const sooner = (callback: () => void, milliseconds = 0, ...rest: unknown[]) =>
    realSetTimeout(callback, milliseconds / HURRY, ...(rest as []));
  globalThis.setTimeout = sooner as typeof setTimeout;
  AbortSignal.timeout = (milliseconds) => realTimeout(milliseconds / LIMITS_HURRY);
  return () => {
    globalThis.setTimeout = realSetTimeout;
    AbortSignal.timeout = realTimeout;
  };
}

function rethrow(error: unknown): never {
  throw ours(error);
}

/** Jest's world has errors of its own, and `fetch` comes from outside of it: they are `instanceof Error` outside only. */
function ours(error: unknown): unknown {
  const { name, message, code, cause, errors } = Object(error);
  if (typeof message !== 'string') {
    return error;
  }
  const copy = Array.isArray(errors)
    ? new AggregateError(errors.map(ours), message)
    : new Error(message, { cause: ours(cause) });
  return Object.assign(copy, { name }, code === undefined ? {} : { code });
}
