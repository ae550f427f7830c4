import { expireCookie, setCookie } from './cookies';
import type { Seal } from './seal';

/** What the front door remembers of someone who signed in. All of it is in the browser's cookie, encrypted. */
export interface Session {
  readonly issuer: string;
  readonly clientId: string;
  /** Answer of the provider's user info endpoint. */
  readonly claims: Readonly<Record<string, unknown>> & { readonly sub: string };
  readonly accessToken: string;
  readonly refreshToken?: string;
  /** Seconds since 1970. */
  readonly accessTokenExpiresAt: number;
  /** Seconds since 1970: when the session timeout of the rule is over. */
  readonly expiresAt: number;
}

/** Browsers refuse a cookie above 4096 bytes, its name and attributes included. */
export const SHARD_BYTES = 3_900;
/** The load balancer makes no more shards than these. */
const MAX_SHARDS = 4;
/** Above this the load balancer answers 500 (user claims and access token together). */
export const MAX_CLAIMS_BYTES = 11_264;
/** Sessions of a busy page are opened once, not once a request. */
const CACHED_SESSIONS = 64;

/** Puts sessions into cookies and gets them out again. */
export class SessionCookies {
  private readonly opened = new Map<string, Session>();

  constructor(
    private readonly seal: Seal,
    private readonly secure: boolean,
  ) {}

  /** The session in the cookies of that name, if it is untouched and its time is not over. */
  public async read(cookies: ReadonlyMap<string, string>, name: string): Promise<Session | undefined> {
    const sealed = shards(cookies, name).join('');
    if (sealed === '') {
      return undefined;
    }
    const key = `${name}=${sealed}`;
    const session = this.opened.get(key) ?? (await this.seal.open<Session>(`session:${name}`, sealed));
    if (!session || session.expiresAt <= Date.now() / 1000) {
      this.opened.delete(key);
      return undefined;
    }
    this.remember(key, session);
    return session;
  }

  /** `Set-Cookie` values for a session, and to remove shards of a longer one before it. */
  public async write(cookies: ReadonlyMap<string, string>, name: string, session: Session): Promise<string[]> {
    const sealed = await this.seal.seal(`session:${name}`, session);
    const parts = sealed.match(new RegExp(`.{1,${SHARD_BYTES}}`, 'g')) ?? [];
    if (parts.length > MAX_SHARDS) {
      throw new SessionTooLarge(sealed.length);
    }
    const left = Math.max(1, Math.ceil(session.expiresAt - Date.now() / 1000));
    return [
      ...parts.map((part, index) => setCookie(`${name}-${index}`, part, left, this.secure)),
      ...shards(cookies, name)
        .map((_, index) => index)
        .filter((index) => index >= parts.length)
        .map((index) => expireCookie(`${name}-${index}`, this.secure)),
    ];
  }

  private remember(key: string, session: Session): void {
    this.opened.delete(key);
    this.opened.set(key, session);
    if (this.opened.size > CACHED_SESSIONS) {
      this.opened.delete(this.opened.keys().next().value as string);
    }
  }
}

/** Claims and tokens do not fit into the cookies of a browser. */
export class SessionTooLarge extends Error {
  constructor(bytes: number) {
    super(`the session is too large for cookies: ${bytes} bytes`);
  }
}

function shards(cookies: ReadonlyMap<string, string>, name: string): string[] {
  const found = [];
  for (let index = 0; index < MAX_SHARDS; index++) {
    const shard = cookies.get(`${name}-${index}`);
    if (shard === undefined) {
      break;
    }
    found.push(shard);
  }
  return found;
}
