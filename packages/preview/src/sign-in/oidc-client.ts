import { createHash } from 'node:crypto';
import * as client from 'openid-client';
import type { Authentication } from '../model/authentication';
import type { Session } from '../session/session';

/** Where the local provider is, and the secret that door and provider share. */
export interface ProviderEndpoints {
  /** Its origin, for example `http://127.0.0.1:41234`. */
  readonly origin: string;
  readonly secretOf: (clientId: string) => string;
}

/** The provider answered with an error (561 at the load balancer), as opposed to not at all (500). */
export class ProviderRefused extends Error {}

/** The load balancer's part in signing someone in: it is an OpenID client of the provider. */
export class OidcClient {
  private readonly configurations = new Map<string, client.Configuration>();

  constructor(private readonly endpoints: ProviderEndpoints) {}

  /** Where the browser goes to sign in. */
  public authorizationUrl(authentication: Authentication, redirectUri: string, state: string): string {
    return client.buildAuthorizationUrl(this.configuration(authentication), {
      ...authentication.extraParams,
      redirect_uri: redirectUri,
      scope: authentication.scope,
      state,
      nonce: nonceOf(state),
    }).href;
  }

  /** Exchanges the code in a callback for tokens, and asks who that is. */
  public async signIn(authentication: Authentication, callback: URL, state: string): Promise<Session> {
    const configuration = this.configuration(authentication);
    const tokens = await refusals(() =>
      client.authorizationCodeGrant(configuration, callback, { expectedState: state, expectedNonce: nonceOf(state) }),
    );
    const sub = tokens.claims()?.sub;
    const expiresAt = now() + authentication.sessionTimeoutSeconds;
    return this.session(authentication, tokens, expiresAt, sub);
  }

  /** A session with a fresh access token and fresh claims; its end stays where it was. */
  public async refresh(authentication: Authentication, session: Session, refreshToken: string): Promise<Session> {
    const tokens = await refusals(() => client.refreshTokenGrant(this.configuration(authentication), refreshToken));
    const renewed = await this.session(authentication, tokens, session.expiresAt, session.claims.sub);
    return { ...renewed, refreshToken: renewed.refreshToken ?? refreshToken };
  }

  private async session(
    authentication: Authentication,
    tokens: client.TokenEndpointResponse & client.TokenEndpointResponseHelpers,
    expiresAt: number,
    sub: string | undefined,
  ): Promise<Session> {
    const configuration = this.configuration(authentication);
    const expectedSub = sub ?? client.skipSubjectCheck;
    const claims = await refusals(() => client.fetchUserInfo(configuration, tokens.access_token, expectedSub));
    return {
      issuer: authentication.issuer,
      clientId: authentication.clientId,
      claims,
      accessToken: tokens.access_token,
      ...(tokens.refresh_token ? { refreshToken: tokens.refresh_token } : {}),
      accessTokenExpiresAt: now() + (tokens.expiresIn() ?? 3600),
      expiresAt,
    };
  }

  private configuration({ clientId, issuer }: Authentication): client.Configuration {
    const known = this.configurations.get(clientId);
    if (known) {
      return known;
    }
    const { origin, secretOf } = this.endpoints;
    const made = new client.Configuration(
      {
        issuer,
        authorization_endpoint: `${origin}/oauth2/authorize`,
        token_endpoint: `${origin}/oauth2/token`,
        userinfo_endpoint: `${origin}/oauth2/userInfo`,
        jwks_uri: `${origin}/.well-known/jwks.json`,
      },
      clientId,
      { id_token_signed_response_alg: 'RS256' },
      client.ClientSecretBasic(secretOf(clientId)),
    );
    // The provider is on the loopback interface of this machine, where TLS protects nothing.
    client.allowInsecureRequests(made);
    made.timeout = 10;
    this.configurations.set(clientId, made);
    return made;
  }
}

/** Ties the ID token to this very sign-in, so that a code of another one is of no use. */
function nonceOf(state: string): string {
  return createHash('sha256').update(state).digest('base64url');
}

function now(): number {
  return Math.floor(Date.now() / 1000);
}

async function refusals<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    const { code } = error as { code?: string };
    // An answer came, and it is an error or not what it must be: wrong state, issuer, signature or subject.
    if (code?.startsWith('OAUTH_') && code !== 'OAUTH_TIMEOUT' && code !== 'OAUTH_ABORT') {
      throw new ProviderRefused(`the provider refused: ${(error as Error).message}`, { cause: error });
    }
    throw error;
  }
}
