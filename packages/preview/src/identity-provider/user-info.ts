import { createLocalJWKSet, errors, type JWK, jwtVerify } from 'jose';
import { CLAIMS, userClaims } from './configuration';
import type { Users } from './users';

/** Answers like `/oauth2/userInfo` of Cognito: no groups (those are in tokens), only what the token's scopes allow. */
export class UserInfo {
  private readonly keys: ReturnType<typeof createLocalJWKSet>;

  constructor(
    key: JWK,
    private readonly issuer: string,
    private readonly users: Users,
  ) {
    const { kty, n, e, kid, alg, use } = key;
    this.keys = createLocalJWKSet({ keys: [{ kty, n, e, kid, alg, use } as JWK] });
  }

  /** The claims, or undefined if the access token is not valid. */
  public async claims(authorization: string | undefined): Promise<Record<string, unknown> | undefined> {
    const [, token] = /^Bearer (\S+)$/i.exec(authorization ?? '') ?? [];
    if (token === undefined) {
      return undefined;
    }
    try {
      const { payload } = await jwtVerify(token, this.keys, { issuer: this.issuer, algorithms: ['RS256'] });
      const user = payload.token_use === 'access' ? this.users.find(String(payload.sub)) : undefined;
      const scopes = String(payload.scope ?? '').split(' ');
      if (!user || !scopes.includes('openid')) {
        return undefined;
      }
      const allowed = new Set(
        Object.entries(CLAIMS)
          .flatMap(([scope, names]) => (scopes.includes(scope) ? names : []))
          .filter((name) => !name.startsWith('cognito:')),
      );
      // Custom attributes come with the profile scope.
      const visible = (name: string) => allowed.has(name) || (name.startsWith('custom:') && scopes.includes('profile'));
      return Object.fromEntries(Object.entries(userClaims(user)).filter(([name]) => visible(name)));
    } catch (error) {
      if (error instanceof errors.JOSEError) {
        return undefined;
      }
      throw error;
    }
  }
}
