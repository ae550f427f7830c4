import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** Someone who can sign in to the preview. */
export interface User {
  /** Stable between starts, as a `sub` of Cognito is. */
  readonly sub: string;
  readonly email: string;
  readonly password: string;
  readonly groups: readonly string[];
  /** Name in the user pool; the `sub` unless a company's own sign-in vouches for this user. */
  readonly username?: string;
  /** Further attributes of the user pool, for example `name`. */
  readonly attributes: Readonly<Record<string, string>>;
}

/** The people of the local provider. */
export class Users {
  private readonly bySub: Map<string, User>;

  constructor(public readonly all: readonly User[]) {
    this.bySub = new Map(all.map((user) => [user.sub, user]));
  }

  public find(sub: string): User | undefined {
    return this.bySub.get(sub);
  }

  /** Takes in somebody for whom another provider vouches. They have no password here. */
  public admit(user: User): void {
    this.bySub.set(user.sub, user);
  }

  /** The user with this e-mail address (in any case) and password. */
  public signIn(email: string, password: string): User | undefined {
    const wanted = email.trim().toLowerCase();
    const user = this.all.find((one) => one.email.toLowerCase() === wanted);
    return user && sameText(user.password, password) ? user : undefined;
  }
}

/** The id of a user, made from the e-mail address so that it is the same in every start. */
export function subOf(email: string): string {
  const hex = createHash('sha256').update(`viz-preview:${email.toLowerCase()}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** Easy to type, and worth nothing anywhere else. */
export function randomPassword(): string {
  return randomBytes(9).toString('base64url');
}

function sameText(expected: string, given: string): boolean {
  const [a, b] = [expected, given].map((text) => createHash('sha256').update(text).digest());
  return timingSafeEqual(a, b);
}
