import type { IncomingMessage, ServerResponse } from 'node:http';
import { COMPANY_CALLBACK, type Federation } from '../federation/federation';
import type { SigningKey } from '../sign-in/signing-key';
import { providerConfiguration, tokenKey } from './configuration';
import { SignInInteraction } from './interaction';
import { readLogout } from './logout';
import { errors, Provider } from './oidc-library';
import { escapeHtml, page, pageHeaders } from './page';
import type { ProviderOptions } from './provider-options';
import { UserInfo } from './user-info';

export type RequestHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/**
 * Everything under the provider's own origin: Cognito's endpoints and pages, and the load balancer's public keys.
 *
 * @param options what the template says about the user pool and its clients
 * @param signingKey whose public half is served
 */
export async function providerHandler(
  options: ProviderOptions,
  signingKey: SigningKey,
  federation: Federation,
): Promise<RequestHandler> {
  const key = await tokenKey();
  const provider = new Provider(options.issuer, providerConfiguration(options, key));
  provider.on('server_error', (_ctx, error) => options.log(`The local sign-in failed: ${error.stack}`));
  const userInfo = new UserInfo(key, options.issuer, options.users);
  const interaction = new SignInInteraction(provider, options, federation);
  const rest = provider.callback();
  return async (request, response) => {
    if (!URL.canParse(request.url ?? '', 'http://provider')) {
      send(response, 400, 'text/plain', 'This is no address.\n');
      return;
    }
    const url = new URL(request.url ?? '', 'http://provider');
    const { pathname, searchParams } = url;
    if (pathname === '/oauth2/userInfo') {
      const claims = await userInfo.claims(request.headers.authorization);
      send(response, claims ? 200 : 401, 'application/json', JSON.stringify(claims ?? { error: 'invalid_token' }));
    } else if (pathname === `/public-keys/${signingKey.id}`) {
      send(response, 200, 'application/x-pem-file', signingKey.publicPem);
    } else if (pathname === '/logout') {
      await logout(provider, request, response, searchParams, options);
    } else if (pathname.startsWith('/login/')) {
      await interaction.handle(request, response, url).catch((error) => expired(response, error));
    } else if (pathname === COMPANY_CALLBACK) {
      comeBack(response, federation, searchParams);
    } else {
      await rest(request, response);
    }
  };
}

function send(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' }).end(body);
}

/** Back from a company: on to the sign-in that it belongs to, whose cookie only goes to addresses below its own. */
function comeBack(response: ServerResponse, federation: Federation, query: URLSearchParams): void {
  const uid = federation.uidOf(query.get('state') ?? '');
  if (uid === undefined) {
    expired(response, new errors.SessionNotFound('no such sign-in'));
    return;
  }
  response.writeHead(303, { location: `/login/${uid}/from?${query}`, 'cache-control': 'no-store' }).end();
}

async function logout(
  provider: Provider,
  request: IncomingMessage,
  response: ServerResponse,
  query: URLSearchParams,
  options: ProviderOptions,
): Promise<void> {
  const result = readLogout(query, options);
  if ('refused' in result) {
    const body = page('Sign-out cannot go on', `<p class="wrong" role="alert">${escapeHtml(result.refused)}</p>`);
    response.writeHead(400, pageHeaders([])).end(body);
    return;
  }
  const id = /(?:^|;\s*)_session=([^;]+)/.exec(request.headers.cookie ?? '')?.[1];
  const session = id === undefined ? undefined : await provider.Session.find(id);
  await session?.destroy();
  const expired = ['_session', '_session.sig'].map((name) => `${name}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax`);
  response.writeHead(302, { location: result.location, 'set-cookie': expired, 'cache-control': 'no-store' }).end();
}

/** A sign-in page that was left open for too long, or opened in another browser. */
function expired(response: ServerResponse, error: unknown): void {
  if (!(error instanceof errors.SessionNotFound)) {
    throw error;
  }
  const body = page(
    'This sign-in is over',
    '<p>It is too old, or began in another browser. Open the app again to start over.</p>',
  );
  response.writeHead(400, pageHeaders([])).end(body);
}
