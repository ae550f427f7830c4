import type { AlbRequest, AlbResponse } from './alb-types';
import { expireSession } from './expire-session';

/**
 * Expires the load balancer's session and goes on to Cognito, which ends its own and comes back to the page 'signed out'.
 *
 * Nothing of the request decides where the browser goes: there is no `returnTo` that could be turned against the reader.
 */
export function signOut(request: AlbRequest, cookieName: string, logoutUrl: string): AlbResponse {
  if (notAsked(request)) {
    return {
      statusCode: 403,
      multiValueHeaders: { 'content-type': ['text/plain; charset=utf-8'], 'cache-control': ['no-store'] },
      body: 'To sign out, open this page yourself.',
    };
  }
  return {
    statusCode: 302,
    multiValueHeaders: {
      location: [logoutUrl],
      'set-cookie': expireSession(cookieName, header(request, 'cookie')),
      'cache-control': ['no-store'],
    },
    body: '',
  };
}

/**
 * Whether nobody clicked. An image or a frame of another site that points to `/logout` is a prank, a link or a typed
 * address is not; and a browser that fetches ahead what might be clicked next must not sign anybody out.
 */
function notAsked(request: AlbRequest): boolean {
  const [site] = header(request, 'sec-fetch-site');
  const [destination] = header(request, 'sec-fetch-dest');
  const ahead = [...header(request, 'sec-purpose'), ...header(request, 'purpose')].some((one) =>
    one.includes('prefetch'),
  );
  return ahead || (site === 'cross-site' && destination !== 'document');
}

function header(request: AlbRequest, name: string): readonly string[] {
  return request.multiValueHeaders?.[name] ?? [];
}
