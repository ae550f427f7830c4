import { NotifyError } from '../errors';
import { callAws } from './call';

const FIVE_MINUTES = 5 * 60_000;

const cache = new Map<string, { value: string; until: number }>();

/**
 * A secret's text, as it was at most five minutes ago.
 *
 * @throws NotifyError
 */
export async function readSecret(id: string): Promise<string> {
  const known = cache.get(id);
  if (known && known.until > Date.now()) {
    return known.value;
  }
  const { SecretString } = await callAws<{ SecretString?: string }>('secretsmanager', 'GetSecretValue', {
    SecretId: id,
  });
  if (!SecretString) {
    throw new NotifyError('bad_secret', "'secret' must be text, got: none");
  }
  const value = SecretString.trim();
  cache.set(id, { value, until: Date.now() + FIVE_MINUTES });
  return value;
}
