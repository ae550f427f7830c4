import type { WebhookAddress } from '../../src/event-contract';
import { callAws } from '../aws/call';
import { NotifyError } from '../errors';
import { checkWebhookUrl } from './check-webhook-url';

const FIVE_MINUTES = 5 * 60_000;

const cache = new Map<string, { url: string; until: number }>();

/**
 * The URL from where it is kept, or as it was read less than five minutes ago.
 *
 * @param fresh reads it again: Slack said that this URL is no longer good
 * @throws NotifyError
 */
export async function readWebhookUrl(address: WebhookAddress, fresh = false): Promise<string> {
  const key = JSON.stringify(address);
  const known = cache.get(key);
  if (known && known.until > Date.now() && !fresh) {
    return known.url;
  }
  const url = checkWebhookUrl(
    address.parameterName ? await readParameter(address.parameterName) : await readSecret(address),
  );
  cache.set(key, { url, until: Date.now() + FIVE_MINUTES });
  return url;
}

async function readParameter(name: string): Promise<string> {
  const { Parameter } = await callAws<{ Parameter: { Value: string } }>('ssm', 'GetParameter', {
    Name: name,
    WithDecryption: true,
  });
  return Parameter.Value;
}

async function readSecret({ secretId, secretField }: WebhookAddress): Promise<string> {
  const { SecretString } = await callAws<{ SecretString?: string }>('secretsmanager', 'GetSecretValue', {
    SecretId: secretId,
  });
  if (SecretString === undefined) {
    throw new NotifyError('bad_secret', "'secret' must be text, got: binary data");
  }
  if (!secretField) {
    return SecretString;
  }
  const value = parseObject(SecretString)[secretField];
  if (typeof value !== 'string') {
    throw new NotifyError('bad_secret', `'secret' must be a JSON object with the key '${secretField}', got: none`);
  }
  return value;
}

function parseObject(text: string): Record<string, unknown> {
  try {
    return Object(JSON.parse(text));
  } catch {
    // The parser's message would quote the secret.
    throw new NotifyError('bad_secret', "'secret' must be a JSON object, got: other text");
  }
}
