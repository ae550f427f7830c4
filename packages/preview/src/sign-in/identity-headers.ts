import type { Session } from '../session/session';
import type { SigningKey } from './signing-key';

/** The load balancer's signature over the claims is short-lived; an app must not take an old one. */
const LIFETIME_SECONDS = 120;
/** A page with many pictures does not need a new signature for each. */
const REUSE_SECONDS = 30;

/** Makes the headers that tell the app who is asking. */
export class IdentityHeaders {
  private readonly recent = new WeakMap<Session, { readonly data: string; readonly until: number }>();

  constructor(
    private readonly key: SigningKey,
    private readonly loadBalancerArn: string,
  ) {}

  /** Pairs of header name and value for a session. */
  public for(session: Session): [string, string][] {
    return [
      ['x-amzn-oidc-accesstoken', session.accessToken],
      ['x-amzn-oidc-identity', session.claims.sub],
      ['x-amzn-oidc-data', this.data(session)],
    ];
  }

  private data(session: Session): string {
    const now = Math.floor(Date.now() / 1000);
    const known = this.recent.get(session);
    if (known && known.until > now) {
      return known.data;
    }
    const exp = now + LIFETIME_SECONDS;
    const data = this.key.signPadded(
      { iss: session.issuer, client: session.clientId, signer: this.loadBalancerArn, exp },
      { ...session.claims, exp, iss: session.issuer },
    );
    this.recent.set(session, { data, until: now + REUSE_SECONDS });
    return data;
  }
}
