import { randomBytes } from 'node:crypto';
import { exportJWK, generateKeyPair, type JWK } from 'jose';
import type { AccessToken, Client, ClientMetadata, Configuration, KoaContextWithOIDC } from 'oidc-provider';
import { memoryAdapter } from './memory-adapter';
import { errors } from './oidc-library';
import { page } from './page';
import type { ProviderClient, ProviderOptions } from './provider-options';
import { TriggerRefused, userAttributes } from './triggers';
import type { User } from './users';

/** How long Cognito remembers a browser that signed in. */
const SESSION_SECONDS = 3600;

/** Claims by scope, as Cognito's ID tokens have them. The user info endpoint has those that are attributes of a user. */
export const CLAIMS = {
  openid: ['sub', 'username', 'cognito:username', 'cognito:groups', 'token_use'],
  email: ['email', 'email_verified'],
  phone: ['phone_number', 'phone_number_verified'],
  profile: [
    'name',
    'given_name',
    'family_name',
    'middle_name',
    'nickname',
    'preferred_username',
    'profile',
    'picture',
    'website',
    'gender',
    'birthdate',
    'zoneinfo',
    'locale',
    'updated_at',
  ],
};

/** Makes the key pair for tokens; RS256 as in Cognito. */
export async function tokenKey(): Promise<JWK> {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  return { ...(await exportJWK(privateKey)), kid: randomBytes(16).toString('base64url'), alg: 'RS256', use: 'sig' };
}

/** Settings that make `oidc-provider` answer like the Cognito user pool of the template. */
export function providerConfiguration(options: ProviderOptions, key: JWK): Configuration {
  const scopes = new Set([
    ...[...options.clients, ...options.machines].flatMap((client) => client.scopes),
    ...options.requestedScopes,
    'openid',
  ]);
  const clientOf = (client: Client | undefined) =>
    options.clients.find(({ clientId }) => clientId === client?.clientId);
  const accessTokenSeconds = (client: Client | undefined) =>
    [...options.clients, ...options.machines].find(({ clientId }) => clientId === client?.clientId)
      ?.accessTokenSeconds ?? 3600;
  return {
    adapter: memoryAdapter(),
    jwks: { keys: [key as never] },
    clients: [...options.clients.map((client) => appClient(client, options)), ...options.machines.map(machineClient)],
    scopes: [...scopes],
    claims: CLAIMS,
    // As in Cognito, ID tokens carry the claims of all scopes.
    conformIdTokenClaims: false,
    routes: {
      authorization: '/oauth2/authorize',
      token: '/oauth2/token',
      jwks: '/.well-known/jwks.json',
      revocation: '/oauth2/revoke',
    },
    cookies: { keys: [randomBytes(32).toString('hex')], long: { sameSite: 'lax' }, short: { sameSite: 'lax' } },
    // What AuthenticationRequestExtraParams may hand to Cognito.
    extraParams: ['identity_provider', 'idp_identifier', 'lang'],
    pkce: { required: () => false },
    rotateRefreshToken: false,
    issueRefreshToken: async () => true,
    responseTypes: ['code'],
    features: {
      devInteractions: { enabled: false },
      rpInitiatedLogout: { enabled: false },
      // Cognito's access tokens are JWTs, which oidc-provider makes for resource servers only: user-info.ts answers in its place.
      userinfo: { enabled: false },
      revocation: { enabled: true },
      clientCredentials: { enabled: true },
      resourceIndicators: {
        enabled: true,
        defaultResource: async (_ctx, _client, oneOf) => (Array.isArray(oneOf) ? oneOf[0] : oneOf) ?? options.issuer,
        useGrantedResource: async () => true,
        getResourceServerInfo: async (ctx, _resource, client) => ({
          scope: allowedScopes(ctx, scopes),
          accessTokenFormat: 'jwt',
          accessTokenTTL: accessTokenSeconds(client),
          jwt: { sign: { alg: 'RS256' } },
        }),
      },
    },
    extraTokenClaims: async (ctx, token) => accessTokenClaims(options, ctx, token as AccessToken),
    findAccount: async (ctx, sub) => {
      const user = options.users.find(sub);
      return user && { accountId: sub, claims: async () => idTokenClaims(options, ctx, user) };
    },
    loadExistingGrant: async (ctx) => {
      // Nobody is asked for consent: the pool and the app belong to one company.
      const { client, session, params } = ctx.oidc;
      const grant = new ctx.oidc.provider.Grant({ clientId: client?.clientId, accountId: session?.accountId });
      grant.addOIDCScope(String(params?.scope ?? ''));
      grant.addResourceScope(options.issuer, String(params?.scope ?? ''));
      await grant.save();
      return grant;
    },
    interactions: { url: async (_ctx, interaction) => `/login/${interaction.uid}` },
    ttl: {
      AccessToken: (_ctx, _token, client) => accessTokenSeconds(client),
      AuthorizationCode: 300,
      ClientCredentials: (_ctx, _token, client) => accessTokenSeconds(client),
      Grant: 30 * 86_400,
      IdToken: (_ctx, _token, client) => clientOf(client)?.idTokenSeconds ?? 3600,
      Interaction: 900,
      RefreshToken: (_ctx, _token, client) => clientOf(client)?.refreshTokenSeconds ?? 86_400,
      Session: SESSION_SECONDS,
    },
    clientBasedCORS: () => false,
    renderError: async (ctx, out) => {
      ctx.type = 'html';
      ctx.body = page(
        'Sign-in cannot go on',
        `<p class="wrong" role="alert">${errorText(out.error, out.error_description)}</p><p>Open the app again to start over.</p>`,
      );
    },
  };
}

/** All scopes of the pool. One that is asked for and is none of them is an error, where oidc-provider would pass over it. */
function allowedScopes(ctx: KoaContextWithOIDC, scopes: ReadonlySet<string>): string {
  for (const scope of String(ctx.oidc.params?.scope ?? '').split(' ')) {
    if (scope !== '' && !scopes.has(scope)) {
      throw new errors.InvalidScope('no client of the user pool has it', scope);
    }
  }
  return [...scopes].join(' ');
}

/** The load balancer, as a client of the provider. */
function appClient(
  { clientId, secret, callbackUrls, scopes }: ProviderClient,
  { origins }: ProviderOptions,
): ClientMetadata {
  return {
    client_id: clientId,
    client_secret: secret,
    redirect_uris: callbackUrls.map((url) => origins.toLocal(url)),
    scope: scopes.join(' '),
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    token_endpoint_auth_method: 'client_secret_basic',
    id_token_signed_response_alg: 'RS256',
  };
}

/** A program that gets tokens for itself. */
function machineClient({
  clientId,
  secret,
  scopes,
}: Pick<ProviderClient, 'clientId' | 'secret' | 'scopes'>): ClientMetadata {
  return {
    client_id: clientId,
    client_secret: secret,
    redirect_uris: [],
    response_types: [],
    scope: scopes.join(' '),
    grant_types: ['client_credentials'],
    token_endpoint_auth_method: 'client_secret_basic',
  };
}

async function accessTokenClaims(options: ProviderOptions, ctx: KoaContextWithOIDC, token: AccessToken) {
  const user = token.accountId === undefined ? undefined : options.users.find(token.accountId);
  if (!user) {
    // A program: its token says no more than that it is one for getting in.
    return { token_use: 'access' };
  }
  const changes = await tokenChanges(options, ctx, user);
  const claims: Record<string, unknown> = {
    token_use: 'access',
    username: user.username ?? user.sub,
    ...(changes.groups.length > 0 ? { 'cognito:groups': changes.groups } : {}),
    ...changes.accessClaims,
  };
  return Object.fromEntries(Object.entries(claims).filter(([name]) => !changes.accessSuppressed.includes(name)));
}

async function idTokenClaims(options: ProviderOptions, ctx: KoaContextWithOIDC, user: User) {
  const changes = await tokenChanges(options, ctx, user);
  const claims: Record<string, unknown> = {
    ...userClaims(user),
    token_use: 'id',
    'cognito:username': user.username ?? user.sub,
    ...changes.idClaims,
    ...(changes.groups.length > 0 ? { 'cognito:groups': changes.groups } : {}),
  };
  const kept = Object.entries(claims).filter(([name]) => name === 'sub' || !changes.idSuppressed.includes(name));
  return { ...Object.fromEntries(kept), sub: user.sub };
}

/** What the user info endpoint and ID tokens say of a user, before scopes are looked at. */
export function userClaims(user: User): Record<string, unknown> {
  const { 'cognito:user_status': _status, ...attributes } = userAttributes(user);
  return { ...attributes, username: user.username ?? user.sub };
}

async function tokenChanges(options: ProviderOptions, ctx: KoaContextWithOIDC, user: User) {
  const context = {
    userPoolId: options.userPoolId,
    region: options.region,
    clientId: ctx.oidc.client?.clientId ?? '',
  };
  const refresh = ctx.oidc.params?.grant_type === 'refresh_token';
  const scopes = String(ctx.oidc.params?.scope ?? '').split(' ');
  try {
    return await options.triggers.preTokenGeneration(user, context, scopes, refresh);
  } catch (error) {
    // Somebody who may not come in any more is an answer, not a failure of the provider.
    throw error instanceof TriggerRefused ? new errors.InvalidGrant(error.message) : error;
  }
}

function errorText(error: string, description: string | undefined): string {
  const registered = description?.includes('redirect_uri')
    ? 'redirect_mismatch: the callback URL is not registered with the user pool client'
    : undefined;
  return (registered ?? `${error}${description ? `: ${description}` : ''}`).replace(/[<>&"]/g, '');
}
