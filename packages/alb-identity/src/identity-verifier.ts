import { AlbJwtVerifier, JwtVerifier } from 'aws-jwt-verify';
import { AlbJwksCache } from 'aws-jwt-verify/alb-cache';
import { FetchError, JwtBaseError } from 'aws-jwt-verify/error';
import { SimpleJwksCache } from 'aws-jwt-verify/jwk';
import { decomposeUnverifiedJwt } from 'aws-jwt-verify/jwt';
import { IdentityError } from './errors';
import { keyFetcher } from './fetch-key';
import { keyEndpointOf } from './key-endpoint';
import type { Reader } from './reader';
import { type Settings, validateSettings } from './settings';

export interface VerifierOptions {
  /**
   * Whether the user pool's access token is verified, too, for its groups.
   *
   * @default false
   */
  readonly groups?: boolean;
}

/** Headers as Node has them, names in lower case. */
export type IdentityHeaders = Readonly<Record<string, string | readonly string[] | undefined>>;

/** The load balancer's own limit for claims and token together is 11 K. */
const MAX_TOKEN_CHARACTERS = 16_384;

/**
 * Verifies the headers in which the load balancer says who is asking. Make one for the whole app: it keeps the keys.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-authenticate-users.html#user-claims-encoding
 */
export class IdentityVerifier {
  private readonly data;
  private readonly access;
  private readonly leewaySeconds: number;

  /** @throws Error when a setting would believe the wrong ones */
  constructor(
    private readonly settings: Settings,
    options: VerifierOptions = {},
  ) {
    validateSettings(settings);
    const { loadBalancerArn, clientId, issuer } = settings;
    this.leewaySeconds = settings.leewaySeconds ?? 30;
    this.data = AlbJwtVerifier.create(
      {
        albArn: loadBalancerArn,
        clientId,
        issuer,
        jwksUri: settings.keyEndpoint?.replace(/\/$/, '') ?? keyEndpointOf(loadBalancerArn),
        graceSeconds: this.leewaySeconds,
      },
      { jwksCache: new AlbJwksCache({ fetcher: keyFetcher }) },
    );
    this.access = options.groups
      ? JwtVerifier.create(
          {
            issuer,
            // Cognito's access tokens name their client in a claim of its own, which is checked below.
            audience: null,
            jwksUri: settings.jwksUri ?? `${issuer}/.well-known/jwks.json`,
            graceSeconds: this.leewaySeconds,
          },
          { jwksCache: new SimpleJwksCache({ fetcher: keyFetcher }) },
        )
      : undefined;
  }

  /**
   * Who is asking.
   *
   * @throws IdentityError when the headers are missing or are not this load balancer's
   */
  public async verify(headers: IdentityHeaders): Promise<Reader> {
    const claims = await this.verifyData(read(headers, 'x-amzn-oidc-data'));
    const { sub: subject, email } = claims;
    if (typeof subject !== 'string' || subject === '') {
      throw new IdentityError('not-verified', 'the token does not say whose it is');
    }
    if ((headers['x-amzn-oidc-identity'] ?? subject) !== subject) {
      throw new IdentityError('wrong-subject', 'x-amzn-oidc-identity and x-amzn-oidc-data speak of different people');
    }
    const groups = this.access ? await this.verifyGroups(read(headers, 'x-amzn-oidc-accesstoken'), subject) : [];
    return { subject, ...(typeof email === 'string' ? { email } : {}), groups, claims };
  }

  private async verifyData(token: string): Promise<Record<string, unknown>> {
    return refuse(async () => {
      const { header } = decomposeUnverifiedJwt(token);
      // First, so that nobody else's token makes us fetch a key.
      holds(header.signer === this.settings.loadBalancerArn, 'another load balancer signed it');
      const claims = await this.data.verify(token);
      // The library looks at the expiry of the claims, which are the user's. The load balancer's own is in the header.
      holds(typeof header.exp === 'number', 'the token does not say when it expires');
      holds(Number(header.exp) + this.leewaySeconds > Date.now() / 1000, 'the token has expired');
      return claims as Record<string, unknown>;
    });
  }

  private async verifyGroups(token: string, subject: string): Promise<readonly string[]> {
    const claims = await refuse(async () => {
      const verified = (await this.access?.verify(token)) as Record<string, unknown>;
      holds(typeof verified.exp === 'number', 'the access token does not say when it expires');
      holds(verified.token_use === 'access', 'it is not an access token');
      holds(verified.client_id === this.settings.clientId, 'the access token was made for another client');
      return verified;
    });
    if (claims.sub !== subject) {
      throw new IdentityError('wrong-subject', 'the two tokens speak of different people');
    }
    const groups = claims['cognito:groups'] ?? [];
    if (!Array.isArray(groups) || groups.some((group) => typeof group !== 'string')) {
      throw new IdentityError('not-verified', 'the groups are not a list of names');
    }
    return groups;
  }
}

function read(headers: IdentityHeaders, name: string): string {
  const value = headers[name];
  if (value === undefined || value === '') {
    throw new IdentityError('missing', `there is no ${name}: nobody signed in at a load balancer`);
  }
  if (typeof value !== 'string' || value.length > MAX_TOKEN_CHARACTERS) {
    throw new IdentityError('not-verified', `${name} is not one that a load balancer sends`);
  }
  return value;
}

function holds(condition: boolean, message: string): void {
  if (!condition) {
    throw new IdentityError('not-verified', message);
  }
}

/** The library's errors are kept as the cause, not in the message: some of them quote what they read. */
async function refuse<T>(verify: () => Promise<T>): Promise<T> {
  try {
    return await verify();
  } catch (error) {
    if (error instanceof FetchError) {
      throw new IdentityError('no-key', 'a public key cannot be fetched', { cause: error });
    }
    if (error instanceof JwtBaseError) {
      throw new IdentityError('not-verified', `the token does not hold (${error.constructor.name})`, { cause: error });
    }
    throw error;
  }
}
