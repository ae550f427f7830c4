import { SIGN_OUT_PATH, SIGNED_OUT_PATH, sharedCookieName } from '../../src/sign-out-contract';
import type { AlbRequest } from './alb-types';

/**
 * Which app a request signs out of, where many apps share the function: its cookie, and Cognito's logout endpoint.
 * Undefined when the path does not name a client and an address.
 *
 * Both are the visitor's to write, but not to choose: Cognito sends nobody to an address that is not registered with that
 * client, and the origin is ours.
 */
export function appOf({ path }: AlbRequest, signInOrigin: string) {
  const [, client, address] = /^\/([a-z0-9]{1,128})\/([a-z0-9.-]{1,253})$/.exec(path.slice(SIGN_OUT_PATH.length)) ?? [];
  if (!path.startsWith(SIGN_OUT_PATH) || !client) {
    return undefined;
  }
  const back = encodeURIComponent(`https://${address}${SIGNED_OUT_PATH}`);
  return {
    cookieName: sharedCookieName(client),
    logoutUrl: `${signInOrigin}/logout?client_id=${client}&logout_uri=${back}`,
  };
}
