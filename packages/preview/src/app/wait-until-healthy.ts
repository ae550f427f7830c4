import { setTimeout as sleep } from 'node:timers/promises';
import { request } from 'undici';
import { PreviewError } from '../errors';
import type { HealthCheck } from '../model/target-group';
import type { AppProcess } from './app-process';

/** Waits until the app passes the target group's health check, as the load balancer does before it sends anyone. */
export async function waitUntilHealthy(
  app: Pick<AppProcess, 'ended' | 'lastLines'>,
  origin: string,
  check: HealthCheck,
  { patienceSeconds, signal }: { readonly patienceSeconds: number; readonly signal: AbortSignal },
): Promise<void> {
  const deadline = Date.now() + patienceSeconds * 1000;
  const ended = app.ended.then((sentence) => {
    throw failure(app, `${sentence} It never passed the health check ${check.path}.`);
  });
  // Without this, an end after the wait would be an unhandled rejection.
  ended.catch(() => undefined);
  let last = 'no connection';
  while (Date.now() < deadline) {
    last = await Promise.race([probe(origin, check), ended]);
    if (last === 'healthy') {
      return;
    }
    await Promise.race([sleep(150), ended]);
    signal.throwIfAborted();
  }
  throw failure(app, `The app did not pass the health check ${check.path} in ${patienceSeconds} s (${last}).`);
}

async function probe(origin: string, { path, matches, timeoutSeconds }: HealthCheck): Promise<string> {
  const limit = timeoutSeconds * 1000;
  try {
    const { statusCode, body } = await request(`${origin}${path}`, {
      headers: { 'user-agent': 'ELB-HealthChecker/2.0' },
      headersTimeout: limit,
      bodyTimeout: limit,
    });
    await body.dump();
    return matches(statusCode) ? 'healthy' : `it answered ${statusCode}`;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === 'ECONNREFUSED' ? 'nothing listens on its port' : `it did not answer (${code ?? String(error)})`;
  }
}

function failure({ lastLines }: Pick<AppProcess, 'lastLines'>, sentence: string): PreviewError {
  const output =
    lastLines.length > 0
      ? `Its last lines:\n${lastLines.map((line) => `  ${line}`).join('\n')}`
      : 'It printed nothing.';
  return new PreviewError('app', `${sentence} ${output}`);
}
