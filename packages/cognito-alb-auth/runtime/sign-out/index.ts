import { CALLBACK_PATH, SIGN_OUT_ENVIRONMENT, SIGN_OUT_PATH, SIGNED_OUT_PATH } from '../../src/sign-out-contract';
import type { AlbRequest, AlbResponse } from './alb-types';
import { appOf } from './logout-url';
import { page } from './page';
import { signOut } from './sign-out';

/** Target of the load balancer for signing out, and for whoever Cognito turns away. */
export async function handler(request: AlbRequest): Promise<AlbResponse> {
  const signInOrigin = process.env[SIGN_OUT_ENVIRONMENT.signInOrigin];
  const app = signInOrigin ? appOf(request, signInOrigin) : undefined;
  if (app) {
    return signOut(request, app.cookieName, app.logoutUrl);
  }
  switch (request.path) {
    case SIGN_OUT_PATH:
      return signOut(request, read(SIGN_OUT_ENVIRONMENT.cookieName), read(SIGN_OUT_ENVIRONMENT.logoutUrl));
    case SIGNED_OUT_PATH:
      return page(200, {
        title: 'You are signed out',
        message: 'Close this window if you share this computer.',
        next: 'Sign in again',
        href: '/',
      });
    case CALLBACK_PATH:
      return page(403, {
        title: 'Not for you',
        message: 'Signing in did not work out, or this app is not open to you. The team that runs it can let you in.',
        next: 'Try another account',
        href: SIGN_OUT_PATH,
      });
    default:
      // The listener's rules send nothing else here.
      return { statusCode: 404, multiValueHeaders: { 'content-type': ['text/plain'] }, body: 'There is no such page.' };
  }
}

function read(name: string): string {
  const value = process.env[name];
  if (!value) {
    throw new Error(`'${name}' must be set in the environment`);
  }
  return value;
}
