import { TemplateRefusal } from '../errors';
import type { Resolver } from '../template/resolver';
import { object, objects, oneOf, type Properties, refuseUnknown, strings } from './properties';

/** What a `jwt-validation` action asks for. */
export interface JwtValidation {
  readonly issuer: string;
  readonly jwksEndpoint: string;
  readonly claims: readonly {
    readonly name: string;
    readonly format: 'single-string' | 'string-array' | 'space-separated-values';
    readonly values: readonly string[];
  }[];
}

const CHECKED_ANYWAY = ['exp', 'iss', 'nbf', 'iat'];

/** Reads a `JwtValidationConfig`. */
export function readJwtValidation(resolver: Resolver, unresolved: Properties, path: string): JwtValidation {
  const config = object(resolver.value(unresolved, path), path);
  refuseUnknown(config, ['AdditionalClaims', 'Issuer', 'JwksEndpoint'], path);
  const claims = objects(config.AdditionalClaims, `${path}.AdditionalClaims`);
  if (claims.length > 10) {
    throw new TemplateRefusal(`${path}.AdditionalClaims`, `must be 10 claims at most, got: ${claims.length}`);
  }
  return {
    issuer: resolver.string(config.Issuer, `${path}.Issuer`),
    jwksEndpoint: resolver.string(config.JwksEndpoint, `${path}.JwksEndpoint`),
    claims: claims.map((claim, index) => {
      const at = `${path}.AdditionalClaims.${index}`;
      refuseUnknown(claim, ['Format', 'Name', 'Values'], at);
      if (CHECKED_ANYWAY.includes(String(claim.Name))) {
        throw new TemplateRefusal(`${at}.Name`, `must not be one that is checked anyway, got: ${claim.Name}`);
      }
      return {
        name: String(claim.Name),
        format: oneOf(claim.Format, ['single-string', 'string-array', 'space-separated-values'], `${at}.Format`),
        values: strings(claim.Values, `${at}.Values`),
      };
    }),
  };
}
