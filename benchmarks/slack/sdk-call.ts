/** The peer's way to AWS: takes the place of `runtime/aws/call.ts`, with the SDK's clients. */
import { DynamoDB } from '@aws-sdk/client-dynamodb';
import { SecretsManager } from '@aws-sdk/client-secrets-manager';
import { SQS } from '@aws-sdk/client-sqs';
import { NotifyError } from '../../packages/slack-notify/runtime/errors';

export class AwsError extends NotifyError {}

const clients: Record<string, unknown> = {};

const create: Record<string, () => unknown> = {
  dynamodb: () => new DynamoDB(),
  secretsmanager: () => new SecretsManager(),
  sqs: () => new SQS({ md5: false }),
};

export async function callAws<T>(service: string, action: string, input: object): Promise<T> {
  clients[service] ??= create[service]?.();
  const method = action[0]?.toLowerCase() + action.slice(1);
  try {
    return await (clients[service] as Record<string, (input: object) => Promise<T>>)[method]?.(input);
  } catch (error) {
    const { name } = error as Error;
    throw new AwsError(name, `${service} refused ${action}: ${name}`);
  }
}
