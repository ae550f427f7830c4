import { createLocalJWKSet, createRemoteJWKSet, errors, type JWTVerifyGetKey, jwtVerify } from 'jose';
import { answer, type Exchange } from '../front-door/exchange';
import type { JwtValidation } from '../model/jwt-validation';

/** Carries out `jwt-validation`: machines come in with a token of their own. */
export class JwtGate {
  private readonly keySets = new Map<string, JWTVerifyGetKey>();

  /** @param localKeys gives the address of the local stand-in for an issuer's keys, or undefined if there is none */
  constructor(private readonly localKeys: (jwksEndpoint: string) => string | undefined) {}

  /** Whether the request may go on. If not it has been answered with 401. */
  public async check(exchange: Exchange, validation: JwtValidation): Promise<boolean> {
    const given = exchange.facts.header('authorization');
    // Of two headers the app may believe the one that was not checked here.
    const [, token] = (given.length === 1 && /^Bearer +([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(given[0])) || [];
    if (token === undefined) {
      answer(exchange, 401, { headers: { 'www-authenticate': 'Bearer' } });
      return false;
    }
    try {
      const { payload } = await jwtVerify(token, this.keys(validation.jwksEndpoint), {
        issuer: validation.issuer,
        algorithms: ['RS256'],
        requiredClaims: ['exp', 'iss'],
      });
      if (validation.claims.every((claim) => holds(claim, payload[claim.name]))) {
        return true;
      }
    } catch (error) {
      if (!(error instanceof errors.JOSEError)) {
        throw error;
      }
    }
    answer(exchange, 401, { headers: { 'www-authenticate': 'Bearer error="invalid_token"' } });
    return false;
  }

  private keys(endpoint: string): JWTVerifyGetKey {
    const known = this.keySets.get(endpoint);
    if (known) {
      return known;
    }
    const local = this.localKeys(endpoint);
    // No key means that no token is valid: the real provider is out of reach of a preview.
    const keys = local === undefined ? createLocalJWKSet({ keys: [] }) : createRemoteJWKSet(new URL(local));
    this.keySets.set(endpoint, keys);
    return keys;
  }
}

function holds({ format, values }: JwtValidation['claims'][number], claim: unknown): boolean {
  const present =
    format === 'string-array'
      ? claim
      : format === 'space-separated-values' && typeof claim === 'string'
        ? claim.split(' ')
        : [claim];
  return Array.isArray(present) && present.some((value) => typeof value === 'string' && values.includes(value));
}
