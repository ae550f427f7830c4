import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Invocation, Outcome } from '../lambda/messages';

/**
 * The process of one Lambda function: loads the handler from the asset and answers invocations of the preview.
 *
 * Started with the asset's folder as working directory and the handler's name (`index.handler`) as argument.
 */
type Handler = (event: unknown, context: object, callback: (error: unknown, result?: unknown) => void) => unknown;

async function loadHandler(name: string): Promise<Handler> {
  const dot = name.lastIndexOf('.');
  const file = ['.js', '.mjs', '.cjs']
    .map((extension) => join(process.cwd(), name.slice(0, dot) + extension))
    .find(existsSync);
  if (!file) {
    throw new Error(`the asset has no file for the handler ${name}`);
  }
  const loaded = (await import(pathToFileURL(file).href)) as Record<string, unknown> & {
    default?: Record<string, unknown>;
  };
  const handler = loaded[name.slice(dot + 1)] ?? loaded.default?.[name.slice(dot + 1)];
  if (typeof handler !== 'function') {
    throw new Error(`${file} does not export ${name.slice(dot + 1)}`);
  }
  return handler as Handler;
}

async function invoke(handler: Handler, { id, event, timeoutSeconds, arn }: Invocation): Promise<unknown> {
  const deadline = Date.now() + timeoutSeconds * 1000;
  const context = {
    awsRequestId: `preview-${id}`,
    functionName: process.env.AWS_LAMBDA_FUNCTION_NAME,
    functionVersion: '$LATEST',
    invokedFunctionArn: arn,
    memoryLimitInMB: process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
  };
  return new Promise((resolve, reject) => {
    const returned = handler(event, context, (error, result) => (error ? reject(error) : resolve(result)));
    if (returned instanceof Promise || handler.length < 3) {
      Promise.resolve(returned).then(resolve, reject);
    }
  });
}

const loading = loadHandler(process.argv[2]);
process.on('message', (invocation: Invocation) => {
  loading
    .then((handler) => invoke(handler, invocation))
    .then(
      (result): Outcome => ({ id: invocation.id, result: result ?? null }),
      (error: unknown): Outcome => ({
        id: invocation.id,
        error: error instanceof Error ? error.message : String(error),
      }),
    )
    .then((outcome) => process.send?.(outcome));
});
// The preview is gone.
process.on('disconnect', () => process.exit(0));
