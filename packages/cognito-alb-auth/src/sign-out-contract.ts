/** What the construct writes into the environment of the sign-out function, and the function reads. */
export const SIGN_OUT_ENVIRONMENT = {
  /** Name of the load balancer's session cookie, without the number of a shard. */
  cookieName: 'SESSION_COOKIE_NAME',
  /** Cognito's logout endpoint, complete with client and the address to come back to. */
  logoutUrl: 'LOGOUT_URL',
} as const;

/** Ends the session and goes on to Cognito's logout endpoint. */
export const SIGN_OUT_PATH = '/logout';

/** Where Cognito sends the browser after its own session has ended. */
export const SIGNED_OUT_PATH = '/signed-out';

/** Where Cognito sends the browser after sign-in, with a code or with an error. The load balancer takes the code. */
export const CALLBACK_PATH = '/oauth2/idpresponse';
