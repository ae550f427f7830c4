/** What the construct writes into the environment of the sign-out function, and the function reads. */
export const SIGN_OUT_ENVIRONMENT = {
  /** Name of the load balancer's session cookie, without the number of a shard. */
  cookieName: 'SESSION_COOKIE_NAME',
  /** Cognito's logout endpoint, complete with client and the address to come back to. */
  logoutUrl: 'LOGOUT_URL',
  /** Instead of it where many apps share the function: origin of Cognito's pages. */
  signInOrigin: 'SIGN_IN_ORIGIN',
} as const;

/** Ends the session and goes on to Cognito's logout endpoint. On a shared door the app's client and address follow. */
export const SIGN_OUT_PATH = '/logout';

/** Where Cognito sends the browser after its own session has ended. */
export const SIGNED_OUT_PATH = '/signed-out';

/** Where Cognito sends the browser after sign-in, with a code or with an error. The load balancer takes the code. */
export const CALLBACK_PATH = '/oauth2/idpresponse';

/** Name of the load balancer's session cookie, without the number of a shard. */
export const COOKIE_NAME = 'AWSELBAuthSessionCookie';

/**
 * Name of the session cookie of one of many apps of a load balancer. Each has its own, as AWS asks for, so that the
 * session of one app opens no other.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-authenticate-users.html
 */
export function sharedCookieName(clientId: string): string {
  return `${COOKIE_NAME}-${clientId}`;
}
