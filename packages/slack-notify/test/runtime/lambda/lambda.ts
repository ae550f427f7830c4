import type { SQSBatchResponse, SQSRecord } from 'aws-lambda';
import { LambdaInProcess } from './lambda-in-process';
import { LambdaProcess } from './lambda-process';

/** One environment of a function: what it remembers between calls, and what it wrote. */
export interface Lambda {
  readonly output: string;
  invoke(records: SQSRecord[], milliseconds?: number): Promise<SQSBatchResponse>;
  call<T>(event: object, milliseconds?: number): Promise<T>;
  /** From now on these requests go there. */
  redirect(origins: Record<string, string>): void;
  /** As when the function runs out of time or memory. */
  kill(): Promise<void>;
}

/** Stryker changes the sources, which the bundles know nothing of: then they run in this process (mutation/README.md). */
export const underMutation = process.env.MUTATION_PACKAGE === 'slack-notify';

/** A cold start. */
export async function startLambda(
  bundle: string,
  variables: Record<string, string>,
  origins: Record<string, string>,
): Promise<Lambda> {
  return underMutation
    ? LambdaInProcess.start(bundle, variables, origins)
    : await LambdaProcess.start(bundle, variables, origins);
}
