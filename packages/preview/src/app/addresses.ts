import { PreviewError } from '../errors';

/** Addresses of this start that an app may need, under the names that stand for them in `--env`. */
export interface Addresses {
  /** Where the keys are that sign `x-amzn-oidc-data`; the key's id comes behind a slash. */
  readonly publicKeysUrl: string;
  /** Where the user pool's keys are. */
  readonly jwksUrl: string;
}

/**
 * Puts addresses into the values of `--env`: `{publicKeysUrl}` and `{jwksUrl}`.
 *
 * They are ports of this machine that are other ones in every start, and a container cannot reach them.
 */
export function fillAddresses(
  environment: ReadonlyMap<string, string>,
  given: ReadonlySet<string>,
  addresses: Addresses,
  engine: 'docker' | 'process',
): Map<string, string> {
  return new Map(
    [...environment].map(([name, value]) => {
      const filled = given.has(name)
        ? value.replace(/\{(publicKeysUrl|jwksUrl)\}/g, (_match, key: keyof Addresses) => addresses[key])
        : value;
      if (filled !== value && engine === 'docker') {
        throw new PreviewError(
          'usage',
          `'--env ${name}' must not name an address of this machine with Docker, which cannot reach it. Use --engine process.`,
        );
      }
      return [name, filled];
    }),
  );
}
