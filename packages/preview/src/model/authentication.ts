import { TemplateRefusal } from '../errors';
import type { Resolver } from '../template/resolver';
import { integer, object, oneOf, type Properties, refuseUnknown } from './properties';

/** What an `authenticate-cognito` or `authenticate-oidc` action asks for. */
export interface Authentication {
  readonly kind: 'cognito' | 'oidc';
  /** As it stands in tokens. */
  readonly issuer: string;
  readonly clientId: string;
  readonly scope: string;
  readonly cookieName: string;
  readonly sessionTimeoutSeconds: number;
  readonly onUnauthenticated: 'authenticate' | 'allow' | 'deny';
  readonly extraParams: Readonly<Record<string, string>>;
  /** Logical id of the user pool client, for Cognito, if it is part of the stack. */
  readonly poolClientName?: string;
  /** Logical id of the user pool, for Cognito, if it is part of the stack. */
  readonly poolName?: string;
  /** A user pool that is not part of the stack. */
  readonly externalPool?: { readonly id: string; readonly domainOrigin: string };
}

const COMMON = [
  'AuthenticationRequestExtraParams',
  'OnUnauthenticatedRequest',
  'Scope',
  'SessionCookieName',
  'SessionTimeout',
];
/** Seven days, the load balancer's default. */
const DEFAULT_TIMEOUT_SECONDS = 604_800;

/** Reads an `AuthenticateCognitoConfig`. It is taken unresolved, because its links say which client and pool are meant. */
export function readCognito(resolver: Resolver, config: Properties, path: string): Authentication {
  refuseUnknown(config, [...COMMON, 'UserPoolArn', 'UserPoolClientId', 'UserPoolDomain'], path);
  const poolName = resolver.optionalLink(config.UserPoolArn);
  if (poolName !== undefined) {
    // A pool of the stack with a domain from elsewhere would be one that nobody can sign in to.
    resolver.link(config.UserPoolDomain, `${path}.UserPoolDomain`);
  }
  const poolClientName = resolver.optionalLink(config.UserPoolClientId);
  const pool =
    poolName === undefined
      ? readExternalPool(resolver, config, path)
      : { poolName, issuer: String(resolver.getAtt([poolName, 'ProviderURL'], `${path}.UserPoolArn`)) };
  return {
    kind: 'cognito',
    ...pool,
    ...(poolClientName === undefined ? {} : { poolClientName }),
    clientId: resolver.string(config.UserPoolClientId, `${path}.UserPoolClientId`),
    ...readCommon(resolver, config, path),
  };
}

/** A pool that was there before: its ARN and its domain are all that the template says of it. */
function readExternalPool(resolver: Resolver, config: Properties, path: string) {
  const arn = resolver.string(config.UserPoolArn, `${path}.UserPoolArn`);
  const domain = resolver.string(config.UserPoolDomain, `${path}.UserPoolDomain`);
  const [, region, id] = /^arn:[\w-]+:cognito-idp:([\w-]+):\d+:userpool\/([\w-]+)$/.exec(arn) ?? [];
  if (region === undefined) {
    throw new TemplateRefusal(`${path}.UserPoolArn`, `must be the ARN of a user pool, got: ${arn}`);
  }
  const suffix = String(resolver.ref('AWS::URLSuffix', path));
  const domainOrigin = domain.includes('.')
    ? `https://${domain}`
    : `https://${domain}.auth.${region}.amazoncognito.com`;
  return { externalPool: { id, domainOrigin }, issuer: `https://cognito-idp.${region}.${suffix}/${id}` };
}

/** Reads an `AuthenticateOidcConfig`. Its provider is out of reach of a preview; the local one stands in for it. */
export function readOidc(resolver: Resolver, config: Properties, path: string): Authentication {
  const own = ['AuthorizationEndpoint', 'ClientId', 'ClientSecret', 'Issuer', 'TokenEndpoint', 'UserInfoEndpoint'];
  refuseUnknown(config, [...COMMON, ...own, 'UseExistingClientSecret'], path);
  return {
    kind: 'oidc',
    issuer: resolver.string(config.Issuer, `${path}.Issuer`),
    clientId: resolver.string(config.ClientId, `${path}.ClientId`),
    ...readCommon(resolver, config, path),
  };
}

function readCommon(resolver: Resolver, config: Properties, path: string) {
  const text = (name: string, missing: string) =>
    config[name] === undefined ? missing : resolver.string(config[name], `${path}.${name}`);
  const extra = config.AuthenticationRequestExtraParams;
  const extraParams =
    extra === undefined ? {} : object(resolver.value(extra, `${path}.AuthenticationRequestExtraParams`), path);
  const timeout = integer(text('SessionTimeout', String(DEFAULT_TIMEOUT_SECONDS)), `${path}.SessionTimeout`);
  if (timeout < 1 || timeout > DEFAULT_TIMEOUT_SECONDS) {
    throw new TemplateRefusal(
      `${path}.SessionTimeout`,
      `must be 1 to ${DEFAULT_TIMEOUT_SECONDS} seconds, got: ${timeout}`,
    );
  }
  const cookieName = text('SessionCookieName', 'AWSELBAuthSessionCookie');
  if (!/^[\w.-]+$/.test(cookieName)) {
    throw new TemplateRefusal(`${path}.SessionCookieName`, `must be a name of a cookie, got: ${cookieName}`);
  }
  return {
    scope: text('Scope', 'openid'),
    cookieName,
    sessionTimeoutSeconds: timeout,
    onUnauthenticated: oneOf(
      text('OnUnauthenticatedRequest', 'authenticate'),
      ['authenticate', 'allow', 'deny'],
      `${path}.OnUnauthenticatedRequest`,
    ),
    extraParams: Object.fromEntries(Object.entries(extraParams).map(([key, value]) => [key, String(value)])),
  };
}
