import { AwsClient } from 'aws4fetch';
import { NotifyError } from '../errors';

interface Api {
  readonly target: string;
  readonly version: string;
  /** Where the endpoint's name is another one. */
  readonly host?: string;
}

/** A service of AWS that speaks JSON, by its name in the endpoint. */
const SERVICES: Record<'secretsmanager' | 'ssm' | 'sqs' | 'dynamodb' | 'ecs' | 'ecr', Api> = {
  secretsmanager: { target: 'secretsmanager', version: '1.1' },
  ssm: { target: 'AmazonSSM', version: '1.1' },
  sqs: { target: 'AmazonSQS', version: '1.0' },
  dynamodb: { target: 'DynamoDB_20120810', version: '1.0' },
  ecs: { target: 'AmazonEC2ContainerServiceV20141113', version: '1.1' },
  ecr: { target: 'AmazonEC2ContainerRegistry_V20150921', version: '1.1', host: 'api.ecr' },
};

/** AWS refused or did not answer. `code` is the service's own, e.g. `ConditionalCheckFailedException`. */
export class AwsError extends NotifyError {}

let client: AwsClient | undefined;

/**
 * One call of an AWS API, signed and tried up to four times.
 *
 * The SDK's clients are 300 KB each; this is what a cold start pays for. Credentials are those of the Lambda function.
 *
 * @throws AwsError
 */
export async function callAws<T>(
  service: keyof typeof SERVICES,
  action: string,
  input: object,
  signal = AbortSignal.timeout(10_000),
): Promise<T> {
  const region = process.env.AWS_REGION;
  client ??= new AwsClient({
    accessKeyId: process.env.AWS_ACCESS_KEY_ID ?? '',
    secretAccessKey: process.env.AWS_SECRET_ACCESS_KEY ?? '',
    sessionToken: process.env.AWS_SESSION_TOKEN,
    region,
    retries: 3,
  });
  const { target, version, host = service } = SERVICES[service];
  const domain = region?.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com';
  let response: Response;
  try {
    response = await client.fetch(`https://${host}.${region}.${domain}/`, {
      method: 'POST',
      headers: { 'X-Amz-Target': `${target}.${action}`, 'Content-Type': `application/x-amz-json-${version}` },
      body: JSON.stringify(input),
      signal,
      aws: { service },
    });
  } catch (error) {
    throw new AwsError('NoAnswer', `${service} did not answer ${action}`, { cause: error });
  }
  const body = (await response.json().catch(() => ({}))) as Record<string, unknown>;
  if (!response.ok) {
    const code = String(body.__type ?? response.status).replace(/^.*#/, '');
    throw new AwsError(code, `${service} refused ${action}: ${code}`);
  }
  return body as T;
}
