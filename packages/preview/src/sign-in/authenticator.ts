import { answer, type Exchange } from '../front-door/exchange';
import type { Origins } from '../front-door/origins';
import type { Authentication } from '../model/authentication';
import { CALLBACK_PATH } from '../model/public-origin';
import { setCookie } from '../session/cookies';
import { MAX_CLAIMS_BYTES, type Session, type SessionCookies, SessionTooLarge } from '../session/session';
import { type OidcClient, ProviderRefused } from './oidc-client';
import { NONCE_COOKIE, SIGN_IN_SECONDS, type SignInStates } from './sign-in-state';

/** What an authenticating action decided: go on (with or without somebody), or the visitor has been answered. */
export type Verdict = { readonly pass: true; readonly session?: Session } | { readonly pass: false };

/** Carries out `authenticate-cognito` and `authenticate-oidc`. */
export class Authenticator {
  constructor(
    private readonly authentications: readonly Authentication[],
    private readonly client: OidcClient,
    private readonly cookies: SessionCookies,
    private readonly states: SignInStates,
    private readonly origins: Origins,
    private readonly log: (line: string) => void,
  ) {}

  /** The door itself answers this path, whatever the rules say. */
  public isCallback({ facts }: Exchange): boolean {
    return this.authentications.length > 0 && facts.path === CALLBACK_PATH;
  }

  /** Lets a visitor pass who has a session, and does what the rule says to others. */
  public async check(exchange: Exchange, authentication: Authentication): Promise<Verdict> {
    const session = await this.validSession(exchange, authentication);
    if (session) {
      return { pass: true, session };
    }
    switch (authentication.onUnauthenticated) {
      case 'allow':
        return { pass: true };
      case 'deny':
        answer(exchange, 401);
        return { pass: false };
      case 'authenticate':
        await this.sendToProvider(exchange, authentication);
        return { pass: false };
    }
  }

  /** Takes the visitor back from the provider: the code becomes a session, the session a cookie. */
  public async callback(exchange: Exchange): Promise<void> {
    const parameters = new URLSearchParams(exchange.facts.query);
    const sealed = parameters.get('state') ?? '';
    const state = await this.states.finish(sealed, exchange.cookies.get(NONCE_COOKIE));
    const authentication = state && this.authentications[state.action];
    if (!state || !authentication) {
      answer(exchange, 401, {
        body: 'This sign-in is not of this browser, too old or already used. Open the app again.\n',
      });
      return;
    }
    if (parameters.has('error')) {
      this.log(`A sign-in failed: ${parameters.get('error')} ${parameters.get('error_description') ?? ''}`);
      answer(exchange, 561);
      return;
    }
    const url = new URL(this.callbackUrl(exchange));
    url.search = exchange.facts.query;
    try {
      const session = await this.client.signIn(authentication, url, sealed);
      if (JSON.stringify(session.claims).length + session.accessToken.length > MAX_CLAIMS_BYTES) {
        throw new SessionTooLarge(MAX_CLAIMS_BYTES);
      }
      const cookies = await this.cookies.write(exchange.cookies, authentication.cookieName, session);
      // An absolute URL: a target that begins with // would lead to another host.
      answer(exchange, 302, { headers: { location: this.origins.localOrigin + state.target, 'set-cookie': cookies } });
    } catch (error) {
      this.signInFailed(exchange, error);
    }
  }

  private signInFailed(exchange: Exchange, error: unknown): void {
    this.log(`A sign-in failed: ${error instanceof Error ? error.message : String(error)}`);
    if (error instanceof ProviderRefused) {
      answer(exchange, 561);
    } else if (error instanceof SessionTooLarge) {
      answer(exchange, 500, {
        body: 'Claims and access token are above 11 K, more than the session cookies can hold.\n',
      });
    } else {
      answer(exchange, 500, { body: 'The identity provider could not be reached.\n' });
    }
  }

  private async validSession(exchange: Exchange, authentication: Authentication): Promise<Session | undefined> {
    const session = await this.cookies.read(exchange.cookies, authentication.cookieName);
    if (session?.issuer !== authentication.issuer || session.clientId !== authentication.clientId) {
      return undefined;
    }
    if (session.accessTokenExpiresAt > Date.now() / 1000 || !session.refreshToken) {
      return session;
    }
    try {
      const renewed = await this.client.refresh(authentication, session, session.refreshToken);
      const cookies = await this.cookies.write(exchange.cookies, authentication.cookieName, renewed);
      exchange.response.appendHeader('set-cookie', cookies);
      return renewed;
    } catch {
      // The provider does not know this person any more: sign in again.
      return undefined;
    }
  }

  private async sendToProvider(exchange: Exchange, authentication: Authentication): Promise<void> {
    const host = exchange.request.headers.host ?? '';
    if (this.origins.isOtherLocalName(host)) {
      // Cookies and callback belong to one name of this machine; the visitor came by another one.
      answer(exchange, 302, { headers: { location: this.origins.localOrigin + exchange.target } });
      return;
    }
    const nonce = this.states.nonce(exchange.cookies.get(NONCE_COOKIE));
    const state = await this.states.begin(nonce, exchange.target, this.authentications.indexOf(authentication));
    answer(exchange, 302, {
      headers: {
        location: this.client.authorizationUrl(authentication, this.callbackUrl(exchange), state),
        'set-cookie': setCookie(NONCE_COOKIE, nonce, SIGN_IN_SECONDS, this.origins.secure),
        'cache-control': 'no-store',
      },
    });
  }

  /** As the load balancer builds it, from the host of the request: one that is not registered fails at the provider. */
  private callbackUrl({ facts }: Exchange): string {
    return this.origins.toLocal(`https://${facts.host}${CALLBACK_PATH}`);
  }
}
