import type { Origins } from '../front-door/origins';
import type { Triggers } from './triggers';
import type { Users } from './users';

/** A client of the local provider: what the template says about the load balancer's part. */
export interface ProviderClient {
  readonly clientId: string;
  readonly secret: string;
  /** Registered callback URLs, as they stand in the template. */
  readonly callbackUrls: readonly string[];
  /** Registered logout URLs, as they stand in the template. */
  readonly logoutUrls: readonly string[];
  readonly scopes: readonly string[];
  readonly accessTokenSeconds: number;
  readonly idTokenSeconds: number;
  readonly refreshTokenSeconds: number;
  /** `COGNITO` for e-mail and password, else names of other providers. */
  readonly identityProviders: readonly string[];
}

export interface ProviderOptions {
  /** As in AWS: `https://cognito-idp.<region>.amazonaws.com/<pool>`. */
  readonly issuer: string;
  readonly userPoolId: string;
  readonly region: string;
  readonly clients: readonly ProviderClient[];
  /** Programs that get tokens for themselves. */
  readonly machines: readonly Pick<ProviderClient, 'clientId' | 'secret' | 'scopes' | 'accessTokenSeconds'>[];
  /** Scopes that the template asks for; one that a client may not have is an error, not ignored. */
  readonly requestedScopes: readonly string[];
  readonly users: Users;
  readonly triggers: Triggers;
  readonly origins: Origins;
  readonly publicHost: string;
  readonly log: (line: string) => void;
}
